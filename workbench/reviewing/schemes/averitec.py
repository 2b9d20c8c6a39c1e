"""AVeriTeC's four labels (Schlichtkrull, Guo and Vlachos 2023)."""

from workbench.reviewing.schemes import Scheme, SchemeLabel

SCHEME = Scheme(
    key="averitec",
    title="AVeriTeC",
    labels=(
        SchemeLabel("supported", "Supported", "#0072b2", 1, "supports"),
        SchemeLabel("refuted", "Refuted", "#b34700", 2, "refutes"),
        SchemeLabel("not-enough-evidence", "Not Enough Evidence", "#6b7280", 3),
        SchemeLabel("conflicting", "Conflicting Evidence/Cherrypicking", "#e69f00", 4),
    ),
)
