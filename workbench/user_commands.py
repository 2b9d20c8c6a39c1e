"""`workbench user …`: the accounts, without a browser. Whoever can run this owns the database.

A password is asked for at the terminal, or is the first line of standard input: never a word of
the command, which other programs can read.
"""

import getpass
import sys
from typing import TYPE_CHECKING, Annotated, Any

import typer

from workbench.errors import InputError

if TYPE_CHECKING:
    from sqlalchemy import Engine
    from sqlmodel import Session

    from db.queries.accounts import Account

app = typer.Typer(
    name="user",
    help="People's accounts, their roles, and the links that they come in by.",
    no_args_is_help=True,
    rich_markup_mode=None,
)
Database = Annotated[str | None, typer.Option(help="As for the other commands.")]
Name = Annotated[str, typer.Argument(help="The name that they sign in with.")]
ProjectName = Annotated[str | None, typer.Option(help="The project's name; else the oldest.")]
Role = Annotated[str, typer.Option(help="viewer, reviewer, lead or admin.")]
Address = Annotated[str, typer.Option(help="Where people reach the workbench.")]
HERE = "http://127.0.0.1:8501"


@app.command()
def add(
    name: Name,
    shown: Annotated[str, typer.Option(help="The name that others see.")] = "",
    admin: Annotated[bool, typer.Option("--admin", help="An admin of the workbench.")] = False,
    project: ProjectName = None,
    role: Annotated[str | None, typer.Option(help="Their role in the project.")] = None,
    without_password: Annotated[
        bool, typer.Option("--without-password", help="They come in by a reset link.")
    ] = False,
    database: Database = None,
) -> None:
    """Make an account; the first one is an admin's, and everybody signs in from then on."""
    from workbench.workflow import accounts, joining
    from workbench.workflow.signing_in import has_accounts

    engine = _opened(database)
    if role is not None:
        joining.known_role(role)
    with _reading(engine) as session:
        first, project_id = not has_accounts(session), _project_id(session, project)
    if first and without_password:
        raise InputError("The first account is an admin's and needs a password.")
    password = None if without_password else _password()
    with _writing(engine) as session:
        if first:
            user = accounts.set_up_first_admin(
                session, name=name, password=password or "", display_name=shown
            )
        else:
            user = accounts.add_account(
                session, name=name, password=password, display_name=shown, admin=admin, by=None
            )
        if role is not None:
            ids = {"project_id": project_id, "user_id": user.id or 0}
            joining.set_role(session, **ids, role=role, by=None)
        _print({"name": user.name, "shown": user.display_name, "admin": user.is_admin})


@app.command("list")
def list_(database: Database = None) -> None:
    """Print everybody who has an account."""
    from db.models import utc_now
    from db.queries import accounts, members

    with _reading(_opened(database)) as session:
        everybody = accounts.all_accounts(session, now=utc_now())
        roles = members.roles(session)
    _print([_as_json(one, roles.get(one.user.id or 0, {})) for one in everybody])


@app.command()
def disable(name: Name, database: Database = None) -> None:
    """Close an account: its sign-ins end now; what its owner did stays."""
    from workbench.workflow import accounts

    with _writing(_opened(database)) as session:
        accounts.disable(session, user_id=_id(session, name), by=None)


@app.command()
def enable(name: Name, database: Database = None) -> None:
    """Open a closed account again."""
    from workbench.workflow import accounts

    with _writing(_opened(database)) as session:
        accounts.enable(session, user_id=_id(session, name), by=None)


@app.command()
def password(name: Name, database: Database = None) -> None:
    """Give somebody another password; ends all their sign-ins."""
    from workbench.workflow import accounts

    engine = _opened(database)
    with _reading(engine) as session:
        user_id = _id(session, name)
    new = _password()
    with _writing(engine) as session:
        accounts.set_password(session, user_id=user_id, password=new, by=None)


@app.command()
def reset(name: Name, address: Address = HERE, database: Database = None) -> None:
    """Print a link by which somebody chooses a new password, once, within a day."""
    from workbench.workflow import accounts

    with _writing(_opened(database)) as session:
        token = accounts.make_reset_link(session, user_id=_id(session, name), by=None)
    _print({"link": f"{address.rstrip('/')}/reset/{token}"})


