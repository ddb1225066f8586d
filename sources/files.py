"""Papers from files: whatever their dates, they are the day's papers.

Read are JSON Lines, lists, objects around a list, and objects in a row, with commas too many or none, in UTF-8 or
UTF-16, plain or gzipped. A record is an entry of the Hugging Face daily papers, a row of an arXiv day or of the arXiv
metadata dump, one of Semantic Scholar, or a paper in our own shape; it needs a title and an abstract, and has an id
where there is one.
"""

import asyncio
import gzip
import json
import zlib
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import cast

from domain.errors import UsageError
from domain.papers import Paper
from domain.reports import Drop, Health, Listing

from .reading import records
from .reading.given import Given
from .reading.raw_json import Ambiguous, Broken, is_record, raw_records
from .reading.source import BadSource

_EXPECTED = (
    "expected are JSON Lines of papers (id, title, and abstract or summary), a list of them, or a recorded answer of "
    "the Hugging Face daily papers API, plain or gzipped"
)


class BadFile(UsageError):
    """A file that gives no papers at all; the sentence names it and what was expected."""


def open_source(what: str, given: Given) -> "Files":
    """The files that the run was given, and the one behind the name. Raises BadSource without any."""
    return Files((*given.papers, *([Path(what)] if what else [])))


@dataclass(frozen=True)
class Files:
    """Files of papers. What a record is, is told from the record, never from the file's name."""

    paths: tuple[Path, ...]
    name: str = "files"
    address: str = ""
    signal: bool = False

    def __post_init__(self) -> None:
        if not self.paths:
            raise BadSource("the source files needs at least one file of papers")

    async def listing(self, day: date) -> Listing:
        """All papers of all files. Raises BadFile for a file that cannot be read or holds no papers."""
        # In a thread, since a LangGraph server refuses work that blocks its event loop.
        read = [await asyncio.to_thread(read_file, path, self.name) for path in self.paths]
        papers = tuple(paper for held, _ in read for paper in held)
        drops = tuple(drop for _, dropped in read for drop in dropped)
        names = ", ".join(path.name for path in self.paths)
        return Listing(
            papers=papers,
            drops=drops,
            health=Health(
                source=self.name,
                asked=names,
                state="answered" if papers else "empty",
                listed=len(papers) + len(drops),
                held=len(papers),
                note="" if papers else f"no usable paper in {names}",
            ),
        )


def read_file(path: Path, source: str) -> tuple[tuple[Paper, ...], tuple[Drop, ...]]:
    """The papers of one file and what was dropped from it. Raises BadFile."""
    text = _text(path)
    if not text.strip():
        raise BadFile(f"{path} is empty; {_EXPECTED}")
    try:
        raws = raw_records(text)
    except Ambiguous as fault:
        raise BadFile(f"{path} holds {fault}") from fault
    if raws and not any(map(is_record, raws)):
        raise BadFile(f"{path} holds no papers; {_EXPECTED}")
    return records.gather(f"{source} {path.name}", raws, lambda raw: _paper(raw, source), _name)


def _text(path: Path) -> str:
    try:
        content = path.read_bytes()
        if content.startswith(b"\x1f\x8b"):
            content = gzip.decompress(content)
        return content.decode(json.detect_encoding(content))
    except FileNotFoundError as fault:
        raise BadFile(f"there is no file {path}; {_EXPECTED}") from fault
    except UnicodeDecodeError as fault:
        raise BadFile(f"{path} is not UTF-8 text, and not UTF-16 either; {_EXPECTED}") from fault
    except (EOFError, zlib.error, gzip.BadGzipFile) as fault:
        raise BadFile(f"{path} is a damaged gzip file; {_EXPECTED}") from fault
    except OSError as fault:
        raise BadFile(f"{path} cannot be read ({fault.strerror}); {_EXPECTED}") from fault


def _name(raw: object) -> str:
    return f"line {raw.line}" if isinstance(raw, Broken) else records.name_of(raw)


def _paper(raw: object, source: str) -> Paper:
    if isinstance(raw, Broken):
        raise records.Unusable(f"not JSON: {raw.why}")
    if isinstance(raw, dict) and "paper" in cast("dict[str, object]", raw):
        return records.from_hub(cast("object", raw), source)
    return records.from_row(cast("object", raw), source)
