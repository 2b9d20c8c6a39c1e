"""Who is working, and in which project."""

from dataclasses import dataclass

from sqlmodel import Session

from db.models import Article, Claim, Project
from workbench.ui import state
from workbench.ui.database import reading
from workbench.workflow.opening import default_project, local_user


@dataclass(frozen=True, slots=True)
class Present:
    """The person at the page and the project they work in."""

    user_id: int
    project_id: int


def present() -> Present:
    """The local user, and the project of what the address names, else the one chosen last."""
    with reading() as session:
        user = local_user(session)
        chosen = _named(session) or state.project_id() or user.last_project_id
        project_id = chosen or default_project(session).id or 0
        state.set_project_id(project_id)
        return Present(user.id or 0, project_id)


def choose(session: Session, project_id: int) -> None:
    """Work in this project from now on, in this tab and in those to come."""
    local_user(session).last_project_id = project_id
    state.set_project_id(project_id)
    state.set_url()


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
