"""What people do to claims: accept, reject, rewrite, move, merge, split, retire, and make new ones.

Nothing is deleted: a claim that was merged or split is retired and is the parent of the new ones.
"""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

from sqlmodel import Session

from db.models import Article, Claim, ClaimLineage, utc_now
from db.queries import claims, gold
from workbench.errors import InputError, NotAllowed, NotFound
from workbench.reviewing.claim_facts import check_claim_types
from workbench.workflow.drawing import claim_of_project
from workbench.workflow.phasing import plan_of
from workbench.workflow.recording import (
    carried_out,
    change,
    check_version,
    earlier_result,
    one_action,
    plain,
    record_claim,
)

MAX_CLAIM_CHARACTERS = 5_000
MAX_WORDS_CHARACTERS = 500
OPEN_STATES = ("proposed", "accepted", "rejected")
PROPOSED = ("start", "end", "quote", "speaker")
"""What the splitter finds and people change; its value stays in `Claim.proposed`."""


def set_state(
    session: Session,
    *,
    project_id: int,
    claim_id: int,
    user_id: int,
    state: str,
    version: int,
    reason: str = "",
) -> Claim:
    """Accept or reject a claim, or propose it again; `reason` says why it is rejected."""
    if state not in OPEN_STATES:
        raise ValueError(f"claims are not set to {state!r} by hand")
    fields = {"state": state, "reason": _words(reason, "reason") if state == "rejected" else ""}
    return _change(session, project_id, claim_id, user_id, f"claim.{state}", version, **fields)


def retire(
    session: Session, *, project_id: int, claim_id: int, user_id: int, version: int, reason: str
) -> Claim:
    """Take the claim out of the work and the exports; `reason` says why. It can be restored."""
    fields = {"state": "retired", "reason": _words(reason, "reason")}
    return _change(session, project_id, claim_id, user_id, "claim.retired", version, **fields)


def restore(
    session: Session, *, project_id: int, claim_id: int, user_id: int, version: int
) -> Claim:
    """Accept a claim that was retired by hand; one that was merged or split lives on in others."""
    claim = claim_of_project(session, project_id=project_id, claim_id=claim_id)
    check_version(claim, version)
    if claims.children(session, claim_id=claim_id):
        raise NotAllowed("This claim was merged or split; undo that, or work on what it became.")
    _refuse_training(session, claim)
    _apply(session, claim, user_id, "claim.restored", state="accepted", reason="")
    return claim


def describe(
    session: Session,
    *,
    project_id: int,
    claim_id: int,
    user_id: int,
    version: int,
    speaker: str,
    claimed_on: date | None,
    place: str,
    claim_types: Iterable[str],
) -> Claim:
    """Say who made the claim (empty: the article itself), when and where, and of which types.

    Raises `UnknownName` for a type that is not AVeriTeC's.
    """
    fields = {
        "speaker": _words(speaker, "speaker") or None,
        "claimed_on": claimed_on,
        "place": _words(place, "place"),
        "claim_types": check_claim_types(claim_types),
    }
    return _change(session, project_id, claim_id, user_id, "claim.described", version, **fields)


def rewrite(
    session: Session, *, project_id: int, claim_id: int, user_id: int, text: str, version: int
) -> Claim:
    """Change the stand-alone text; the quote stays what the article says."""
    return _change(
        session, project_id, claim_id, user_id, "claim.rewritten", version, text=_stand_alone(text)
    )


def move(
    session: Session,
    *,
    project_id: int,
    claim_id: int,
    user_id: int,
    start: int,
    end: int,
    version: int,
) -> Claim:
    """Give the claim another span of the article; a text nobody rewrote follows the quote."""
    claim = _open_claim(session, project_id, claim_id, version)
    start, end, quote = _span(session, claim.article_id, start, end)
    fields: dict[str, Any] = {"start": start, "end": end, "quote": quote}
    if claim.text == claim.quote:
        fields["text"] = _stand_alone(quote)
    _apply(session, claim, user_id, "claim.moved", **fields)
    return claim


