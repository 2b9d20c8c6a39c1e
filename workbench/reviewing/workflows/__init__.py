"""Workflows as data, one module each: found by folder, so a new one is one new file.

A workflow is the order of the phases that a claim goes through, each done by somebody else. A
module defines `WORKFLOW`; what a project chooses of it is `Options`. Which phase a claim is in
follows from what was done on it (`standing`), so that it can always be told anew.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

from workbench.errors import InputError, UnknownName
from workbench.reviewing.folders import collected

DEFAULT_WORKFLOW = "reviews"
MAX_SECOND_VERDICTS = 9
AFTER = ("lead", "discard")
LEAD = "lead"
DONE = "done"
DISCARD_REASON = "verdicts differ after dispute"


@dataclass(frozen=True, slots=True)
class Phase:
    """A part of the work that one person does on a claim.

    `about` says what there is to do to the one who does it, `told` what is done to everybody else.
    `work` is what there is to do: `claim` (make it stand alone), `review` (gather evidence, then
    judge) or `verdict` (judge from the evidence that others gathered). `sees_verdicts` says that
    the verdicts of the phases before are shown. `option` names the setting that turns it on, if it
    can be left out.
    """

    key: str
    title: str
    about: str
    work: str
    told: str
    option: str = ""
    sees_verdicts: bool = False


@dataclass(frozen=True, slots=True)
class Workflow:
    """The phases that a claim goes through, in order; without any, reviews go by the overlap."""

    key: str
    title: str
    about: str
    phases: tuple[Phase, ...] = ()

    def phase(self, key: str) -> Phase | None:
        """The phase of this key; None for what is no work, such as waiting for a lead."""
        return next((phase for phase in self.phases if phase.key == key), None)


@dataclass(frozen=True, slots=True)
class Options:
    """What a project chooses: the phases that can be left out, and what becomes of what differs.

    `n_second` is how many people judge the first reviewer's evidence. `after` is where a claim goes
    whose verdicts still differ: `lead`, or `discard`.
    """

    normalise: bool = True
    dispute: bool = True
    control: bool = True
    n_second: int = 1
    after: str = LEAD

    def as_json(self) -> dict[str, Any]:
        """The options as the project holds them."""
        return {name: getattr(self, name) for name in self.__slots__}


@dataclass(frozen=True, slots=True)
class Work:
    """That `user_id` did this phase of a claim; `label` is the verdict, None in normalising."""

    phase: str
    user_id: int
    label: int | None = None


@dataclass(frozen=True, slots=True)
class Standing:
    """The phase that a claim is in; with `done`, the label it came to and how."""

    phase: str
    label: int | None = None
    how: str = ""


@cache
def workflows() -> dict[str, Workflow]:
    """Every workflow by its key, the default one first.

    >>> list(workflows())
    ['reviews', 'averitec']
    >>> [phase.key for phase in workflows()["averitec"].phases]
    ['normalise', 'evidence', 'verdict', 'dispute', 'control']
    """
    return collected(Workflow, __name__, __path__, what="workflow", default=DEFAULT_WORKFLOW)


def chosen(key: str) -> Workflow:
    """The workflow of this key; raises `UnknownName`.

    >>> chosen("scifact")
    Traceback (most recent call last):
    workbench.errors.UnknownName: 'scifact' is not a workflow; choose one of reviews, averitec.
    """
    if key not in workflows():
        raise UnknownName("workflow", key, workflows())
    return workflows()[key]


def parse_options(raw: Mapping[str, Any]) -> Options:
    """The options from what was stored or sent; what is left out is as AVeriTeC has it.

    Raises `InputError`, which says what was found and what is allowed.

    >>> parse_options({"dispute": False}).dispute, parse_options({}).n_second
    (False, 1)
    >>> parse_options({"n_second": 12})
    Traceback (most recent call last):
    workbench.errors.InputError: There are 1 to 9 second verdicts on a claim, not 12.
    """
    if unknown := sorted(set(raw) - set(Options.__slots__)):
        raise InputError(
            f"A workflow has no setting {unknown[0][:40]!r}; it has {', '.join(Options.__slots__)}."
        )
    options = Options(**raw)
    for name in ("normalise", "dispute", "control"):
        if not isinstance(value := getattr(options, name), bool):
            raise InputError(f"The phase {name!r} is on or off, not {value!r}.")
    n = options.n_second
    if isinstance(n, bool) or not isinstance(n, int) or not 1 <= n <= MAX_SECOND_VERDICTS:
        raise InputError(
            f"There are 1 to {MAX_SECOND_VERDICTS} second verdicts on a claim, not {n!r}."
        )
    if options.after not in AFTER:
        raise InputError(
            f"A claim whose verdicts differ goes to {' or '.join(AFTER)}, not {options.after!r}."
        )
    return options


def phases_on(workflow: Workflow, options: Options) -> tuple[Phase, ...]:
    """The phases of the workflow that are on, in order.

    >>> from workbench.reviewing.workflows.averitec import WORKFLOW
    >>> [phase.key for phase in phases_on(WORKFLOW, Options(normalise=False, control=False))]
    ['evidence', 'verdict', 'dispute']
    """
    return tuple(
        phase for phase in workflow.phases if not phase.option or getattr(options, phase.option)
    )


def phase_titles() -> dict[str, str]:
    """What a phase that a claim can be in is called, over all workflows.

    >>> phase_titles()["verdict"], phase_titles()["lead"]
    ('Second verdict', 'Waits for a lead')
    """
    found = {phase.key: phase.title for each in workflows().values() for phase in each.phases}
    return found | {LEAD: "Waits for a lead", DONE: "All phases done"}


def n_people(workflow: Workflow, options: Options) -> int:
    """How many people a claim can need, all of them different; 1 without phases.

    >>> n_people(workflows()["averitec"], Options()), n_people(workflows()["reviews"], Options())
    (5, 1)
    """
    on = phases_on(workflow, options)
    return len(on) - 1 + options.n_second if on else 1


def standing(options: Options, done: Sequence[Work]) -> Standing:
    """Where a claim stands after what was done on it, under AVeriTeC's rules.

    It is normalised unless work on it has begun, gets evidence with a verdict, then verdicts from
    that evidence alone. If all agree, that is the claim's. Else the evidence is disputed and
    controlled: the verdict holds if those two agree, or where one of them was left out, if more
    than half of all chose it.

    >>> ann, ben, cem, dua, eli = range(1, 6)
    >>> first = [Work("normalise", ann), Work("evidence", ben, 7)]
    >>> standing(Options(), first).phase
    'verdict'
    >>> standing(Options(), [*first, Work("verdict", cem, 7)])
    Standing(phase='done', label=7, how='unanimous')
    >>> disputed = [*first, Work("verdict", cem, 8), Work("dispute", dua, 8)]
    >>> standing(Options(), disputed).phase
    'control'
    >>> standing(Options(), [*disputed, Work("control", eli, 8)])
    Standing(phase='done', label=8, how='majority')
    >>> standing(Options(), [*disputed, Work("control", eli, 7)]).phase
    'lead'
    """
    n = Counter(work.phase for work in done)
    labels = Counter(work.label for work in done if work.label is not None)
    if options.normalise and not done:
        return Standing("normalise")
    if not n["evidence"]:
        return Standing("evidence")
    if n["verdict"] < options.n_second:
        return Standing("verdict")
    if len(labels) == 1:
        return Standing(DONE, next(iter(labels)), "unanimous")
    for phase in ("dispute", "control"):
        if getattr(options, phase) and not n[phase]:
            return Standing(phase)
    return _after_dispute(done, labels)


def _after_dispute(done: Sequence[Work], labels: Counter[int]) -> Standing:
    last = {work.phase: work.label for work in done if work.phase in ("dispute", "control")}
    label, n = labels.most_common(1)[0]
    if len(last) == 2:
        agreed = last["dispute"] == last["control"]
        return Standing(DONE, last["control"], "majority") if agreed else Standing(LEAD)
    return Standing(DONE, label, "majority") if n * 2 > labels.total() else Standing(LEAD)
