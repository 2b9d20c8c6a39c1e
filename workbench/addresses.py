"""Web addresses: which ones are taken, and which two of them name the same document."""

import re
from urllib.parse import parse_qsl, urlsplit, urlunsplit

from w3lib.url import canonicalize_url, url_query_cleaner

MAX_URL_CHARACTERS = 2_000
DEFAULT_PORTS = {"http": 80, "https": 443}
TRACKING_PREFIXES = (
    "utm_", "mtm_", "pk_", "piwik_", "hsa_", "mc_", "_hs", "vero_", "oly_",
)  # fmt: skip
_NAMES = """
    fbclid gclid gclsrc gbraid wbraid dclid msclkid yclid ysclid twclid igshid igsh ttclid li_fat_id
    mkt_tok s_cid cmpid ncid ocid ref_src ref_url xtor at_medium at_campaign at_format guccounter
    guce_referrer guce_referrer_sig __twitter_impression __tn__ spm
"""
TRACKING_PARAMETERS = frozenset(_NAMES.split())
"""Names of query parameters that say how a reader came to a page, and never which page it is."""
_HOST = re.compile(r"[^\s/?#@\\]+")


def is_web_address(url: str) -> bool:
    r"""Whether `url` is a complete http or https address, without a name or password in it.

    >>> is_web_address("https://example.org/a"), is_web_address("javascript:alert(1)")
    (True, False)
    >>> is_web_address("https://example.org\\@other.example/")
    False
    """
    if len(url) > MAX_URL_CHARACTERS or " " in url or not url.isprintable():
        return False
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError:
        return False
    named = parts.hostname is not None and _HOST.fullmatch(parts.hostname) is not None
    return parts.scheme in DEFAULT_PORTS and named and parts.username is None and port != 0


def canonical(url: str) -> str:
    """The address without what does not name the document: two that agree are one source.

    Scheme, host, percent-encoding and the order of the query are w3lib's; the default port, the
    parameters that trackers add, and the fragment go. A fragment that is a path (`#!/a`, `#/a`)
    names a document, and stays. What is no web address comes back as it was.

    >>> canonical("HTTPS://Example.org:443/a?utm_source=x&b=2&a=1#top")
    'https://example.org/a?a=1&b=2'
    >>> canonical("https://app.example/#/reports/7")
    'https://app.example/#/reports/7'
    """
    if not is_web_address(url):
        return url
    try:
        named = _without_default_port(_without_trackers(url))
        return canonicalize_url(named, keep_fragments=_fragment_is_a_path(url))
    except ValueError:
        return url


def _without_trackers(url: str) -> str:
    names = [name for name, _ in parse_qsl(urlsplit(url).query, keep_blank_values=True)]
    trackers = [name for name in names if _tracks(name.lower())]
    return url_query_cleaner(url, trackers, remove=True, unique=False, keep_fragments=True)


def _tracks(name: str) -> bool:
    return name in TRACKING_PARAMETERS or name.startswith(TRACKING_PREFIXES)


def _fragment_is_a_path(url: str) -> bool:
    return urlsplit(url).fragment.startswith(("!", "/"))


def _without_default_port(url: str) -> str:
    parts = urlsplit(url)
    if parts.port is None or parts.port != DEFAULT_PORTS[parts.scheme]:
        return url
    return urlunsplit(parts._replace(netloc=parts.netloc.rpartition(":")[0]))
