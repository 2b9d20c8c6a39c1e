"""Whether an address still answers, on a server of our own; and what is never asked at all."""

import socket
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from workbench.intake.links import Answer, ask, is_public

ASKED: list[tuple[str, str]] = []


class Site(BaseHTTPRequestHandler):
    """Answers with the status that the path names; `/to?…` leads on to the address behind it."""

    def do_HEAD(self) -> None:
        ASKED.append((self.command, self.path))
        status, _, target = self.path[1:].partition("?")
        if status == "loop":
            status, target = "302", self.path
        if status == "slow":
            threading.Event().wait(5)
        self.send_response(405 if status == "get" and self.command == "HEAD" else _status(status))
        if target:
            self.send_header("Location", target)
        self.send_header("Content-Length", "0")
        self.end_headers()

    do_GET = do_HEAD

    def log_message(self, *_args: object) -> None:
        pass


def _status(name: str) -> int:
    return int(name) if name.isdigit() else 200


@pytest.fixture(scope="module")
def site() -> Iterator[str]:
    server = ThreadingHTTPServer(("127.0.0.1", 0), Site)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"127.0.0.1:{server.server_address[1]}"
    server.shutdown()
    server.server_close()


def asked(site: str, path: str, seconds: float = 5.0) -> Answer:
    return ask(f"http://{site}/{path}", allowed=[site], seconds=seconds)


@pytest.mark.parametrize(
    ("path", "outcome"),
    [
        ("200", "alive"),
        ("get", "alive"),
        ("302?/200", "alive"),
        ("404", "dead"),
        ("410", "dead"),
        ("302?/404", "dead"),
        ("403", "unclear"),
        ("503", "unclear"),
        ("loop", "unclear"),
    ],
)
def test_what_an_answer_means(site: str, path: str, outcome: str) -> None:
    found = asked(site, path)
    assert (found.outcome, found.heard) == (outcome, True)


def test_where_head_is_refused_get_is_asked(site: str) -> None:
    ASKED.clear()
    assert asked(site, "get").outcome == "alive"
    assert ASKED == [("HEAD", "/get"), ("GET", "/get")]


def test_a_slow_answer_is_not_waited_for(site: str) -> None:
    found = asked(site, "slow", seconds=0.5)
    assert (found.outcome, found.heard) == ("unclear", False)
    assert "no answer within" in found.reason


def test_without_the_allowance_the_own_network_is_never_asked(site: str) -> None:
    ASKED.clear()
    assert ask(f"http://{site}/200").outcome == "refused"
    assert ask("http://localhost/200").outcome == "refused"
    assert ASKED == []


def test_a_redirect_into_the_own_network_is_not_followed(site: str) -> None:
    for target in (
        "http://127.0.0.1/",
        "http://[::1]/",
        "http://169.254.169.254/latest",
        "file:///",
    ):
        found = asked(site, f"302?{target}")
        assert (found.outcome, found.status) == ("refused", None), target


def test_a_name_of_which_one_address_is_not_public_is_refused(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    answers = [("93.184.215.14", 80), ("10.0.0.1", 80)]
    found = [(socket.AF_INET, socket.SOCK_STREAM, 6, "", one) for one in answers]
    monkeypatch.setattr(socket, "getaddrinfo", lambda *_args, **_kwargs: found)
    assert ask("http://rebound.example/").outcome == "refused"


@pytest.mark.parametrize(
    "url",
    [
        "http://2130706433/", "http://0x7f.1/", "http://0/", "http://[::ffff:127.0.0.1]/",
        "http://10.1.2.3/", "http://192.168.0.1/", "http://100.64.0.1/", "http://[fd00::1]/",
        "http://example.org:22/", "ftp://example.org/", "http://user@example.org/",
    ],
)  # fmt: skip
def test_what_is_no_public_page_is_refused(url: str) -> None:
    assert ask(url).outcome == "refused"


@pytest.mark.parametrize(
    "address",
    ["0.0.0.0", "127.0.0.1", "10.0.0.1", "172.16.0.1", "192.168.1.1", "169.254.169.254",
     "100.64.0.1", "224.0.0.1", "240.0.0.1", "::1", "::", "fe80::1", "fe80::1%eth0", "fd00::1",
     "ff02::1", "::ffff:10.0.0.1", "::127.0.0.1", "64:ff9b::a00:1", "2002:a00:1::"],
)  # fmt: skip
def test_addresses_that_are_not_public(address: str) -> None:
    assert not is_public(address)


def test_a_host_that_is_not_there_and_a_name_service_that_is_not_there_differ(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def fail(code: int) -> Answer:
        def resolve(*_args: object, **_kwargs: object) -> None:
            raise socket.gaierror(code, "no")

        monkeypatch.setattr(socket, "getaddrinfo", resolve)
        return ask("https://gone.example/")

    assert fail(socket.EAI_NONAME) == Answer("dead", "there is no such host")
    assert fail(socket.EAI_AGAIN).outcome == "unclear"
