"""What an export would hold, before anybody takes it away."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from io import BytesIO
from typing import Any

from sqlmodel import Session

import exports.base as out
from workbench.workflow.publishing import export_records


@dataclass(frozen=True, slots=True)
class Preview:
    """How many claims an export takes, how many of them were judged, and what a format leaves out.

    `left_out` is, for each format that cannot hold every claim, each reason and how often it holds.
    """

    n_claims: int
    n_with_verdict: int
    n_resolved: int
    left_out: Mapping[str, Mapping[str, int]]


class _Nowhere(BytesIO):
    """Takes bytes and keeps none of them; knows how many there were."""

    _n = 0

    def tell(self) -> int:
        return self._n

    def write(self, data: Any) -> int:
        self._n += len(data)
        return len(data)


def preview(session: Session, *, project_id: int, labels: out.Labels = "resolved") -> Preview:
    """Go through the project's claims as an export does, writing nothing. Raises `NotFound`."""
    records = list(export_records(session, project_id=project_id))
    left_out = {
        name: Counter(
            left.reason for left in format.write(records, _Nowhere(), out.Options(labels))
        )
        for name, format in out.exporters().items()
    }
    return Preview(
        n_claims=len(records),
        n_with_verdict=sum(bool(record.reviews) for record in records),
        n_resolved=sum(record.resolution is not None for record in records),
        left_out={name: dict(reasons) for name, reasons in left_out.items() if reasons},
    )
