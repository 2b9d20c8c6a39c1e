"""`python3 -m tests`: set up what is missing, a browser too, then run the tests.

All of them run in one process a core, at most four. What follows the command goes to pytest, which
then runs in this one: `python3 -m tests tests/exports -k golden`.
"""

import os
import sys

from workbench.bootstrap import ROOT, ensure_environment

# Which tests stay together in one process says tests/conftest.py.
WHOLE = ["--numprocesses=auto", "--maxprocesses=4", "--dist=loadgroup"]


def main() -> int:
    """The exit status of pytest; 2 if the browser cannot be had."""
    ensure_environment(ROOT / ".ci" / "tests.lock", includes=ROOT / "requirements.lock")
    import pytest

    from tests.browsers import BrowserMissing, ensure_chromium

    try:
        ensure_chromium()
    except BrowserMissing as error:
        print(error, file=sys.stderr)
        return 2
    os.chdir(ROOT)
    return int(pytest.main(sys.argv[1:] or WHOLE))


if __name__ == "__main__":
    sys.exit(main())
