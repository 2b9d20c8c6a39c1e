"""Review: the next claim of the queue, and the desk to judge it on."""

from db.models import User
from db.queries.search import ClaimFilter
from workbench.ui import feedback, state, who
from workbench.ui.components.desk import desk, desk_data
from workbench.ui.components.empty import empty_queue
from workbench.ui.database import reading, writing
from workbench.workflow import drawing
from workbench.workflow.filtering import from_query, to_query
from workbench.workflow.keying import key_table
from workbench.workflow.permitting import may


def render() -> None:
    """Draw the page."""
    with feedback.here():
        me = who.present("review")
        wanted = from_query(state.query())
        claim_id = state.claim_in_url() or _next_claim(me, wanted)
        if claim_id is None:
            empty_queue(me, wanted)
            return
        with reading() as session:
            claim = drawing.claim_of_project(session, project_id=me.project_id, claim_id=claim_id)
            data = desk_data(session, claim=claim, user_id=me.user_id, wanted=wanted)
            data["keys"] = key_table(session.get_one(User, me.user_id))
        query = to_query(wanted)
        comment_id = state.comment_in_url()
        comment = {} if comment_id is None else {"comment": [str(comment_id)]}
        state.set_query(query | {"claim": [str(claim_id)]} | comment)
        desk(data, on_empty=lambda: state.set_query(query))


def _next_claim(me: who.Present, wanted: ClaimFilter) -> int | None:
    with writing() as session:
        if not may(session, project_id=me.project_id, user_id=me.user_id, activity="review"):
            return None
        claim = drawing.draw(session, project_id=me.project_id, user_id=me.user_id, wanted=wanted)
        return claim.id if claim else None


render()
