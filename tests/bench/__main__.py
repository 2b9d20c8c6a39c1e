"""`python -m tests.bench`: a save against a trivial page; with a name, much against little."""

import sys

from tests.bench import adjudication, progress, saving, size

SIZES = {
    "adjudication": adjudication.main,
    "desk-size": size.main,
    "progress-size": progress.main,
}

if __name__ == "__main__":
    named = SIZES.get("".join(sys.argv[1:2]))
    sys.exit(named(sys.argv[2:]) if named else saving.main())
