"""The files of Chroma's graphs, as long as their headers say or cut off.

Chroma reads what a file lacks from memory that it has not cleared: in a process that has held the same index before,
a file that was cut in half reads as whole, and is found out by the next process.
"""

import struct
from pathlib import Path

_HEADER = struct.Struct("<iQQQQ")
"""Version, place of the first level, room, number of elements, bytes of an element; more follows."""
_VERSION = 1
_LENGTH, _LINKS = 4, 4
"""Bytes of the length of a vector, and of the size of a list of links."""


def cut_off(index: Path) -> str | None:
    """Which file under the folder ``index`` is shorter than it should be, or cannot be read; None where none is, or
    where the files are of a version of Chroma that we do not know."""
    try:
        return next((fault for header in sorted(index.glob("*/header.bin")) if (fault := _fault(header))), None)
    except OSError as error:
        return f"{Path(error.filename).name} cannot be read: {error.strerror}"


def _fault(header: Path) -> str | None:
    told = header.read_bytes()
    if len(told) < _HEADER.size:
        return f"{header.name} is cut off"
    version, _, _, number, size = _HEADER.unpack_from(told)
    if version != _VERSION:
        return None
    for name, needed in (("data_level0.bin", number * size), ("length.bin", number * _LENGTH)):
        if _size(header.with_name(name)) < needed:
            return f"{name} is cut off"
    links = header.with_name("link_lists.bin")
    return f"{links.name} is cut off" if _size(links) < _links_end(links, number) else None


def _size(file: Path) -> int:
    return file.stat().st_size if file.exists() else 0


def _links_end(file: Path, number: int) -> int:
    """Where the last of ``number`` lists ends, each of which begins with its size; beyond the file where it is cut."""
    content = file.read_bytes() if file.exists() else b""
    sizes = memoryview(content)[: len(content) // _LINKS * _LINKS].cast("I")
    at = 0
    for _ in range(number):
        if at >= len(sizes):
            return len(content) + 1
        at += 1 + sizes[at] // _LINKS
    return at * _LINKS
