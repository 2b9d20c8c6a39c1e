"""`python3 -m workbench`: from a fresh clone to the running workbench; with words, any command."""

import sys

from workbench.bootstrap import ROOT, ensure_environment


def main() -> None:
    """Set up what is missing, then do what the command line says: `serve` if it says nothing."""
    ensure_environment(ROOT / "requirements.lock")
    from workbench.cli import main as run

    sys.argv[1:] = sys.argv[1:] or ["serve"]
    run()


if __name__ == "__main__":
    main()
