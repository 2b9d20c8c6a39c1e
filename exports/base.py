"""What an export is made of, the registry of formats, and the one way a file is written.

A format is a function under `@exporter` in a module of this folder:

    @exporter("jsonl", title="JSON Lines", suffix=".jsonl", group="whole", description="…")
    def write_jsonl(records, out, options): ...

It takes the records one by one, writes bytes, and returns the claims that it had to leave out or
could not write with all that they hold.
"""

import errno
import os
import secrets
import shutil
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime
from importlib import import_module
from pathlib import Path
from pkgutil import iter_modules
from typing import Any, BinaryIO, Literal

import exports


class ExportError(Exception):
    """The file cannot be written, for a reason that the user can mend; one sentence says it."""


@dataclass(frozen=True, slots=True)
class Span:
    """Code points of the article's text: `start` inclusive, `end` exclusive."""

    start: int
    end: int


@dataclass(frozen=True, slots=True)
class TextSpan:
    """Words of the article, and where they stand."""

    text: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class ArticleRecord:
    """The article that a claim stands in, its text verbatim."""

    id: int
    external_id: str | None
    title: str
    outlet: str
    author: str
    url: str
    published_on: date | None
    language: str
    text: str
    text_sha256: str
    splitter: str | None


@dataclass(frozen=True, slots=True)
class Attribution:
    """Who the article says made the claim, in which words; `through` is outermost first."""

    name: str | None
    speaker: TextSpan | None
    cue: TextSpan | None
    content: Span | None
    through: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Parent:
    """A claim that this one was made from, by a merge or a split."""

    claim_id: int
    how: str


@dataclass(frozen=True, slots=True)
class ClaimRecord:
    """The claim: `article.text[start:end] == quote`, and `text` stands alone.

    `times` and `entities` are what the splitter found, as plain JSON values. `claim_types` are
    AVeriTeC's, chosen by people, as are `claimed_on` and `place`; `proposed` holds what the
    splitter had for a field that they changed. `state_reason` says why it was rejected.
    """

    id: int
    text: str
    quote: str
    start: int
    end: int
    proposed_text: str | None
    block: str
    sentence: Span | None
    attribution: Attribution | None
    times: tuple[Mapping[str, Any], ...]
    entities: tuple[Mapping[str, Any], ...]
    type: str
    ambiguous: bool
    checkworthiness: float
    reasons: tuple[str, ...]
    claim_types: tuple[str, ...]
    claimed_on: date | None
    place: str
    proposed: Mapping[str, Any]
    state: str
    state_reason: str
    origin: str
    created_by: str | None
    created_at: datetime
    updated_at: datetime
    version: int
    came_from: tuple[Parent, ...] = ()


@dataclass(frozen=True, slots=True)
class CopyRecord:
    """A stored copy of a document, named by the SHA-256 of its text in UTF-8."""

    text_sha256: str
    taken_at: datetime
    how: str


@dataclass(frozen=True, slots=True)
class EvidenceRecord:
    """One source that a reviewer used, what it does to the claim, and the question it answers.

    Evidence of the same `set_number` belongs together, and each set is complete by itself; entries
    with the same `question` are its answers. An unanswerable question has no source: its `url` is
    empty and `accessed_at` null. `url` is as it was typed first, `canonical_url` what is compared.
    """

    url: str
    canonical_url: str
    title: str
    publisher: str
    author: str
    published_on: date | None
    accessed_at: datetime | None
    medium: str
    quote: str
    stance: str
    set_number: int
    question: str
    answer: str
    answer_type: str
    explanation: str
    copies: tuple[CopyRecord, ...] = ()