@app.command()
def invite(
    whom: Annotated[str, typer.Argument(help="Whom it is for, for your own memory.")] = "",
    role: Role = "reviewer",
    project: ProjectName = None,
    address: Address = HERE,
    database: Database = None,
) -> None:
    """Print a link by which somebody joins a project, once, within a week."""
    from workbench.workflow import inviting

    with _writing(_opened(database)) as session:
        project_id = _project_id(session, project)
        token = inviting.invite(session, project_id=project_id, role=role, by=None, name=whom)
    _print({"link": f"{address.rstrip('/')}/join/{token}"})


@app.command()
def role(
    name: Name,
    role: Annotated[str, typer.Argument(help="viewer, reviewer, lead, admin; none takes out.")],
    project: ProjectName = None,
    database: Database = None,
) -> None:
    """Give somebody a role in a project, or take them out of it."""
    from workbench.workflow import joining

    with _writing(_opened(database)) as session:
        ids = {"project_id": _project_id(session, project), "user_id": _id(session, name)}
        if role == "none":
            joining.end_membership(session, **ids, by=None)
        else:
            joining.set_role(session, **ids, role=role, by=None)


@app.command()
def admin(
    name: Name,
    off: Annotated[bool, typer.Option("--off", help="They are none any more.")] = False,
    database: Database = None,
) -> None:
    """Make somebody an admin of the whole workbench."""
    from workbench.workflow import accounts

    with _writing(_opened(database)) as session:
        accounts.set_admin(session, user_id=_id(session, name), admin=not off, by=None)


@app.command("sign-ins")
def sign_ins(
    name: Name,
    end: Annotated[bool, typer.Option("--end", help="End them all now.")] = False,
    database: Database = None,
) -> None:
    """Print where somebody is signed in, or end it."""
    from db.models import utc_now
    from db.queries import accounts as stored
    from workbench.workflow import accounts
    from workbench.workflow.telling import device

    with _writing(_opened(database)) as session:
        user_id = _id(session, name)
        if end:
            n_ended = accounts.end_sign_ins(session, user_id=user_id, by=None)
            _print({"ended": n_ended})
            return
        found = stored.sign_ins(session, user_id=user_id, now=utc_now())
        _print(
            [
                {
                    "device": device(one.device),
                    "since": one.created_at.isoformat(),
                    "last_seen": one.last_seen_at.isoformat(),
                    "expires": one.expires_at.isoformat(),
                }
                for one in found
            ]
        )


@app.command()
def log(
    limit: Annotated[int, typer.Option(min=1, max=100_000)] = 100, database: Database = None
) -> None:
    """Print what was done to accounts, the newest first."""
    from workbench.workflow.telling import told

    with _reading(_opened(database)) as session:
        for line in told(session, limit=limit):
            print(line)


def _as_json(one: "Account", roles: dict[str, str]) -> dict[str, Any]:
    user, seen = one.user, one.last_seen_at
    return {
        "name": user.name,
        "shown": user.display_name,
        "admin": user.is_admin,
        "disabled": user.disabled_at is not None,
        "roles": roles,
        "password": one.has_password,
        "provider": one.has_identity,
        "sign_ins": one.n_sign_ins,
        "last_seen": seen.isoformat() if seen else None,
    }


def _password() -> str:
    if not sys.stdin.isatty():
        return sys.stdin.readline().rstrip("\r\n")
    first = getpass.getpass("New password: ")
    if getpass.getpass("The same again: ") != first:
        raise InputError("The two passwords are not the same; nothing was changed.")
    return first


def _id(session: "Session", name: str) -> int:
    from workbench.workflow.accounts import named

    return named(session, name).id or 0


def _project_id(session: "Session", name: str | None) -> int:
    from workbench.cli import project_named

    return project_named(session, name).id or 0


def _opened(database: str | None) -> "Engine":
    from workbench.cli import opened

    return opened(database, existing=True)


def _reading(engine: "Engine") -> Any:
    from db.engine import reading

    return reading(engine)


def _writing(engine: "Engine") -> Any:
    from db.engine import transaction

    return transaction(engine)


def _print(value: Any) -> None:
    from workbench.cli import print_json

    print_json(value)
