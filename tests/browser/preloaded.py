"""What a server loads before it answers, loaded once for all of them."""

import workbench.serving
import workbench.web  # noqa: F401
