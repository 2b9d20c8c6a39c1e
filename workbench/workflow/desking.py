"""One thing asked for at the desk, and what comes of it."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from sqlmodel import Session

from db.models import Claim
from workbench.errors import InputError
from workbench.workflow.recording import carried_out, earlier_result, number


@dataclass(frozen=True, slots=True)
class Outcome:
    """The claim to show next (None: the queue is empty) and a few words on what was done."""

    claim_id: int | None
    said: str


@dataclass(frozen=True, slots=True)
class Action:
    """One thing asked for at the desk, made on `claim` as it was at `claim_version`."""

    session: Session
    project_id: int
    user_id: int
    claim: Claim
    sent: Mapping[str, Any]

    def number(self, name: str) -> int:
        """The whole number sent as `name`; raises `InputError` if it is none."""
        return number(self.sent, name)

    def text(self, name: str) -> str | None:
        """The text sent as `name`, None where there was none; raises `InputError` if it is none."""
        value = self.sent.get(name)
        if value is not None and not isinstance(value, str):
            raise InputError(f"The page sent no text as {name!r}; reload it.")
        return value

    def once(self, kind: str, do: Callable[[], int | None]) -> int:
        """Carry `do` out if its `op_id` is new; returns the claim it gives, else the action's."""
        op_id = str(self.sent["op_id"])
        earlier = earlier_result(self.session, op_id, kind)
        if earlier is not None:
            return int(earlier["claim_id"])
        claim_id = do() or self.claim.id or 0
        result = {"claim_id": claim_id}
        carried_out(self.session, op_id=op_id, kind=kind, user_id=self.user_id, result=result)
        return claim_id
