"""What is known before a source is typed: earlier ones, stored copies, the workbench's articles."""

from collections.abc import Mapping, Sequence
from hashlib import sha256
from typing import Any

from sqlmodel import Session

from db.models import Article, Claim, Snapshot
from db.queries import sources
from workbench.addresses import canonical, is_web_address
from workbench.errors import InputError
from workbench.reviewing.typed import date_of, plain_text, text_of
from workbench.workflow.recording import record
from workbench.workflow.sourcing import source_fields

MAX_COPY_CHARACTERS = 400_000
MAX_SUGGESTIONS = 8
_FIELDS = ("title", "publisher", "author", "published_on", "medium")


def recall(
    session: Session, *, claim: Claim, user_id: int, sent: Mapping[str, Any]
) -> dict[str, Any]:
    """Answer what the form asks about sources: {ask: "words" | "address" | "keep", …}.

    Raises `InputError` for anything else, and for a copy that cannot be kept.
    """
    project_id = claim.project_id
    match sent.get("ask"):
        case "words":
            return {"sources": suggestions(session, project_id, text_of(sent, "words"))}
        case "address":
            return known(session, project_id, text_of(sent, "url"))
        case "keep":
            copy = keep_copy(session, project_id=project_id, user_id=user_id, sent=sent)
            return {"copy": copy_data(copy)}
    raise InputError("The page asked about a source in a way that is not known; reload it.")


def suggestions(session: Session, project_id: int, words: str) -> list[dict[str, str]]:
    """The project's newest sources that hold words beginning with these."""
    found = sources.by_words(session, project_id=project_id, words=words, limit=MAX_SUGGESTIONS)
    return [source_fields(source) for source in found]


def known(session: Session, project_id: int, url: str) -> dict[str, Any]:
    """What is known of the document at `url`, as fields of the form, and its newest stored copy.

    The project's source comes before a stored copy, and that before an article of the project.
    """
    if not is_web_address(url):
        return {"fields": {}, "copy": None}
    address = canonical(url)
    source = sources.by_address(session, project_id=project_id, canonical_url=address, url=url)
    copies = sources.snapshots(session, canonical_urls=[address])
    article = sources.article_at(session, project_id=project_id, urls={url, address})
    told = [
        source_fields(source) if source else {},
        *(_copy_fields(copy) for copy in reversed(copies)),
        _article_fields(article) if article else {},
    ]
    return {"fields": _first_of_each(told), "copy": copy_data(copies[-1]) if copies else None}


def keep_copy(
    session: Session, *, project_id: int, user_id: int, sent: Mapping[str, Any]
) -> Snapshot:
    """Keep the pasted text of a document: a copy is never changed, the same text is kept once.

    Raises `InputError`: no text, too much of it, or no web address that it belongs to.
    """
    url, text = text_of(sent, "url").strip(), _copied(sent)
    if not is_web_address(url):
        raise InputError("Give the source its web address first; the copy is kept under it.")
    address, digest = canonical(url), sha256(text.encode()).hexdigest()
    kept = sources.snapshot_of_text(session, canonical_url=address, text_sha256=digest)
    if kept is not None:
        return kept
    about: dict[str, Any] = {name: text_of(sent, name) for name in ("title", "publisher", "author")}
    about["published_on"] = date_of(text_of(sent, "published_on"))
    copy = Snapshot(
        canonical_url=address,
        how="pasted",
        text=text,
        text_sha256=digest,
        created_by_id=user_id,
        **about,
    )
    after = {"canonical_url": address, "text_sha256": digest}
    record(
        session,
        project_id=project_id,
        user_id=user_id,
        kind="snapshot.kept",
        row=copy,
        before={},
        after=after,
    )
    return copy


def copy_data(copy: Snapshot) -> dict[str, Any]:
    """A stored copy in a few words: how long it is and since when it is kept."""
    return {"n_characters": len(copy.text), "taken_on": copy.taken_at.date().isoformat()}


def _copied(sent: Mapping[str, Any]) -> str:
    text = sent.get("text")
    if not isinstance(text, str) or not text.strip():
        raise InputError("The stored copy is empty: paste the text of the document.")
    if len(text) > MAX_COPY_CHARACTERS:
        raise InputError(
            f"The stored copy holds {len(text):,} characters; "
            f"at most {MAX_COPY_CHARACTERS:,} are kept. Paste the part that matters."
        )
    return plain_text(text, "stored copy")


def _copy_fields(copy: Snapshot) -> dict[str, str]:
    published_on = copy.published_on.isoformat() if copy.published_on else ""
    about = {name: getattr(copy, name) for name in ("title", "publisher", "author")}
    return about | {"published_on": published_on}


def _article_fields(article: Article) -> dict[str, str]:
    return {
        "title": article.title,
        "publisher": article.outlet,
        "author": article.author,
        "published_on": article.published_on.isoformat() if article.published_on else "",
    }


def _first_of_each(told: Sequence[Mapping[str, str]]) -> dict[str, str]:
    found = {name: next(filter(None, (each.get(name) for each in told)), "") for name in _FIELDS}
    return {name: value for name, value in found.items() if value}
