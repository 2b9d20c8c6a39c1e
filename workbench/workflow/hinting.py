"""The hints on a review as it is typed: what is stored is looked up, the rules are pure."""

from collections.abc import Sequence
from typing import Any

from sqlmodel import Session

from db.models import Article, Claim, LabelScheme, Project
from db.queries import sources
from workbench.addresses import canonical, is_web_address
from workbench.reviewing.evidence import EvidenceForm
from workbench.reviewing.forms import ReviewForm
from workbench.reviewing.hints import Case, Cited, Copy, hints
from workbench.reviewing.schemes import SchemeLabel, schemes
from workbench.reviewing.typed import date_of


def hints_on(
    session: Session, claim: Claim, form: ReviewForm, given: Sequence[EvidenceForm] = ()
) -> list[dict[str, str]]:
    """What there is to ask about the review as it stands: key and text of each hint.

    `given` is evidence that others gathered for it.
    """
    entries = [*form.evidence] if form.pending.is_blank else [*form.evidence, form.pending]
    if not form.label and not entries:
        return []
    case = _case(session, claim, form, entries, given)
    return [{"key": hint.key, "text": hint.text} for hint in hints(case)]


def _case(
    session: Session,
    claim: Claim,
    form: ReviewForm,
    entries: list[EvidenceForm],
    given: Sequence[EvidenceForm],
) -> Case:
    article = session.get_one(Article, claim.article_id)
    label = _label(session, claim, form.label)
    return Case(
        verdict=label.title if label else "",
        leaning=label.leaning if label else "",
        claimed_on=claim.claimed_on or article.published_on,
        article_address=canonical(article.url),
        evidence=(
            *_cited(session, given, [f"given source {at + 1}" for at in range(len(given))]),
            *_cited(session, entries, _names(len(form.evidence), len(entries))),
        ),
    )


def _label(session: Session, claim: Claim, key: str) -> SchemeLabel | None:
    project = session.get_one(Project, claim.project_id)
    scheme = schemes().get(session.get_one(LabelScheme, project.scheme_id).key)
    labels: Any = scheme.labels if scheme else ()
    return next((label for label in labels if label.key == key), None)


def _names(n_added: int, n: int) -> list[str]:
    return [f"Source {at + 1}" if at < n_added else "the source being typed" for at in range(n)]


def _cited(
    session: Session, entries: Sequence[EvidenceForm], names: list[str]
) -> tuple[Cited, ...]:
    addresses = [canonical(each.url) if is_web_address(each.url) else "" for each in entries]
    copies: dict[str, list[Copy]] = {}
    for kept in sources.snapshots(session, canonical_urls={*addresses} - {""}):
        copy = Copy(kept.text_sha256, kept.text)
        copies.setdefault(kept.canonical_url, []).append(copy)
    return tuple(
        Cited(
            name=name,
            address=address,
            title=entry.title,
            published_on=date_of(entry.published_on),
            quote=entry.quote,
            stance=entry.stance,
            copies=tuple(copies.get(address, ())),
        )
        for name, entry, address in zip(names, entries, addresses, strict=True)
    )
