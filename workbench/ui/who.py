"""Who is working, and in which project."""

from dataclasses import dataclass

from sqlmodel import Session
from starlette.requests import HTTPConnection

from db.models import Article, Claim, Project, User
from db.queries import members, projects
from workbench.errors import NoProject, SignedOut
from workbench.ui import cookie, state
from workbench.ui.database import reading, writing
from workbench.workflow import signing_in
from workbench.workflow.permitting import require
from workbench.workflow.signing_in import Arrival


@dataclass(frozen=True, slots=True)
class Present:
    """The person at the page and the project they work in."""

    user_id: int
    project_id: int


def arrived() -> Arrival:
    """Who is at the page, and by which sign-in. Raises `SignedOut`.

    A session that somebody else began is begun anew: nothing of theirs is left in it.
    """
    with reading() as session:
        arrival = signing_in.arrive(session, cookie=cookie.of_page())
    state.begin_for(arrival.user.id or 0)
    return arrival


def note_seen(arrival: Arrival) -> None:
    """Keep the sign-in going, where that is due."""
    if arrival.is_due and arrival.sign_in_id is not None:
        with writing() as session:
            signing_in.seen(session, sign_in_id=arrival.sign_in_id)


def present(activity: str = "see progress") -> Present:
    """The person at the page, and the project of what the address names, else the one chosen last.

    Raises:
        SignedOut: nobody is signed in.
        NoProject: the person works in no project.
        NotPermitted: their role there does not allow the activity, or the project is not theirs.
    """
    user = arrived().user
    with reading() as session:
        project_id = _named(session) or _chosen(session, user)
        require(session, project_id=project_id, user_id=user.id or 0, activity=activity)
    state.set_project_id(project_id)
    return Present(user.id or 0, project_id)


def known_projects(session: Session, user: User) -> list[Project]:
    """The projects that the person may work in, the oldest first: an admin's are all."""
    everybody = user.is_admin or not signing_in.has_accounts(session)
    if everybody:
        return projects.all_projects(session)
    return members.projects_of(session, user_id=user.id or 0)


def choose(session: Session, me: User, project_id: int) -> None:
    """Work in this project from now on, in this tab and in those to come."""
    require(session, project_id=project_id, user_id=me.id or 0, activity="see progress")
    session.get_one(User, me.id).last_project_id = project_id
    state.set_project_id(project_id)
    state.set_url()


def asking(session: Session, request: HTTPConnection) -> User:
    """Who sent this to a route. Raises `SignedOut`, also if its page was drawn for another."""
    user = signing_in.arrive(session, cookie=cookie.of(request)).user
    if request.headers.get(cookie.PERSON_HEADER, "") not in ("", str(user.id)):
        raise SignedOut
    return user


def _chosen(session: Session, user: User) -> int:
    known = [project.id or 0 for project in known_projects(session, user)]
    if not known:
        raise NoProject
    for chosen in (state.project_id(), user.last_project_id):
        if chosen in known:
            return chosen or 0
    return known[0]


def _named(session: Session) -> int | None:
    """The project that the page's address names, or that of the claim or article in it: links work
    in any session."""
    claim_id, article_id = state.claim_in_url(), state.article_in_url()
    claim = session.get(Claim, claim_id) if claim_id else None
    article = session.get(Article, article_id) if article_id else None
    if found := claim or article:
        return found.project_id
    project_id = state.project_in_url()
    project = session.get(Project, project_id) if project_id else None
    return project.id if project else None
