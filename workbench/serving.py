"""`workbench serve`: the web process with its worker beside it, and the browser on it."""

import http.client
import ipaddress
import os
import socket
import sys
import threading
import time
import webbrowser

from sqlalchemy import Engine

from db.engine import open_engine, reading
from db.queries import jobs
from workbench.errors import InputError
from workbench.settings import Settings
from workbench.workers import worker_process
from workbench.workflow.opening import open_workbench
from workbench.workflow.signing_in import has_accounts

ANSWER_SECONDS = 60.0
SPLIT_SECONDS = 20.0


def serve(settings: Settings, *, host: str, port: int, browser: bool) -> None:
    """Serve until interrupted. Raises `InputError` if the address cannot be listened on."""
    refuse_taken(host, port)
    engine = open_engine(settings.database_url)
    open_workbench(engine)
    refuse_strangers(engine, host, settings.allowed_hosts)
    engine.dispose()
    announcer = threading.Thread(
        target=_announce, args=(settings.database_url, host, port, browser), daemon=True
    )
    announcer.start()
    from workbench.web import run_web

    with worker_process(settings.database_url):
        run_web(settings, host=host, port=port)


def refuse_strangers(engine: Engine, host: str, allowed_hosts: tuple[str, ...] = ()) -> None:
    """Raise `InputError` where others than this machine reach it, as long as nobody signs in."""
    if (host == "localhost" or _is_loopback(host)) and not allowed_hosts:
        return
    with reading(engine) as session:
        if not has_accounts(session):
            there = host if not allowed_hosts else allowed_hosts[0]
            raise InputError(
                f"The workbench has no accounts, so it answers on this machine alone, not on "
                f"{there!r}; make the first account with `workbench user add NAME`."
            )


def _is_loopback(host: str) -> bool:
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


def refuse_taken(host: str, port: int) -> None:
    """Raise `InputError` unless this address can be listened on now."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family, socket.SOCK_STREAM) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except (OSError, OverflowError) as error:
            raise InputError(
                f"Port {port} on {host} cannot be used ({_reason(error)}); "
                "choose another with --port."
            ) from error


def _reason(error: Exception) -> str:
    return getattr(error, "strerror", None) or str(error)


def _announce(database_url: str, host: str, port: int, browser: bool) -> None:
    address = f"http://{f'[{host}]' if ':' in host else host}:{port}/"
    if not _answers(host, port):
        return
    print(f"The workbench is at {address} (Ctrl+C ends it).", file=sys.stderr, flush=True)
    if browser and _has_screen():
        _wait_for_split(database_url)
        webbrowser.open(address)


def _has_screen() -> bool:
    """Whether a browser can show itself; else a text browser would take the terminal."""
    wanted = ("DISPLAY", "WAYLAND_DISPLAY", "BROWSER")
    return sys.platform != "linux" or any(os.environ.get(name) for name in wanted)


def _answers(host: str, port: int) -> bool:
    end = time.monotonic() + ANSWER_SECONDS
    while time.monotonic() < end:
        if _is_healthy(host, port):
            return True
        time.sleep(0.25)
    return False


def _is_healthy(host: str, port: int) -> bool:
    connection = http.client.HTTPConnection(host, port, timeout=2)
    try:
        connection.request("GET", "/healthz")
        return connection.getresponse().status == 200
    except OSError:
        return False
    finally:
        connection.close()


def _wait_for_split(database_url: str) -> None:
    """Let the worker finish what is waiting, so that the first page has something to show."""
    engine = open_engine(database_url)
    end = time.monotonic() + SPLIT_SECONDS
    while time.monotonic() < end:
        with reading(engine) as session:
            if jobs.n_open(session) == 0:
                break
        time.sleep(0.25)
    engine.dispose()
