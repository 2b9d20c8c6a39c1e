"""`python -m tests.bench`: a save against a trivial page; `… desk-size`, `… progress-size`: much
against little."""

import sys

from tests.bench import progress, saving, size

if __name__ == "__main__":
    if sys.argv[1:2] == ["desk-size"]:
        sys.exit(size.main(sys.argv[2:]))
    if sys.argv[1:2] == ["progress-size"]:
        sys.exit(progress.main(sys.argv[2:]))
    sys.exit(saving.main())
