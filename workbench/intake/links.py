"""Whether a web address still answers, asked without ever reaching into the own network.

Only http and https on their usual ports. A name is resolved once, every address that it has must be
a public one, and the connection goes to just that address; the same holds for each of at most five
redirects. What is sent is a HEAD, and a GET where that is refused, of which the body is not read.
"""

import errno
import ipaddress
import socket
import ssl
import time
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from http import HTTPStatus
from typing import Any
from urllib.parse import urljoin, urlsplit

import httpcore

from workbench.addresses import DEFAULT_PORTS, is_web_address

SECONDS = 10.0
MAX_REDIRECTS = 5
_GONE = (HTTPStatus.NOT_FOUND, HTTPStatus.GONE)
_HEADERS = [("User-Agent", "factcheck-workbench (link check)"), ("Accept", "*/*")]
_NAT64 = ipaddress.ip_network("64:ff9b::/96")
_COMPATIBLE = ipaddress.ip_network("::/96")
Address = ipaddress.IPv4Address | ipaddress.IPv6Address


@dataclass(frozen=True, slots=True)
class Answer:
    """`outcome` is alive, dead, unclear or refused (not asked); `reason` says it in words.

    `heard` is whether anything answered at all: without internet, nothing does.
    """

    outcome: str
    reason: str
    status: int | None = None
    heard: bool = False


class NotPublic(Exception):
    """The address leads to a place that is not asked."""


def ask(url: str, *, allowed: Collection[str] = (), seconds: float = SECONDS) -> Answer:
    """How the address answers within `seconds`. `allowed` are host:port that need not be public."""
    try:
        return _ask(url, frozenset(allowed), time.monotonic() + seconds)
    except NotPublic as error:
        return Answer("refused", str(error))
    except _NoSuchHost:
        return Answer("dead", "there is no such host")
    except (httpcore.TimeoutException, TimeoutError):
        return Answer("unclear", f"no answer within {seconds:.0f} seconds")
    except (ssl.SSLError, ssl.CertificateError) as error:
        return Answer("unclear", f"no secure connection: {_first_line(error)}")
    except (httpcore.ConnectError, httpcore.NetworkError, OSError) as error:
        return Answer("unclear", f"no connection: {_first_line(error)}")
    except (httpcore.ProtocolError, httpcore.UnsupportedProtocol, ValueError) as error:
        return Answer("unclear", f"no answer that is HTTP: {_first_line(error)}", heard=True)


def is_public(address: str) -> bool:
    """Whether this IP address is one of the open internet, whatever it is wrapped in.

    >>> is_public("93.184.215.14"), is_public("127.0.0.1"), is_public("::ffff:10.0.0.1")
    (True, False, False)
    >>> is_public("64:ff9b::7f00:1"), is_public("2002:7f00:1::"), is_public("224.0.0.1")
    (False, False, False)
    """
    found = _unwrapped(ipaddress.ip_address(address.partition("%")[0]))
    return found.is_global and not (found.is_multicast or found.is_reserved)


def _unwrapped(address: Address) -> Address:
    if isinstance(address, ipaddress.IPv4Address):
        return address
    if address in _NAT64 or address in _COMPATIBLE:
        return ipaddress.IPv4Address(int(address) & 0xFFFFFFFF)
    return address.ipv4_mapped or address.sixtofour or (address.teredo or [address])[-1]


def _ask(url: str, allowed: frozenset[str], deadline: float) -> Answer:
    for method in ("HEAD", "GET"):
        status, reached = _follow(method, url, allowed, deadline)
        if status < HTTPStatus.BAD_REQUEST:
            break
    said = f"{status} {_words(status)}".strip()
    if status in _GONE:
        return Answer("dead", said, status, heard=True)
    if status >= HTTPStatus.BAD_REQUEST:
        return Answer("unclear", said, status, heard=True)
    elsewhere = "" if reached == url else f", at {urlsplit(reached).hostname}"
    return Answer("alive", said + elsewhere, status, heard=True)


