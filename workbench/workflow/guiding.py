"""The project's guideline, in versions: each review is stamped with the one it was made under."""

from sqlmodel import Session

from db.models import Guideline
from db.queries import guidelines
from workbench.errors import Conflict, InputError
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
