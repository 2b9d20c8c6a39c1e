"""A project of any size, for benchmarks: articles of twenty claims with everything on them."""

from sqlalchemy import Engine
from sqlmodel import Session

from db.engine import transaction
from tests import factories as make
from workbench.workflow.opening import default_project, local_user

N_CLAIMS_PER_ARTICLE = 20


def populate(engine: Engine, *, n_claims: int) -> None:
    """Fill the first project with `n_claims` accepted claims."""
    with transaction(engine) as session:
        for number in range(n_claims // N_CLAIMS_PER_ARTICLE):
            _add_article(session, number)


def _add_article(session: Session, number: int) -> None:
    sentences = [
        f"The ministry said on Monday that exports of item {number}.{i} rose by {i + 2} percent."
        for i in range(N_CLAIMS_PER_ARTICLE)
    ]
    article = make.article(
        session,
        default_project(session),
        title=f"Exports, part {number}",
        outlet="The Courier",
        text="\n\n".join(sentences),
        created_by_id=local_user(session).id,
    )
    for sentence in sentences:
        make.claim(
            session,
            article,
            quote=sentence[len("The ministry said on Monday that ") : -1],
            text=sentence[len("The ministry said on Monday that ") :].capitalize(),
            speaker="The ministry",
            speaker_text="The ministry",
            cue_text="said",
            times=[{"text": "on Monday", "start": 0, "end": 9, "value": "2022-01-10"}],
            checkworthiness=0.5,
            reasons=["number"],
        )