@dataclass(frozen=True, slots=True)
class ReviewRecord:
    """One reviewer's verdict: `label` is its key, `title` its name on the screen.

    `active_seconds` are those that the reviewer was at work on it, not those of an open tab;
    `guideline_version` is the one that the verdict was given under. `phase` is the part of the
    project's workflow that it was given in, empty where that has no phases.
    """

    reviewer: str
    label: str
    title: str
    justification: str
    confidence: float | None
    active_seconds: float
    guideline_version: int | None
    status: str
    created_at: datetime
    updated_at: datetime
    submitted_at: datetime | None
    evidence: tuple[EvidenceRecord, ...] = ()
    phase: str = ""


@dataclass(frozen=True, slots=True)
class DissentRecord:
    """A review with another verdict than the final one, as it stood when that was made."""

    reviewer: str
    label: str
    title: str
    justification: str
    confidence: float | None
    submitted_at: datetime | None


@dataclass(frozen=True, slots=True)
class ResolutionRecord:
    """The claim's final verdict and how it came about; nobody decided a unanimous one.

    `cause` is why the reviewers differed, as a lead sees it: guideline gap, missing evidence,
    ambiguous claim, slip, or empty.
    """

    label: str
    title: str
    how: str
    reason: str
    decided_by: str | None
    decided_at: datetime
    cause: str = ""
    dissent: tuple[DissentRecord, ...] = ()


@dataclass(frozen=True, slots=True)
class CommentRecord:
    """What somebody said about the claim; `thread` is the id of the comment that it answers."""

    id: int
    thread: int | None
    author: str
    text: str
    created_at: datetime
    updated_at: datetime
    resolved_at: datetime | None
    resolved_by: str | None


@dataclass(frozen=True, slots=True)
class FlagRecord:
    """That somebody raised the claim to the lead, and who lowered it again."""

    raised_by: str
    reason: str
    raised_at: datetime
    lowered_at: datetime | None
    lowered_by: str | None


@dataclass(frozen=True, slots=True)
class Record:
    """One claim with everything known about it; `scheme` is the key of the label scheme."""

    project: str
    scheme: str
    guideline: str
    article: ArticleRecord
    claim: ClaimRecord
    resolution: ResolutionRecord | None = None
    reviews: tuple[ReviewRecord, ...] = ()
    comments: tuple[CommentRecord, ...] = ()
    flags: tuple[FlagRecord, ...] = ()


@dataclass(frozen=True, slots=True)
class LeftOut:
    """A claim that the format cannot hold, and why."""

    claim_id: int
    reason: str


@dataclass(frozen=True, slots=True)
class Flattened:
    """A claim that was written, and what of it the format could not hold."""

    claim_id: int
    reason: str


Loss = LeftOut | Flattened


Kind = tuple[Literal["left out", "flattened"], str]


def kind(loss: Loss) -> Kind:
    """What befell the claim, and the reason: the same for all that it befell."""
    return ("left out" if isinstance(loss, LeftOut) else "flattened"), loss.reason


def flattened(record: Record, reason: str) -> Flattened:
    """That the record was written without what `reason` says."""
    return Flattened(record.claim.id, reason)


@dataclass(frozen=True, slots=True)
class Report:
    """How many claims were selected and written; every one that was left out is named.

    `flattened` names those that were written, but not with all that they hold.
    """

    selected: int
    written: int
    left_out: tuple[LeftOut, ...] = ()
    flattened: tuple[Flattened, ...] = ()


Labels = Literal["resolved", "all"]


@dataclass(frozen=True, slots=True)
class Options:
    """What the user may choose; a format reads what concerns it.

    `labels` is for formats that hold one label a claim: its resolution, or a line a review.
    `raw` writes cells as they are, without the guard against spreadsheet formulas.
    """

    labels: Labels = "resolved"
    raw: bool = False


Write = Callable[[Iterable[Record], BinaryIO, Options], Sequence[Loss]]


Group = Literal["whole", "dataset", "tool"]
GROUPS: Mapping[Group, str] = {
    "whole": "Everything",
    "dataset": "Fact-checking datasets",
    "tool": "Annotation and training tools",
}
"""What formats are for, in the order in which people look for them."""


