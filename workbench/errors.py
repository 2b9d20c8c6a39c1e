"""Everything a user can do wrong and mend; a programmer's mistake is a `ValueError`, not caught.

The tree::

    WorkbenchError
    ├── InputError      what was given cannot be taken (text, file, field)
    ├── UnknownName     a project, verdict or format that does not exist; names those that do
    ├── NotFound        an article, claim or review that is not there (any more)
    ├── Conflict        somebody saved a newer version of the same thing
    ├── NotAllowed      the state of the thing does not allow this action
    ├── NotPermitted    the person's role does not allow this action; names the one that does
    │   └── AdminsOnly  it concerns the accounts of the whole workbench
    ├── SignedOut       the person is not signed in, or not any more
    ├── TooManyTries    it was tried to sign in too often; says how long to wait
    ├── NoProject       the person works in no project
    ├── Stranger        proved by a provider, and without an account here
    ├── LinkSpent       a one-time link that was used, withdrawn or has expired
    └── DatabaseProblem the database cannot be opened, is busy, full, read-only or too new
"""

from collections.abc import Iterable


class WorkbenchError(Exception):
    """One sentence with what was found and what is allowed; the values are fields."""


class InputError(WorkbenchError):
    """The given text, file or field cannot be taken."""


class UnknownName(WorkbenchError):
    """`name` is no known `kind`; `choices` are those that exist.

    >>> str(UnknownName("verdict of the FEVER scheme", "maybe", ["Supports", "Refutes"]))
    "'maybe' is not a verdict of the FEVER scheme; choose one of Supports, Refutes."
    """

    def __init__(self, kind: str, name: str, choices: Iterable[str]) -> None:
        self.kind, self.name, self.choices = kind, name, tuple(choices)
        known = ", ".join(self.choices) or "none exists yet"
        super().__init__(f"{name[:80]!r} is not a {kind}; choose one of {known}.")


class NotFound(WorkbenchError):
    """The thing with this id is not there, or not any more."""

    def __init__(self, kind: str, id: int | str) -> None:
        self.kind, self.id = kind, id
        super().__init__(f"There is no {kind} {id} here. It may belong to another project.")


class Conflict(WorkbenchError):
    """Somebody else saved `kind` `id` after it was read; nothing was overwritten.

    `expected` is the version the save was made on, `found` the version that is stored.
    """

    def __init__(self, kind: str, id: int, *, expected: int, found: int) -> None:
        self.kind, self.id, self.expected, self.found = kind, id, expected, found
        super().__init__(
            f"This {kind} was changed elsewhere while you were working on it "
            f"(version {expected} here, {found} stored). Nothing was overwritten: "
            "look at the stored version, then save again."
        )


class NotAllowed(WorkbenchError):
    """The action does not fit the state the thing is in."""


class NotPermitted(WorkbenchError):
    """The person has not the role that `activity` needs; `role` is theirs, None for no member.

    >>> str(NotPermitted("export", needed="lead", role="reviewer"))
    'This needs the role lead in this project; yours is reviewer. Ask a lead or an admin.'
    """

    def __init__(self, activity: str, *, needed: str, role: str | None) -> None:
        self.activity, self.needed, self.role = activity, needed, role
        yours = f"yours is {role}" if role else "you have none here"
        super().__init__(
            f"This needs the role {needed} in this project; {yours}. Ask a lead or an admin."
        )


class DatabaseProblem(WorkbenchError):
    """The database cannot be used as it is; the sentence says why and what to do."""


class SignedOut(WorkbenchError):
    """The person is not signed in, or not any more."""

    def __init__(self) -> None:
        super().__init__("You are signed out. Sign in again to go on.")


class TooManyTries(WorkbenchError):
    """It was tried to sign in too often; `seconds` is how long to wait."""

    def __init__(self, seconds: float) -> None:
        self.seconds = seconds
        minutes = max(1, round(seconds / 60 + 0.49))
        wait = "1 minute" if minutes == 1 else f"{minutes} minutes"
        super().__init__(f"Too many tries to sign in. Try again in {wait}.")


class NoProject(WorkbenchError):
    """The person has an account, and works in no project yet, or not any more."""

    def __init__(self) -> None:
        super().__init__("You are in no project yet. Ask a lead or an admin to add you to one.")


class Stranger(WorkbenchError):
    """A provider says who somebody is, and nobody here knows them."""


class LinkSpent(WorkbenchError):
    """A one-time link that does not work, or not any more."""


class AdminsOnly(NotPermitted):
    """What concerns the accounts of the whole workbench, for somebody who is no admin of it."""

    def __init__(self, activity: str) -> None:
        self.activity, self.needed, self.role = activity, "admin", None
        WorkbenchError.__init__(
            self, "This needs an admin of the workbench, who looks after its accounts. Ask one."
        )
