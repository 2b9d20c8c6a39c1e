"""`python3 -m workbench`: from a fresh clone to the running workbench; with words, any command."""

import sys

from workbench.bootstrap import ROOT, ensure_environment


def main() -> None:
    """Set up what is missing, then do what the command line says: `serve` if it says nothing."""
    ensure_environment(ROOT / "requirements.lock")
    from workbench import cli

    sys.argv[1:] = sys.argv[1:] or ["serve"]
    cli.main()


if __name__ == "__main__":
    main()