def _words(status: int) -> str:
    return HTTPStatus(status).phrase if status in HTTPStatus.__members__.values() else ""


def _follow(method: str, url: str, allowed: frozenset[str], deadline: float) -> tuple[int, str]:
    """The status at the end of the redirects, and the address there."""
    for _ in range(MAX_REDIRECTS + 1):
        _check(url, allowed)
        with (
            httpcore.ConnectionPool(network_backend=_Guarded(allowed, deadline)) as pool,
            pool.stream(method, url.encode("ascii", "strict"), headers=_HEADERS) as response,
        ):
            onward = dict(response.headers).get(b"location") or _location(response.headers)
            status = response.status
        if not (300 <= status < 400 and onward):
            return status, url
        url = urljoin(url, onward.decode("latin-1"))
    raise httpcore.ProtocolError(f"more than {MAX_REDIRECTS} redirects")


def _location(headers: Iterable[tuple[bytes, bytes]]) -> bytes | None:
    return next((value for name, value in headers if name.lower() == b"location"), None)


def _check(url: str, allowed: frozenset[str]) -> None:
    if not is_web_address(url):
        raise NotPublic("not a complete http or https address")
    parts = urlsplit(url)
    port = parts.port or DEFAULT_PORTS[parts.scheme]
    if port not in DEFAULT_PORTS.values() and f"{parts.hostname}:{port}" not in allowed:
        raise NotPublic(f"port {port} is not one of the web")


class _NoSuchHost(Exception):
    pass


class _Guarded(httpcore.NetworkBackend):
    """Connects to public addresses alone, and to the very one that was looked at."""

    def __init__(self, allowed: frozenset[str], deadline: float) -> None:
        self._allowed, self._deadline = allowed, deadline
        self._plain = httpcore.SyncBackend()

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[Any] | None = None,
    ) -> httpcore.NetworkStream:
        addresses = _resolved(host, port)
        if f"{host}:{port}" not in self._allowed and not all(map(is_public, addresses)):
            raise NotPublic("it leads into a network that is not public")
        stream = self._plain.connect_tcp(addresses[0], port, timeout=_left(self._deadline))
        return _Timed(stream, self._deadline)

    def connect_unix_socket(self, *_args: Any, **_kwargs: Any) -> httpcore.NetworkStream:
        raise NotPublic("a socket is no address of the web")


def _resolved(host: str, port: int) -> list[str]:
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except socket.gaierror as error:
        if error.errno == socket.EAI_NONAME:
            raise _NoSuchHost from error
        raise OSError(errno.EHOSTUNREACH, "the name could not be looked up") from error
    return list(dict.fromkeys(str(address[0]) for *_, address in found))


class _Timed(httpcore.NetworkStream):
    """A connection that ends at the deadline, however slowly it is fed."""

    def __init__(self, stream: httpcore.NetworkStream, deadline: float) -> None:
        self._stream, self._deadline = stream, deadline

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        return self._stream.read(max_bytes, timeout=_left(self._deadline))

    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        self._stream.write(buffer, timeout=_left(self._deadline))

    def close(self) -> None:
        self._stream.close()

    def start_tls(
        self,
        ssl_context: ssl.SSLContext,
        server_hostname: str | None = None,
        timeout: float | None = None,
    ) -> httpcore.NetworkStream:
        secured = self._stream.start_tls(
            ssl_context, server_hostname, timeout=_left(self._deadline)
        )
        return _Timed(secured, self._deadline)

    def get_extra_info(self, info: str) -> Any:
        return self._stream.get_extra_info(info)


def _left(deadline: float) -> float:
    seconds = deadline - time.monotonic()
    if seconds <= 0:
        raise httpcore.ReadTimeout("the time is over")
    return seconds


def _first_line(error: BaseException) -> str:
    return (str(error) or type(error).__name__).splitlines()[0][:200]
