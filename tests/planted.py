"""Secrets in every place where somebody says something about a claim, to look for them elsewhere.

All is said by the activities that people use, so that the history holds it as well. What is planted
on a claim begins with `secret(claim)`; the rest of the word names the place.
"""

import re
from dataclasses import dataclass
from typing import Any

from sqlmodel import Session

from db.models import Claim, Project, User
from db.queries import adjudication
from tests import factories as make
from workbench.workflow import adjudicating, commenting, drawing, flagging, marking, reviewing

_WORD = "qzplanted"
TEXT = "Exports rose by four percent. Rates fell in March. The harbour was closed for weeks."


@dataclass(frozen=True)
class Planted:
    """A project with planted claims, and the reviewer who is not to see what others said.

    `decided` was adjudicated, `returned` sent back for a review; of `plain` nobody said anything.
    Of `plain` the verdict is known and hidden, of `lesson` it is known and for training.
    """

    project: Project
    reviewer: User
    decided: Claim
    returned: Claim
    plain: Claim
    lesson: Claim


def secret(claim: Claim) -> str:
    """What every secret of this claim begins with."""
    return f"{_WORD}{claim.id}x"


def found(text: str, claim: Claim | None = None) -> set[str]:
    """The secrets that are in the text, of this claim or of any."""
    word = secret(claim) if claim else _WORD
    return set(re.findall(rf"{word}\w+", text.lower()))


def plant(session: Session, project: Project, **of_reviewer: Any) -> Planted:
    """Two reviewers and a lead say all that can be said of two claims; a third reviewer is new."""
    project.overlap, project.blind = 2, True
    lead = make.member(session, project, "lead")
    others = [make.member(session, project) for _ in range(2)]
    reviewer = make.member(
        session, project, by=make.user(session, joined_at=make.NOON, **of_reviewer)
    )
    article = make.article(session, project, text=TEXT, title="Harbour news")
    quotes = TEXT[:-1].split(". ")
    decided, returned, plain = (make.claim(session, article, quote=quote) for quote in quotes)
    for claim in (decided, returned):
        _said_of(session, claim, others)
    asked = {"project_id": project.id or 0, "user_id": lead.id or 0}
    adjudicating.adjudicate(
        session,
        **_on(session, decided),
        **asked,
        label="refuted",
        cause="slip",
        reason=f"{secret(decided)}reason",
    )
    adjudicating.send_back(
        session, **_on(session, returned), **asked, reason=f"{secret(returned)}sentback"
    )
    lesson = make.claim(session, article, quote="closed for weeks")
    for claim, used_for in ((plain, "hidden"), (lesson, "training")):
        marking.mark(
            session,
            claim_id=claim.id or 0,
            **asked,
            known=marking.Known("refuted", f"{secret(claim)}known", used_for),
            version=0,
        )
    session.flush()
    return Planted(project, reviewer, decided, returned, plain, lesson)


def _on(session: Session, claim: Claim) -> dict[str, Any]:
    version = adjudication.version(session, claim_id=claim.id or 0)
    return {"claim_id": claim.id or 0, "version": version, "op_id": f"plant-{claim.id}"}


def _said_of(session: Session, claim: Claim, others: list[User]) -> None:
    for by, label in zip(others, ("refuted", "supported"), strict=True):
        submit(session, claim, by, label, _form(claim, label))
    ann, bob = (by.id or 0 for by in others)
    word = secret(claim)
    first = commenting.comment(session, claim=claim, user_id=ann, text=f"{word}comment")
    commenting.comment(
        session, claim=claim, user_id=bob, text=f"{word}answered", thread_id=first.id
    )
    flagging.raise_flag(session, claim=claim, user_id=ann, reason=f"{word}flag")
    drawing.skip(session, claim=claim, user_id=bob, reason=f"{word}skipped")


def submit(session: Session, claim: Claim, by: User, label: str, form: Any = None) -> None:
    """Give this verdict on the claim, for the first time."""
    reviewing.submit(
        session,
        project_id=claim.project_id,
        claim_id=claim.id or 0,
        user_id=by.id or 0,
        form={"label": label, **(form or {})},
        version=0,
        claim_version=claim.version,
        op_id=f"planted-{claim.id}-{by.id}",
    )


def _form(claim: Claim, label: str) -> dict[str, Any]:
    word = f"{secret(claim)}{label}"
    return {
        "justification": f"{word}justification",
        "evidence": [
            {
                "url": f"https://{word}.example/{word}address",
                "title": f"{word}title",
                "publisher": f"{word}publisher",
                "author": f"{word}author",
                "quote": f"{word}quote",
                "stance": "refutes",
                "question": f"{word}question",
                "answer": f"{word}answer",
                "answer_type": "abstractive",
                "explanation": "",
            }
        ],
    }
