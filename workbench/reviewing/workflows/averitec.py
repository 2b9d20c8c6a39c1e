"""AVeriTeC's five phases, each by another person.

Schlichtkrull, Guo and Vlachos 2023, "AVeriTeC: A Dataset for Real-world Claim Verification with
Evidence from the Web": claims are normalised; a different annotator asks questions, answers them
from the web and judges; a third judges from that evidence alone. Where those verdicts differ,
another annotator adds evidence and judges, and yet another judges from all of it; claims on which
these still differ were left out of the dataset, and may go to a lead here.
"""

from workbench.reviewing.workflows import Phase, Workflow

WORKFLOW = Workflow(
    key="averitec",
    title="AVeriTeC's five phases",
    about="Every phase of a claim is another person's. In a phased project one person at a time "
    "works on a claim.",
    phases=(
        Phase(
            "normalise",
            "Normalise",
            "make the claim stand alone, and set who said it, when and what kind it is",
            work="claim",
            told="Somebody makes the claim stand alone and sets who said it, when, and what kind "
            "it is.",
            option="normalise",
        ),
        Phase(
            "evidence",
            "Evidence",
            "ask what would settle the claim, answer it from sources, then judge",
            work="review",
            told="Another person asks what would settle the claim, answers it from sources, and "
            "judges.",
        ),
        Phase(
            "verdict",
            "Second verdict",
            "judge from the evidence below; what the first reviewer concluded is hidden until "
            "you have",
            work="verdict",
            told="A third judges from that evidence alone, without seeing the first verdict.",
        ),
        Phase(
            "dispute",
            "Dispute",
            "the verdicts differ; add the evidence that is missing, then judge",
            work="review",
            told="Where the verdicts differ, somebody else sees both, adds evidence and judges.",
            option="dispute",
            sees_verdicts=True,
        ),
        Phase(
            "control",
            "Control",
            "judge from all of the evidence below; what the others concluded is hidden until "
            "you have",
            work="verdict",
            told="Where they differed, yet another judges from all the evidence, without seeing a "
            "verdict.",
            option="control",
        ),
    ),
)
