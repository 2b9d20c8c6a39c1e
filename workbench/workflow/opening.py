"""Opening the workbench: the newest schema, and on the first start something to work with."""

from sqlalchemy import Engine
from sqlmodel import Session

from db.engine import transaction
from db.migrations import upgrade
from db.models import Label, LabelScheme, Project, User
from db.queries import accounts, articles, projects, users
from db.queries.invariants import prove_writable
from workbench.errors import DatabaseProblem
from workbench.reviewing.schemes import DEFAULT_SCHEME, Scheme, schemes
from workbench.samples import samples
from workbench.workflow.importing import import_article
from workbench.workflow.problems import database_problems
from workbench.workflow.projecting import create_project

LOCAL_USER = "local"
FIRST_PROJECT = "My project"
FIRST_GUIDELINE = """\
Judge the claim as it stands alone, with what could be known when it was made. Look for sources \
that do not rest on one another, and quote the words your verdict rests on.

Supported: the evidence you found bears the whole claim out.
Refuted: the evidence contradicts it, or a part of it that matters.
Not Enough Evidence: you looked, and what there is decides it neither way.
Conflicting Evidence/Cherrypicking: good sources disagree, or the claim is true only by what it \
leaves out.

If the claim does not say what the article says, correct its text. If it cannot be checked, reject \
it under Claims."""


def open_workbench(engine: Engine, *, sample: bool = True) -> None:
    """Bring the database up to date; the first time, also add what a newcomer needs.

    The sample article is brought as long as there is no article, unless `sample` is off.
    May run as often as one likes, in several processes at once. Raises `DatabaseProblem`.
    """
    with database_problems():
        upgrade(engine)
        with transaction(engine) as session:
            prove_writable(session)
            _add_missing_schemes(session)
            if not users.any_exists(session):
                session.add(User(name=LOCAL_USER, display_name="You", is_admin=True))
                session.flush()
            if projects.oldest(session) is None:
                _first_project(session)
            if sample and not articles.any_exists(session):
                _import_sample(session)


def local_user(session: Session) -> User:
    """The one who sits at this computer; once there are accounts, the admin of longest standing."""
    user = users.by_name(session, name=LOCAL_USER) or accounts.operator(session)
    if user is None:
        raise DatabaseProblem("Nobody is known in this database yet. Run `workbench migrate`.")
    return user


def default_project(session: Session) -> Project:
    """The project that is meant when none is named: the oldest."""
    project = projects.oldest(session)
    if project is None:
        raise DatabaseProblem("There is no project in this database yet. Run `workbench migrate`.")
    return project


def _add_missing_schemes(session: Session) -> None:
    for scheme in schemes().values():
        if projects.scheme_by_key(session, key=scheme.key) is None:
            _add_scheme(session, scheme)


def _add_scheme(session: Session, scheme: Scheme) -> None:
    row = LabelScheme(key=scheme.key, title=scheme.title)
    session.add(row)
    session.flush()
    session.add_all(
        Label(
            scheme_id=row.id or 0,
            position=position,
            key=label.key,
            title=label.title,
            color=label.color,
            digit=label.digit,
        )
        for position, label in enumerate(scheme.labels)
    )
    session.flush()


def _first_project(session: Session) -> None:
    create_project(
        session,
        name=FIRST_PROJECT,
        scheme=DEFAULT_SCHEME,
        user_id=local_user(session).id,
        guideline=FIRST_GUIDELINE,
    )


def _import_sample(session: Session) -> None:
    sample = samples()[0]
    import_article(
        session,
        project_id=default_project(session).id or 0,
        user_id=local_user(session).id or 0,
        text=sample.text,
        title=sample.title,
        outlet=sample.outlet,
        author=sample.author,
        url=sample.url,
        published_on=sample.published,
    )
