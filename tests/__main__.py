"""`python3 -m tests`: set up what is missing, a browser too, then run the tests.

What follows the command goes to pytest: `python3 -m tests tests/exports -k golden`.
"""

import os
import sys

from workbench.bootstrap import ROOT, ensure_environment


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
    return int(pytest.main(sys.argv[1:]))


if __name__ == "__main__":
    sys.exit(main())
