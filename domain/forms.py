"""How a writer lays a paper out: sentences that run on, bullets, rows of a small table, and the words that stand out.

Text stays plain for rules, critic and memory; its form and what is to be set in bold stand beside it.
"""

import re
from collections.abc import Iterable, Iterator
from itertools import groupby
from typing import Literal

from .value import Value

Form = Literal["sentence", "bullet", "row"]
"""``sentence``: runs on from the one before. ``bullet``: an item of a list. ``row``: of a table, told as
``first · GSM8K: 98.1% · MATH: 99.8%``: each cell with what stands over it, so that the row can be judged by itself."""

MOST_EMPHASES = 3
"""In one line: where everything stands out, nothing does."""

_BULLET = re.compile(r"^(?:[-*•]|\d{1,2}[.)])\s+")
_RULE = re.compile(r"^\|?(?:\s*:?-{2,}:?\s*\|?)+$")
_STRONG = re.compile(r"\*\*(?=\S)(.+?)(?<=\S)\*\*")
_BETWEEN = " · "


class Formed(Value):
    """One line as it was written."""

    text: str
    form: Form = "sentence"
    emphasis: tuple[str, ...] = ()
    """Words of the text that stand out."""


def formed(entries: Iterable[str]) -> tuple[Formed, ...]:
    """What a writer gave as Markdown, a sentence, list or table in one entry or several.

    >>> [(one.form, one.text) for one in formed(["It **won**.", "| | MATH |\\n|---|---|\\n| Ours | 98% |"])]
    [('sentence', 'It won.'), ('row', 'Ours · MATH: 98%')]
    """
    found: list[Formed] = []
    lines = [(n, line) for n, entry in enumerate(entries) for raw in entry.splitlines() if (line := raw.strip())]
    # Plain lines of one entry are one line; the rows of a table may come in one entry or in several.
    for (kind, _), group in groupby(lines, key=lambda line: (_kind(line[1]), _kind(line[1]) == "sentence" and line[0])):
        held = [line for _, line in group]
        if kind == "row":
            found += _rows(held)
        elif kind == "bullet":
            found += [_formed(_BULLET.sub("", line), "bullet") for line in held]
        else:
            found.append(_formed(" ".join(held), "sentence"))
    return tuple(one for one in found if one.text)


def _kind(line: str) -> Form:
    if line.startswith("|") and line.count("|") > 1:
        return "row"
    return "bullet" if _BULLET.match(line) else "sentence"


def _formed(text: str, form: Form) -> Formed:
    marked = tuple(dict.fromkeys(" ".join(found.split()) for found in _STRONG.findall(text)))
    return Formed(text=unmarked(text), form=form, emphasis=marked[:MOST_EMPHASES])


def unmarked(text: str) -> str:
    """A text in one line, without the signs that set words of it in bold."""
    return " ".join(_STRONG.sub(r"\1", text).split())


def _rows(lines: list[str]) -> Iterator[Formed]:
    """The rows below the first, each cell under its head. Of a table without rows its head is all there is."""
    cells = [[_plain(cell) for cell in line.strip("|").split("|")] for line in lines if not _RULE.match(line)]
    head, rows = (cells[0], cells[1:]) if len(cells) > 1 else ([], cells)
    for row in rows:
        named = [(head[n].replace(":", "") if n < len(head) else "", cell) for n, cell in enumerate(row)]
        told = _BETWEEN.join(f"{name}: {cell}" if name else cell for name, cell in named if cell)
        yield _formed(told, "row" if len(rows) > 1 or len(row) > 2 else "bullet")


def _plain(cell: str) -> str:
    return cell.strip().replace(_BETWEEN, ", ").replace(": ", " ")


def cells(text: str) -> tuple[tuple[str, str], ...]:
    """(what stands over it, cell) of a row; nothing stands over the first.

    >>> cells("Ours · MATH: 98%")
    (('', 'Ours'), ('MATH', '98%'))
    """
    parts = [part.partition(": ") for part in text.split(_BETWEEN)]
    return tuple((name, cell) if colon else ("", name) for name, colon, cell in parts)
