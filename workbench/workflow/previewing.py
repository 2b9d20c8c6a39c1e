"""What an export would hold, before anybody takes it away."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from io import BytesIO
from typing import Any

from sqlmodel import Session

import exports.base as out
from db.queries.selection import n_selected
from workbench.workflow.permitting import require
from workbench.workflow.publishing import EXPORTED, export_records

TRIED = 1_000


@dataclass(frozen=True, slots=True)
class Preview:
    """How many claims an export takes, how many of them were judged, and what a format leaves out.

    `losses` is, for each format that cannot hold everything, each kind of loss and how many claims
    it concerns; None if there are more than `TRIED` claims, which would take too long to try.
    """

    n_claims: int
    n_with_verdict: int
    n_resolved: int
    losses: Mapping[str, Mapping[out.Kind, int]] | None


class _Nowhere(BytesIO):
    """Takes bytes and keeps none of them; knows how many there were."""

    _n = 0

    def tell(self) -> int:
        return self._n

    def write(self, data: Any) -> int:
        self._n += len(data)
        return len(data)


def preview(
    session: Session, *, project_id: int, user_id: int, labels: out.Labels = "resolved"
) -> Preview:
    """Count as an export does, writing nothing. Raises `NotFound`, `NotPermitted`."""
    require(session, project_id=project_id, user_id=user_id, activity="export")
    counted = n_selected(session, project_id=project_id, states=EXPORTED)
    tried = counted[0] <= TRIED
    losses = _losses(session, project_id, out.Options(labels)) if tried else None
    return Preview(*counted, losses)


def _losses(
    session: Session, project_id: int, options: out.Options
) -> Mapping[str, Mapping[out.Kind, int]]:
    records = list(export_records(session, project_id=project_id))
    found = {
        name: Counter(out.kind(loss) for loss in format.write(records, _Nowhere(), options))
        for name, format in out.exporters().items()
        if not format.heavy
    }
    return {name: kinds for name, kinds in found.items() if kinds}
