"""AVeriTeC's JSON list (Schlichtkrull, Guo and Vlachos 2023): claims with questions and answers.

Evidence that answers no question stands under an empty one, with its quote as the answer. A Boolean
answer always has its explanation: AVeriTeC's evaluation asks for it, though its README does not.
"""

import json
import re
from collections.abc import Iterable, Sequence
from typing import Any, BinaryIO

from exports.base import EvidenceRecord, LeftOut, Loss, Options, Record, exporter, flattened
from exports.verdicts import Verdict, in_words_of

NO_ANSWER = "No answer could be found."
QUESTIONS_READ = 10
_COUNTRY = re.compile("[A-Z]{2}")
MEDIA = {
    "web text": "Web text",
    "web table": "Web table",
    "PDF": "PDF",
    "image": "Image/graphic",
    "video": "Video",
    "audio": "Audio",
    "metadata": "Metadata",
    "other": "Other",
}


@exporter(
    "averitec",
    title="AVeriTeC",
    suffix=".json",
    group="dataset",
    description="Claims with questions, answers and their sources, as AVeriTeC's evaluation reads",
)
def write_averitec(records: Iterable[Record], out: BinaryIO, options: Options) -> Sequence[Loss]:
    """One object a verdict; verdicts that AVeriTeC has no word for are left out."""
    left_out: list[LeftOut] = []
    changed: list[Loss] = []
    before = b"["
    for verdict, label in in_words_of("averitec", records, options, left_out):
        claim = _claim(verdict, label)
        out.write(before + b"\n" + json.dumps(claim, ensure_ascii=False, indent=1).encode())
        before = b","
        changed += [flattened(verdict.record, reason) for reason in _losses(verdict, claim)]
    out.write(b"[]\n" if before == b"[" else b"\n]\n")
    return [*left_out, *changed]


def _losses(verdict: Verdict, claim: dict[str, Any]) -> list[str]:
    reasons = []
    if any(not one.question for one in verdict.evidence):
        reasons.append("evidence that answers no question stands under an empty one")
    if len(claim["questions"]) > QUESTIONS_READ:
        reasons.append(f"AVeriTeC's evaluation reads the first {QUESTIONS_READ} questions alone")
    if len({one.set_number for one in verdict.evidence}) > 1:
        reasons.append("its sets of evidence became one")
    return reasons


def _claim(verdict: Verdict, label: str) -> dict[str, Any]:
    article, claim = verdict.record.article, verdict.record.claim
    said_on = claim.claimed_on or article.published_on
    return {
        "claim": claim.text,
        "required_reannotation": False,
        "label": label,
        "justification": verdict.justification,
        "claim_date": f"{said_on:%d-%m}-{said_on.year:04}" if said_on else None,
        "speaker": claim.attribution.name if claim.attribution else None,
        "original_claim_url": article.url or None,
        "fact_checking_article": "",
        "reporting_source": article.outlet or None,
        "location_ISO_code": claim.place if _COUNTRY.fullmatch(claim.place) else None,
        "claim_types": list(claim.claim_types),
        "fact_checking_strategies": ["Written Evidence"] if verdict.evidence else [],
        "questions": _questions(verdict.evidence),
    }


def _questions(evidence: Iterable[EvidenceRecord]) -> list[dict[str, Any]]:
    """The answers under their questions, in the order in which the questions were asked."""
    answers: dict[str, list[dict[str, Any]]] = {}
    for one in evidence:
        answers.setdefault(one.question, []).append(_answer(one))
    return [{"question": question, "answers": found} for question, found in answers.items()]


def _answer(one: EvidenceRecord) -> dict[str, Any]:
    if one.answer_type == "unanswerable":
        nothing = {"source_url": "", "source_medium": ""}
        return {"answer": one.answer or NO_ANSWER, "answer_type": "Unanswerable", **nothing}
    answer = {
        "answer": one.answer or one.quote,
        "answer_type": (one.answer_type or "extractive").capitalize(),
        "source_url": one.url,
        "source_medium": MEDIA[one.medium],
    }
    if one.answer_type == "boolean":
        answer["boolean_explanation"] = one.explanation or one.quote
    return answer
