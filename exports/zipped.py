"""Formats of several files in one ZIP file, the same bytes for the same content."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import IO, BinaryIO
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

_EPOCH = (1980, 1, 1, 0, 0, 0)


@contextmanager
def archive(out: BinaryIO) -> Iterator[ZipFile]:
    """A ZIP file written to `out`."""
    with ZipFile(out, "w") as zipped:
        yield zipped


@contextmanager
def member(zipped: ZipFile, name: str) -> Iterator[IO[bytes]]:
    """One file in it, written piece by piece; its date is always the same."""
    info = ZipInfo(name, date_time=_EPOCH)
    info.compress_type = ZIP_DEFLATED
    info.external_attr = 0o644 << 16
    with zipped.open(info, "w", force_zip64=True) as file:
        yield file
