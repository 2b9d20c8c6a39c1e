"""Review: the next claim of the queue, and the desk to judge it on."""

from db.models import User
from workbench.ui import feedback, state, who
from workbench.ui.components.desk import desk, desk_data
from workbench.ui.components.empty import empty_queue
from workbench.ui.database import reading, writing
from workbench.workflow import drawing
from workbench.workflow.keying import key_table


def render() -> None:
    """Draw the page."""
    with feedback.here():
        me = who.present()
        claim_id = state.claim_in_url() or _next_claim(me)
        if claim_id is None:
            empty_queue(me)
            return
        with reading() as session:
            claim = drawing.claim_of_project(session, project_id=me.project_id, claim_id=claim_id)
            data = desk_data(session, claim=claim, user_id=me.user_id)
            data["keys"] = key_table(session.get_one(User, me.user_id))
        state.set_url(claim=claim_id)
        desk(data, on_empty=state.set_url)


def _next_claim(me: who.Present) -> int | None:
    with writing() as session:
        claim = drawing.draw(session, project_id=me.project_id, user_id=me.user_id)
        return claim.id if claim else None


render()
