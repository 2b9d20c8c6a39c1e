"""Independent reviews: each person gathers evidence and judges, as many as the overlap asks for."""

from workbench.reviewing.workflows import Workflow

WORKFLOW = Workflow(
    key="reviews",
    title="Independent reviews",
    about="Everybody gathers evidence and judges alone; a claim gets as many reviews as the "
    "overlap says.",
)
