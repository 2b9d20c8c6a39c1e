"""The project's guideline, in versions: each review is stamped with the one it was made under."""

from difflib import ndiff

from sqlmodel import Session

from db.models import Guideline, GuidelineSeen
from db.queries import guidelines
from workbench.errors import Conflict, InputError, NotFound
from workbench.workflow.recording import record

MAX_CHARACTERS = 50_000


def publish_guideline(
    session: Session,
    *,
    project_id: int,
    text: str,
    user_id: int | None,
    after: int | None = None,
) -> Guideline | None:
    """Make `text` the guideline that holds; returns it, or None where it is empty and was.

    The same text again is no new version. `after` is the number of the version that the text was
    written on, None for a caller that holds no earlier copy.

    Raises:
        Conflict: somebody published another version after the one numbered `after`.
        InputError: the text is too long.
    """
    text = text.strip()
    if len(text) > MAX_CHARACTERS:
        raise InputError(f"The guideline has at most {MAX_CHARACTERS:,} characters.")
    newest = guidelines.newest(session, project_id=project_id)
    number = newest.number if newest else 0
    if after is not None and after != number:
        raise Conflict("guideline", project_id, expected=after, found=number)
    before = newest.text if newest else ""
    if text == before:
        return newest
    guideline = Guideline(
        project_id=project_id, number=number + 1, text=text, created_by_id=user_id
    )
    record(
        session,
        project_id=project_id,
        user_id=user_id,
        kind="guideline.published",
        row=guideline,
        before={"number": number, "text": before},
        after={"number": guideline.number, "text": text},
    )
    return guideline


def mark_seen(session: Session, *, project_id: int, number: int, user_id: int) -> None:
    """Note that the person has had this version open; the first time counts."""
    guideline = guidelines.numbered(session, project_id=project_id, number=number)
    if guideline is None:
        raise NotFound("guideline", number)
    note_known(session, guideline=guideline, user_id=user_id)


def note_known(session: Session, *, guideline: Guideline, user_id: int) -> None:
    """Note that the person knows this version: they read it, or gave a verdict under it."""
    if session.get(GuidelineSeen, (user_id, guideline.id)) is None:
        session.add(GuidelineSeen(user_id=user_id, guideline_id=guideline.id or 0))


def unseen_changes(
    session: Session, *, newest: Guideline, user_id: int
) -> tuple[int, list[tuple[str, str]]] | None:
    """The version that the person knows and what changed since, as `difference` gives it.

    A version is known once it was open beside the work or a verdict was given under it. None for
    who knows the newest, and for who knows none: to them nothing has changed.
    """
    known = guidelines.last_known(session, project_id=newest.project_id, user_id=user_id)
    if known is None or known.number >= newest.number:
        return None
    return known.number, difference(known.text, newest.text)


def difference(before: str, after: str) -> list[tuple[str, str]]:
    r"""Every line of both texts once: `("+", added)`, `("-", removed)`, `(" ", kept)`.

    >>> difference("Be fair.\nBe quick.", "Be fair.\nBe careful.")
    [(' ', 'Be fair.'), ('-', 'Be quick.'), ('+', 'Be careful.')]
    """
    lines = ndiff(before.splitlines(), after.splitlines())
    return [(line[0], line[2:]) for line in lines if line[0] != "?"]
