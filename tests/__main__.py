"""`python3 -m tests`: set up what is missing, a browser too, then run the tests.

Those in a browser run in one process and all others in another, at the same time: hands need a page
that follows. A part of these runs once more on PostgreSQL, where there is one. What follows the
command goes to pytest, which then runs in this process alone:
`python3 -m tests tests/exports -k golden`.
"""

import os
import subprocess
import sys
import tempfile

from workbench.bootstrap import ROOT, ensure_environment

BROWSER = "tests/browser"
ON_POSTGRESQL = [
    f"tests/workflow/test_{name}.py"
    for name in ("adjudicating", "drawing", "mixing", "phasing", "resolving", "schooling")
]
"""What draws, shares and settles work: on SQLite with all others, and once more on PostgreSQL."""


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
    return int(pytest.main(sys.argv[1:])) if sys.argv[1:] else everything()


def everything() -> int:
    """Run all; what the one in the background said stands after what the other says."""
    command = [sys.executable, "-m", "pytest"]
    os.environ.pop("PYTHONDONTWRITEBYTECODE", None)  # hundreds of processes would compile it all
    with tempfile.TemporaryFile() as said:
        behind = [*command, f"--ignore={BROWSER}", "-p", "no:cacheprovider"]
        others = subprocess.Popen(behind, stdout=said, stderr=subprocess.STDOUT)
        in_browser = subprocess.run([*command, BROWSER], check=False).returncode
        again = [*command, "--on", "postgresql", *ON_POSTGRESQL]
        on_postgresql = subprocess.run(again, check=False).returncode
        status = others.wait()
        said.seek(0)
        sys.stdout.buffer.write(said.read())
    return in_browser or on_postgresql or status


if __name__ == "__main__":
    sys.exit(main())
