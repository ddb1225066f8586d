"""Papers from files: whatever their dates, they are the day's papers."""

import asyncio
import gzip
import json
import zlib
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any, cast

from domain.papers import Paper
from domain.reports import Drop, Health, Listing

from . import BadSource, records

_EXPECTED = (
    "expected are JSON Lines of papers (id, title, and abstract or summary), or a recorded answer of the "
    "Hugging Face daily papers API, either of them plain or gzipped"
)


class BadFile(ValueError):
    """A file that gives no papers at all; the sentence names it and what was expected."""


@dataclass(frozen=True)
class Files:
    """Files of papers. What a record is, is told from the record, never from the file's name."""

    paths: tuple[Path, ...]
    name: str = "files"
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
    raws = _raw_records(text)
    if raws and not any(_is_record(raw) for raw in raws):
        raise BadFile(f"{path} holds no papers; {_EXPECTED}")
    return records.gather(f"{source} {path.name}", raws, lambda raw: _paper(raw, source), records.name_of)


def _text(path: Path) -> str:
    try:
        content = path.read_bytes()
        if content.startswith(b"\x1f\x8b"):
            content = gzip.decompress(content)
        return content.decode("utf-8-sig")
    except FileNotFoundError as fault:
        raise BadFile(f"there is no file {path}; {_EXPECTED}") from fault
    except UnicodeDecodeError as fault:
        raise BadFile(f"{path} is not UTF-8 text; {_EXPECTED}") from fault
    except (EOFError, zlib.error, gzip.BadGzipFile) as fault:
        raise BadFile(f"{path} is a damaged gzip file; {_EXPECTED}") from fault
    except OSError as fault:
        raise BadFile(f"{path} cannot be read ({fault.strerror}); {_EXPECTED}") from fault


def _raw_records(text: str) -> list[object]:
    """The items of a JSON array, or the lines of JSON Lines; a line that is not JSON stays the text it is."""
    try:
        whole: object = json.loads(text)
    except (ValueError, RecursionError):
        return [_line(line) for line in text.split("\n") if line.strip()]
    return cast("list[object]", whole) if isinstance(whole, list) else [whole]


def _line(line: str) -> object:
    try:
        return json.loads(line)
    except (ValueError, RecursionError):
        return line


def _is_record(raw: object) -> bool:
    return isinstance(raw, dict) and ("paper" in raw or "title" in raw)


def _paper(raw: object, source: str) -> Paper:
    if not isinstance(raw, dict):
        raise records.Unusable("not a JSON object")
    record = cast("dict[str, Any]", raw)
    if "paper" in record:
        return records.from_hub(record, source)
    if str(record.get("id", "")).startswith(("arxiv:", "title:")):
        return records.from_paper(record, source)
    return records.from_row(record, source)
