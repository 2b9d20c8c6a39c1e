"""What can be wrong with a text or a pipeline that somebody asked to split."""

from workbench.errors import WorkbenchError


class SplittingError(WorkbenchError):
    """A text that cannot be split, or a pipeline that cannot be loaded; one clear sentence."""
