"""The log of the accounts in words, and what a browser calls itself."""

from sqlmodel import Session

from db.queries import accounts, users

COMMAND_LINE = "The command line"
DID = {
    "account.added": "added the account of {name}",
    "account.connected": "connected {name} with {issuer}",
    "account.demoted": "made {name} no admin any more",
    "account.disabled": "disabled {name}",
    "account.enabled": "enabled {name}",
    "account.password.changed": "changed the password of {name}",
    "account.password.reset": "gave {name} another password",
    "account.promoted": "made {name} an admin of the workbench",
    "account.reset.made": "made a reset link for {name}",
    "account.set.up": "set up the workbench's accounts as {name}",
    "account.signed.out": "ended the sign-ins of {name}",
}
_BROWSERS = (
    ("Firefox/", "Firefox"),
    ("Edg/", "Edge"),
    ("OPR/", "Opera"),
    ("Chrome/", "Chrome"),
    ("Safari/", "Safari"),
)
_SYSTEMS = (
    ("Android", "Android"),
    ("iPhone", "iPhone"),
    ("iPad", "iPad"),
    ("Windows", "Windows"),
    ("Mac OS X", "macOS"),
    ("Linux", "Linux"),
)


def told(session: Session, *, limit: int) -> list[str]:
    """What was done to accounts, a line each, the newest first."""
    entries = accounts.log(session, limit=limit)
    ids = {entry.user_id for entry in entries} | {entry.by_id or 0 for entry in entries}
    names = {id: name for id, (name, _) in users.names(session, ids=ids).items()}
    return [
        f"{entry.at:%Y-%m-%d %H:%M} UTC · {names.get(entry.by_id or 0, COMMAND_LINE)} "
        + DID[entry.kind].format(
            name=names.get(entry.user_id, ""), issuer=entry.after.get("issuer", "")
        )
        for entry in entries
    ]


def device(user_agent: str) -> str:
    """The browser and its system as people call them.

    >>> device("Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0")
    'Firefox on Linux'
    >>> device("curl/8")
    'curl/8'
    """
    browser = next((name for sign, name in _BROWSERS if sign in user_agent), "")
    system = next((name for sign, name in _SYSTEMS if sign in user_agent), "")
    if not browser:
        return user_agent[:40] or "An unknown browser"
    return f"{browser} on {system}" if system else browser
