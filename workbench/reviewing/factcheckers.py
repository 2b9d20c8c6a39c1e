"""Who checks facts for a living, as data: hosts of fact-checking desks, and how they title pages.

From the signatories of the International Fact-Checking Network's code of principles and the
European Fact-Checking Standards Network; not complete, and a name here says nothing of quality.
"""

import re
from urllib.parse import urlsplit

HOSTS = {
    "politifact.com": "PolitiFact",
    "snopes.com": "Snopes",
    "factcheck.org": "FactCheck.org",
    "leadstories.com": "Lead Stories",
    "fullfact.org": "Full Fact",
    "theferret.scot": "The Ferret",
    "logicallyfacts.com": "Logically Facts",
    "factcheckni.org": "FactCheckNI",
    "thejournal.ie/factcheck": "TheJournal.ie FactCheck",
    "factcheck.afp.com": "AFP Fact Check",
    "factuel.afp.com": "AFP Factuel",
    "faktencheck.afp.com": "AFP Faktencheck",
    "factual.afp.com": "AFP Factual",
    "checamos.afp.com": "AFP Checamos",
    "reuters.com/fact-check": "Reuters Fact Check",
    "reuters.com/article/factcheck": "Reuters Fact Check",
    "apnews.com/hub/ap-fact-check": "AP Fact Check",
    "apnews.com/ap-fact-check": "AP Fact Check",
    "bbc.com/news/reality_check": "BBC Verify",
    "bbc.co.uk/news/reality_check": "BBC Verify",
    "washingtonpost.com/news/fact-checker": "The Fact Checker",
    "usatoday.com/story/news/factcheck": "USA Today Fact Check",
    "correctiv.org/faktencheck": "Correctiv",
    "mimikama.org": "Mimikama",
    "dpa-factchecking.com": "dpa Faktencheck",
    "br.de/nachrichten/faktenfuchs": "Faktenfuchs",
    "tagesschau.de/faktenfinder": "Faktenfinder",
    "chequeado.com": "Chequeado",
    "maldita.es": "Maldita.es",
    "newtral.es": "Newtral",
    "verificat.cat": "Verificat",
    "colombiacheck.com": "Colombiacheck",
    "animalpolitico.com/verificacion-de-hechos": "El Sabueso",
    "aosfatos.org": "Aos Fatos",
    "lupa.uol.com.br": "Lupa",
    "poligrafo.sapo.pt": "Polígrafo",
    "pagellapolitica.it": "Pagella Politica",
    "facta.news": "Facta",
    "demagog.org.pl": "Demagog",
    "demagog.cz": "Demagog.cz",
    "konkret24.tvn24.pl": "Konkret24",
    "factcheck.bg": "Factcheck.bg",
    "faktisk.no": "Faktisk",
    "tjekdet.dk": "TjekDet",
    "kallkritikbyran.se": "Källkritikbyrån",
    "nieuwscheckers.nl": "Nieuwscheckers",
    "stopfake.org": "StopFake",
    "voxukraine.org": "VoxCheck",
    "provereno.media": "Provereno",
    "teyit.org": "Teyit",
    "dogrulukpayi.com": "Doğruluk Payı",
    "factchecker.in": "FactChecker.in",
    "altnews.in": "Alt News",
    "boomlive.in": "BOOM",
    "factly.in": "Factly",
    "vishvasnews.com": "Vishvas News",
    "thequint.com/news/webqoof": "WebQoof",
    "rappler.com/newsbreak/fact-check": "Rappler",
    "verafiles.org": "VERA Files",
    "turnbackhoax.id": "TurnBackHoax",
    "tfc-taiwan.org.tw": "Taiwan FactCheck Center",
    "factcheckcenter.jp": "Japan Fact-check Center",
    "africacheck.org": "Africa Check",
    "dubawa.org": "Dubawa",
    "pesacheck.org": "PesaCheck",
    "fatabyyano.net": "Fatabyyano",
    "misbar.com": "Misbar",
    "factnameh.com": "Factnameh",
    "aap.com.au/factcheck": "AAP FactCheck",
    "abc.net.au/news/factcheck": "RMIT ABC Fact Check",
}
"""Host, with the beginning of a path where an outlet has a desk for it, to the desk's name."""

_TITLE = re.compile(
    r"\bfact[\s-]?check(?:ed|ing|er)?\b|\bfakten-?check\b|\bfaktafjekk\b|\bfact-?checking\b"
    r"|\bverificaci[oó]n\b|\bverifica[çc][aã]o\b|\bv[eé]rification des faits\b"
    r"|^\s*(?:false|fake|hoax|misleading|falso|engañoso|faux|falsch)\s*[:–—-]",
    re.IGNORECASE,
)


def desk_of(url: str) -> str:
    """The fact-checking desk whose page this is; empty if none is known.

    >>> desk_of("https://www.politifact.com/factchecks/2022/a"), desk_of("https://apnews.com/a")
    ('PolitiFact', '')
    """
    try:
        parts = urlsplit(url.lower())
    except ValueError:
        return ""
    host = (parts.hostname or "").removeprefix("www.")
    place = host + parts.path
    for known, name in HOSTS.items():
        at, _, path = known.partition("/")
        is_theirs = place.startswith(known) if path else host == at or host.endswith(f".{at}")
        if is_theirs:
            return name
    return ""


def reads_like_a_check(title: str) -> bool:
    """Whether a page is titled as fact-checks are.

    >>> reads_like_a_check("Fact check: exports did not rise"), reads_like_a_check("Exports")
    (True, False)
    """
    return bool(_TITLE.search(title))
