"""Who may do what: the roles of a project, and the least one that each activity needs.

A role may do all that those before it may. Changes go by the kind of the event that they leave in
the history, so that nothing can be changed that no role was named for.
"""

ROLES = ("viewer", "reviewer", "lead", "admin")

NEEDED: dict[str, str] = {
    "see progress": "viewer",
    "see agreement": "viewer",
    "see team": "viewer",
    "see claims": "reviewer",
    "see gold": "lead",
    "see history": "reviewer",
    "adjudicate": "lead",
    "review": "reviewer",
    "change many claims": "lead",
    "check links": "lead",
    "export": "lead",
    "article.imported": "lead",
    "claim.accepted": "reviewer",
    "claim.adjudicated": "lead",
    "claim.advanced": "reviewer",
    "claim.assigned": "lead",
    "claim.created": "reviewer",
    "claim.described": "reviewer",
    "claim.merge": "reviewer",
    "claim.moved": "reviewer",
    "claim.normalised": "reviewer",
    "claim.proposed": "reviewer",
    "claim.rejected": "reviewer",
    "claim.reopened": "reviewer",
    "claim.resolved": "reviewer",
    "claim.restored": "reviewer",
    "claim.retired": "reviewer",
    "claim.rewritten": "reviewer",
    "claim.sent_back": "lead",
    "claim.skipped": "reviewer",
    "claim.split": "reviewer",
    "claim.unassigned": "lead",
    "claim.unresolved": "reviewer",
    "comment.reopened": "reviewer",
    "comment.resolved": "reviewer",
    "comment.retired": "reviewer",
    "comment.rewritten": "reviewer",
    "comment.written": "reviewer",
    "flag.lowered": "reviewer",
    "flag.raised": "reviewer",
    "gold.marked": "lead",
    "gold.unmarked": "lead",
    "guideline.published": "lead",
    "job.cancelled": "lead",
    "member.added": "lead",
    "member.changed": "lead",
    "member.ended": "lead",
    "member.invited": "lead",
    "member.joined": "viewer",
    "member.left": "viewer",
    "member.uninvited": "lead",
    "project.changed": "lead",
    "project.created": "admin",
    "recusal.declared": "reviewer",
    "recusal.withdrawn": "reviewer",
    "repeat.drafted": "reviewer",
    "repeat.judged": "reviewer",
    "repeat.skipped": "reviewer",
    "review.drafted": "reviewer",
    "review.submitted": "reviewer",
    "rule.added": "lead",
    "rule.retired": "lead",
    "snapshot.kept": "reviewer",
    "source.described": "reviewer",
    "training.drafted": "reviewer",
    "training.judged": "reviewer",
    "training.waived": "lead",
    "worthiness.retired": "lead",
    "worthiness.trained": "lead",
}
"""Activity, or kind of event, to the least role. `see claims` is a viewer's where the project says
so; `claim.resolved`, `claim.unresolved`, `claim.reopened` and `claim.advanced` follow a reviewer's
verdict by themselves, and who joins by an invitation has its role by then."""

ACCOUNT_ACTIVITIES = (
    "account.added",
    "account.demoted",
    "account.disabled",
    "account.enabled",
    "account.password.reset",
    "account.promoted",
    "account.reset.made",
    "account.signed.out",
    "see accounts",
)
"""What concerns the accounts of the whole workbench: for its admins, whatever a project says."""


def needed(activity: str) -> str:
    """The least role that the activity needs; taking it back or doing it again needs the same.

    Raises `ValueError` for an activity that nobody named a role for.

    >>> needed("review"), needed("claim.merge.undone"), needed("guideline.published")
    ('reviewer', 'reviewer', 'lead')
    """
    named = done(activity)
    if named not in NEEDED:
        raise ValueError(f"no role is named for {activity!r} in reviewing/roles.py")
    return NEEDED[named]


def done(kind: str) -> str:
    """The kind of the event that this one took back or did again, or the kind itself.

    >>> done("claim.merge.undone"), done("claim.merge.redone"), done("claim.merge")
    ('claim.merge', 'claim.merge', 'claim.merge')
    """
    return kind.removesuffix(".redone").removesuffix(".undone")


def suffices(role: str | None, activity: str) -> bool:
    """Whether this role may do that; None is somebody who is no member.

    >>> suffices("lead", "review"), suffices("viewer", "review"), suffices(None, "see progress")
    (True, False, False)
    """
    return role is not None and ROLES.index(role) >= ROLES.index(needed(activity))


def may_give(own: str | None, role: str) -> bool:
    """Whether somebody of one role may give or take another: none that is above their own.

    >>> may_give("lead", "reviewer"), may_give("lead", "admin"), may_give(None, "viewer")
    (True, False, False)
    """
    return own is not None and ROLES.index(own) >= ROLES.index(role)
