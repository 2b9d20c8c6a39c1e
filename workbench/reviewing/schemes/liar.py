"""LIAR's six grades of truth (Wang 2017), from PolitiFact's; the keys are those of its files."""

from workbench.reviewing.schemes import Scheme, SchemeLabel

SCHEME = Scheme(
    key="liar",
    title="LIAR",
    labels=(
        SchemeLabel("pants-fire", "Pants on fire", "#6e2c00", 1, "refutes"),
        SchemeLabel("false", "False", "#b34700", 2, "refutes"),
        SchemeLabel("barely-true", "Barely true", "#d98c5f", 3, "refutes"),
        SchemeLabel("half-true", "Half true", "#e69f00", 4),
        SchemeLabel("mostly-true", "Mostly true", "#56b4e9", 5, "supports"),
        SchemeLabel("true", "True", "#0072b2", 6, "supports"),
    ),
)