def create(
    session: Session,
    *,
    project_id: int,
    article_id: int,
    user_id: int,
    start: int,
    end: int,
    op_id: str,
    text: str | None = None,
) -> Claim:
    """Make an accepted claim from exactly these code points of the article.

    White space at both ends is left out of the span. The same `op_id` again makes no second claim.
    """
    if (earlier := earlier_result(session, op_id, "claim.created")) is not None:
        return session.get_one(Claim, earlier["claim_id"])
    article = session.get(Article, article_id)
    if article is None or article.project_id != project_id:
        raise NotFound("article", article_id)
    start, end, quote = _span(session, article_id, start, end)
    claim = Claim(
        project_id=project_id,
        article_id=article_id,
        quote=quote,
        start=start,
        end=end,
        text=_stand_alone(text or quote),
        state="accepted",
        origin="reviewer",
        created_by_id=user_id,
    )
    _add(session, claim, user_id, "claim.created")
    result = {"claim_id": claim.id}
    carried_out(session, op_id=op_id, kind="claim.created", user_id=user_id, result=result)
    return claim


@one_action("claim.merge")
def merge(
    session: Session,
    *,
    project_id: int,
    claim_ids: Sequence[int],
    versions: Sequence[int],
    user_id: int,
) -> Claim:
    """Make one claim of several of an article; its span reaches from the first to the last."""
    if len(claim_ids) < 2 or len(set(claim_ids)) < len(claim_ids):
        raise InputError("Choose at least two claims to merge, each once.")
    parts = [
        _open_claim(session, project_id, claim_id, version)
        for claim_id, version in zip(claim_ids, versions, strict=True)
    ]
    parts.sort(key=lambda claim: (claim.start, claim.end))
    if len({part.article_id for part in parts}) > 1:
        raise InputError("Claims of different articles cannot be merged.")
    start, end = parts[0].start, max(part.end for part in parts)
    _, _, quote = _span(session, parts[0].article_id, start, end)
    text = _joined(parts)
    merged = _child(parts[0], start, end, quote, text, user_id)
    _add(session, merged, user_id, "claim.created")
    _retire(session, parts, [merged], "merge", user_id)
    return merged


@one_action("claim.split")
def split(
    session: Session,
    *,
    project_id: int,
    claim_id: int,
    user_id: int,
    at: int,
    version: int,
) -> tuple[Claim, Claim]:
    """Make two claims of one; the second begins at the code point `at` of the article."""
    claim = _open_claim(session, project_id, claim_id, version)
    if not claim.start < at < claim.end:
        raise InputError(
            "Select the words inside the claim that its second half begins with, then split."
        )
    first, second = (
        _child(claim, *span, _stand_alone(span[2]), user_id)
        for span in (
            _span(session, claim.article_id, claim.start, at),
            _span(session, claim.article_id, at, claim.end),
        )
    )
    _add(session, first, user_id, "claim.created")
    _add(session, second, user_id, "claim.created")
    _retire(session, [claim], [first, second], "split", user_id)
    return first, second


def _change(
    session: Session,
    project_id: int,
    claim_id: int,
    user_id: int,
    kind: str,
    version: int,
    **fields: Any,
) -> Claim:
    """Set `fields` on the claim; asked for twice, it changes nothing the second time."""
    claim = claim_of_project(session, project_id=project_id, claim_id=claim_id)
    if any(getattr(claim, name) != value for name, value in fields.items()):
        claim = _open_claim(session, project_id, claim_id, version)
        _apply(session, claim, user_id, kind, **fields)
    return claim


def _open_claim(session: Session, project_id: int, claim_id: int, version: int) -> Claim:
    claim = claim_of_project(session, project_id=project_id, claim_id=claim_id)
    check_version(claim, version)
    if claim.state == "retired":
        raise NotAllowed("This claim is retired and kept for the record alone.")
    return claim


def _refuse_training(session: Session, claim: Claim) -> None:
    marked = gold.of_claim(session, claim_id=claim.id or 0)
    if marked is not None and marked.used_for == "training" and marked.retired_at is None:
        raise NotAllowed(
            "This claim is used for training; a lead can take it out of that under Claims."
        )
    if gold.n_trained(session, claim_id=claim.id or 0):
        raise NotAllowed(
            "This claim was used for training, where its verdict was told: it can no longer be "
            "judged in the work."
        )


