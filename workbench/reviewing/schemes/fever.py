"""FEVER's three labels (Thorne, Vlachos, Christodoulopoulos and Mittal 2018)."""

from workbench.reviewing.schemes import Scheme, SchemeLabel

SCHEME = Scheme(
    key="fever",
    title="FEVER",
    labels=(
        SchemeLabel("supports", "Supports", "#0072b2", 1, "supports"),
        SchemeLabel("refutes", "Refutes", "#b34700", 2, "refutes"),
        SchemeLabel("not-enough-info", "Not enough info", "#6b7280", 3),
    ),
)