@dataclass(frozen=True, slots=True)
class Exporter:
    """One format: its name on the command line, its title on the screen, its file's suffix.

    `group` is what it is for: the whole record, a dataset that others publish too, or a tool. A
    `heavy` one loads libraries that a server had better load in a process of their own.
    """

    name: str
    title: str
    suffix: str
    group: Group
    description: str
    write: Write
    heavy: bool = False


_registry: dict[str, Exporter] = {}


def exporter(
    name: str, *, title: str, suffix: str, group: Group, description: str, heavy: bool = False
) -> Callable[[Write], Write]:
    """Register the decorated function as the format `name`.

    Raises:
        ValueError: the name is taken; says by which function.
    """

    def register(write: Write) -> Write:
        taken = _registry.get(name)
        if taken is not None and _where(taken.write) != _where(write):
            raise ValueError(
                f"export format {name!r} is taken twice: "
                f"by {_where(taken.write)} and {_where(write)}"
            )
        _registry[name] = Exporter(name, title, suffix, group, description, write, heavy)
        return write

    return register


def _where(write: Write) -> str:
    return f"{write.__module__}.{write.__qualname__}"


def exporters() -> dict[str, Exporter]:
    """Every format in this folder by its name, in the order of the alphabet.

    >>> list(exporters())[:3]
    ['averitec', 'checkthat', 'claimreview']
    """
    for module in iter_modules(exports.__path__):
        import_module(f"exports.{module.name}")
    return dict(sorted(_registry.items()))


def write(
    name: str,
    records: Iterable[Record],
    path: Path,
    *,
    labels: Labels = "resolved",
    raw: bool = False,
) -> Report:
    """Write `records` to `path` in the format `name`: the whole file, or the old one stays.

    Raises:
        ExportError: `path` cannot be written.
        KeyError: no such format.
    """
    format = exporters()[name]
    selected = _Counted(records)
    with _replacing(path) as out:
        losses = format.write(selected, out, Options(labels=labels, raw=raw))
    left_out = tuple(loss for loss in losses if isinstance(loss, LeftOut))
    less = tuple(dict.fromkeys(loss for loss in losses if isinstance(loss, Flattened)))
    return Report(selected.n, selected.n - len(left_out), left_out, less)


class _Counted:
    """The records, once, counting how many went by."""

    def __init__(self, records: Iterable[Record]) -> None:
        self.n = 0
        self._records = records

    def __iter__(self) -> Iterator[Record]:
        for record in self._records:
            self.n += 1
            yield record


@contextmanager
def _replacing(path: Path) -> Iterator[BinaryIO]:
    """A file that takes the place of `path` if the block ends well, and vanishes if not."""
    path = path.resolve()
    draft = path.with_name(f".{secrets.token_hex(8)}.part")
    try:
        _refuse_odd_targets(path)
        with open(draft, "xb") as out:
            yield out
            out.flush()
            os.fsync(out.fileno())
        if path.exists():
            shutil.copymode(path, draft)
        os.replace(draft, path)
        _sync_folder(path.parent)
    except OSError as error:
        raise ExportError(_sentence(error, path)) from error
    finally:
        draft.unlink(missing_ok=True)


def _refuse_odd_targets(path: Path) -> None:
    if path.is_dir():
        raise ExportError(f"{path} is a folder; name a file to write.")
    if path.exists() and not path.is_file():
        raise ExportError(f"{path} is not an ordinary file; name a file to write.")
    if not path.parent.is_dir():
        raise ExportError(f"The folder {path.parent} does not exist; make it, or name another.")


def _sync_folder(folder: Path) -> None:
    if os.name != "posix":
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _sentence(error: OSError, path: Path) -> str:
    if isinstance(error, PermissionError):
        return f"No permission to write {path}; name a folder that is yours."
    if error.errno in (errno.ENOSPC, errno.EDQUOT):
        return f"The disk is full: {path} was not written; free some space and export again."
    return f"{path} could not be written ({error.strerror}); name another file."