def _apply(session: Session, claim: Claim, user_id: int, kind: str, **fields: Any) -> None:
    before, after = change(claim, **fields, proposed=_proposed(claim, fields))
    if not after:
        return
    claim.updated_at = utc_now()
    record_claim(session, claim, user_id, kind, before, after)


def _proposed(claim: Claim, fields: dict[str, Any]) -> dict[str, Any]:
    """What the splitter found for each field that differs from it once `fields` are set."""
    if claim.origin != "splitter":
        return claim.proposed
    found = {name: claim.proposed.get(name, getattr(claim, name)) for name in PROPOSED}
    after = {name: fields.get(name, getattr(claim, name)) for name in PROPOSED}
    return plain({name: value for name, value in found.items() if value != after[name]})


def _add(session: Session, claim: Claim, user_id: int, kind: str) -> None:
    claim.phase = plan_of(session, claim.project_id).first
    session.add(claim)
    told = ("article_id", "start", "end", "quote", "text", "state")
    record_claim(session, claim, user_id, kind, {}, {name: getattr(claim, name) for name in told})


def _retire(
    session: Session, parents: list[Claim], children: list[Claim], how: str, user_id: int
) -> None:
    for parent in parents:
        _apply(session, parent, user_id, f"claim.{how}", state="retired")
        for child in children:
            session.add(ClaimLineage(child_id=child.id or 0, parent_id=parent.id or 0, how=how))
    session.flush()


def _child(parent: Claim, start: int, end: int, quote: str, text: str, user_id: int) -> Claim:
    """A claim that inherits who said it and where; what depends on the words is left empty."""
    inherited = (
        "project_id", "article_id", "block", "speaker", "speaker_text", "speaker_start",
        "speaker_end", "cue_text", "cue_start", "cue_end", "content_start", "content_end",
        "through", "kind", "claim_types", "claimed_on", "place", "checkworthiness", "reasons",
    )  # fmt: skip
    return Claim(
        **{name: getattr(parent, name) for name in inherited},
        times=_inside(parent.times, start, end),
        entities=_inside(parent.entities, start, end),
        start=start,
        end=end,
        quote=quote,
        text=text,
        state="accepted",
        origin="reviewer",
        created_by_id=user_id,
    )


def _inside(mentions: list[dict[str, Any]], start: int, end: int) -> list[dict[str, Any]]:
    return [each for each in mentions if each["start"] >= start and each["end"] <= end]


def _span(session: Session, article_id: int, start: int, end: int) -> tuple[int, int, str]:
    """The span without white space at its ends, and its text."""
    text = session.get_one(Article, article_id).text
    if not 0 <= start < end <= len(text):
        raise InputError(
            f"The span {start} to {end} does not lie in the article, "
            f"which has {len(text):,} characters."
        )
    quote = text[start:end]
    start += len(quote) - len(quote.lstrip())
    quote = quote.strip()
    if not quote:
        raise InputError("The selection holds no words.")
    return start, start + len(quote), quote


def _stand_alone(text: str) -> str:
    text = text.strip()
    if not text:
        raise InputError("A claim needs a text that stands alone; it cannot be empty.")
    if len(text) > MAX_CLAIM_CHARACTERS:
        raise InputError(
            f"A claim has at most {MAX_CLAIM_CHARACTERS:,} characters, this text {len(text):,}."
        )
    return text


def _words(text: str, what: str) -> str:
    text = " ".join(text.split())
    if len(text) > MAX_WORDS_CHARACTERS:
        raise InputError(f"The {what} has at most {MAX_WORDS_CHARACTERS:,} characters.")
    return text


def _joined(parts: list[Claim]) -> str:
    """The texts one after the other, each ending like a sentence."""
    texts = dict.fromkeys(part.text for part in parts)
    return _stand_alone(" ".join(text if text[-1] in ".!?" else f"{text}." for text in texts))
