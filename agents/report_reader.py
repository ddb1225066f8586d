"""Reads any report back from its Markdown: its lines, where each stands, and what stands there and asserts nothing.

It knows no report's shape: headings, paragraphs, lists, quotations, tables and folds are taken as they come.
"""

import re
from collections.abc import Iterator, Sequence
from typing import Literal

from markdown_it import MarkdownIt
from markdown_it.token import Token

from domain.sentences import sentences
from domain.tongues import form
from domain.value import Value

from .boilerplate import Idle, explains_words, heads_sources, idle, tells
from .report_rows import Link, Mention, ReportRow, joined, marks, rows, texts

LineForm = Literal["sentence", "headline", "cell"]

_LONGEST_LABEL = 48
"""Characters of an item that only opens a list of its own."""
_opening = form(r"^(?:<boilerplate.openings>)\s*[:：]\s*", re.IGNORECASE)
_part = form("<boilerplate.parts>", re.IGNORECASE)
"""Names of parts that stand in bold before a sentence and are none of its words."""
_filing = form("<boilerplate.filing>", re.IGNORECASE)
"""The head of a column that only files its rows."""
_concluding = form("<boilerplate.concluding>", re.IGNORECASE)
_ends = form(r"[.!?。…][\"'”’)\]*]*$|(?:<boilerplate.ends>)$")
_PARTED = re.compile(r"\s+[·|•]\s+")


class ReportLine(Value):
    """One line of a report."""

    text: str
    form: LineForm
    number: int
    """1-based line of the file on which its block begins."""
    section: int
    links: tuple[Link, ...] = ()
    under: tuple[Mention, ...] = ()
    """What it stands under in its section, outermost first: labels and items, or its row of a table."""
    before: tuple[Mention, ...] = ()
    """The sentences before it in its paragraph."""
    concludes: bool = False
    """It stands where a report tells what follows from a paper, in its author's view."""


class ReportSection(Value):
    """A heading with what stands under it up to the next one of its level or above."""

    heading: Mention
    level: int
    parent: int | None
    """Place of the section around it."""
    byline: Mention = Mention(text="")
    """What stands below its heading and only names and links: title · paper · code · 12 votes."""
    sources: tuple[Mention, ...] = ()
    """The entries of its list of papers."""


class Skipped(Value):
    """What asserts nothing, and why."""

    text: str
    number: int
    kind: Idle


class ParsedReport(Value):
    """A whole report. Its first section is the text before any heading."""

    sections: tuple[ReportSection, ...]
    lines: tuple[ReportLine, ...]
    skipped: tuple[Skipped, ...]
    anchors: dict[str, Mention]
    """What anchors inside of the report stand before, by name: the entries of a list of evidence."""

    def around(self, section: int) -> Iterator[int]:
        """A section and those around it, the innermost first."""
        place: int | None = section
        while place is not None:
            yield place
            place = self.sections[place].parent

    def within(self, section: int) -> frozenset[int]:
        """A section and those inside of it."""
        return frozenset(n for n in range(len(self.sections)) if section in self.around(n))


def parse_report(markdown: str) -> ParsedReport:
    """The lines of a report in reading order. Any text can be read; it may have none."""
    parser = MarkdownIt("commonmark").enable(["table", "strikethrough"])
    reader = _Reader()
    reader.read(parser.parse(markdown))
    return ParsedReport(
        sections=tuple(reader.sections),
        lines=tuple(reader.lines),
        skipped=tuple(reader.skipped),
        anchors=reader.anchors,
    )


class _Reader:
    """Where the reading of one report stands."""

    def __init__(self) -> None:
        self.sections = [ReportSection(heading=Mention(text=""), level=0, parent=None)]
        self.lines: list[ReportLine] = []
        self.skipped: list[Skipped] = []
        self.anchors: dict[str, Mention] = {}
        self._place = 0
        self._above: list[Mention | None] = [None]
        """The label in force, then the beginning of each list item around, outermost first."""
        self._listing = False
        """Whether what comes is a list of papers or evidence."""
        self._folds = 0
        self._cells: list[str] | None = None
        """The head of the table; None outside of one."""
        self._row: list[Mention] = []
        self._number = 1

    def read(self, tokens: Sequence[Token]) -> None:
        for place, token in enumerate(tokens):
            self._number = token.map[0] + 1 if token.map else self._number
            match token.type:
                case "heading_open":
                    self._head(int(token.tag[1:]), joined(rows(tokens[place + 1])))
                case "list_item_open":
                    self._above.append(None)
                case "list_item_close":
                    self._above.pop()
                case "thead_open":
                    self._cells, self._row = [], []
                case "tr_close":
                    self._table_row()
                case "table_close":
                    self._cells = None
                case "html_block":
                    self._html(token.content)
                case "fence" | "code_block":
                    self._skip(token.content, "code")
                case "inline" if tokens[place - 1].type != "heading_open":
                    self._inline(token, tokens[place + 1 : place + 3])
                case _:
                    pass

    def _head(self, level: int, mention: Mention) -> None:
        around = next((n for n in self._around() if self.sections[n].level < level), 0)
        self.sections.append(ReportSection(heading=mention, level=level, parent=around))
        self._place = len(self.sections) - 1
        self._above = [None]
        self._listing = heads_sources(mention.text) or (
            self._listing and any(heads_sources(self.sections[n].heading.text) for n in self._around())
        )
        if not self._listing and tells(mention.text) and not idle(mention.text, texts(mention.links)):
            self._add(mention, "headline")
        elif mention.text:
            self._skip(mention.text, "label")

    def _around(self) -> Iterator[int]:
        place: int | None = self._place
        while place is not None:
            yield place
            place = self.sections[place].parent

    def _html(self, content: str) -> None:
        if re.match(r"\s*</details", content, re.IGNORECASE) and self._folds:
            self._folds -= 1
            self._listing = False
        elif found := re.search(r"<details\b[^>]*>(?:\s*<summary[^>]*>(.*?)</summary>)?", content, re.I | re.S):
            self._folds += 1
            self._listing = self._listing or heads_sources(re.sub(r"<[^>]+>|[\d,]+\S*", "", found[1] or ""))

    def _inline(self, token: Token, after: Sequence[Token]) -> None:
        pieces = rows(token)
        self._anchored(token, joined(pieces))
        if self._cells is not None:
            self._row.append(joined(pieces))
            return
        # A list of papers ends with its list; a new paragraph that is none of its entries is text again.
        in_list = len(self._above) > 1
        for row in pieces:
            mention = row.mention()
            if not mention.text:
                continue
            if heads_sources(mention.text) and len(mention.text) <= _LONGEST_LABEL:
                self._listing = True
                self._skip(mention.text, "source")
            elif self._listing and (in_list or self._folds or mention.links):
                self._source(mention)
            elif self._listing and not heads_sources(self.sections[self._place].heading.text):
                self._listing = False
                self._text(row, mention, after)
            elif self._listing:
                self._source(mention)
            else:
                self._text(row, mention, after)

    def _source(self, mention: Mention) -> None:
        self._skip(mention.text, "source")
        held = self.sections[self._place]
        self.sections[self._place] = held.model_copy(update={"sources": (*held.sources, mention)})

    def _text(self, row: ReportRow, mention: Mention, after: Sequence[Token]) -> None:
        if explains_words(mention.text):
            self._skip(mention.text, "legend")
            return
        opens = any(token.type.endswith("list_open") for token in after) and not _ends().search(mention.text)
        short = len(mention.text) <= _LONGEST_LABEL
        titled = row.bold and not mention.text.endswith((".", "!")) and not tells(mention.text)
        if mention.text.endswith((":", "：")) or (opens and short) or (titled and (short or mention.links)):
            self._skip(mention.text, "label")
            self._label(mention)
            return
        pieces = list(_pieces(row, mention))
        if any(idle(text, texts(mention.links)) == "link" for text, _ in pieces):
            self._set_byline(mention)
        said: list[Mention] = []
        whole = tuple(link for link in mention.links if marks(link) or not any(link.text in text for text, _ in pieces))
        for text, shape in pieces:
            inside = (link for link in mention.links if link not in whole and link.text in text)
            own = Mention(text=text, links=(*inside, *whole))
            if kind := idle(text, texts(own.links)):
                self._skip(text, kind)
            else:
                self._add(own, shape, before=tuple(said))
            said.append(own)
        if len(self._above) > 1:
            self._above[-1] = mention
        elif titled or not _ends().search(mention.text):
            self._above[0] = mention

    def _set_byline(self, mention: Mention) -> None:
        held = self.sections[self._place]
        if not held.byline.text and not any(
            line.section == self._place and line.form != "headline" for line in self.lines
        ):
            self.sections[self._place] = held.model_copy(update={"byline": mention})

    def _label(self, mention: Mention) -> None:
        self._above[-1] = mention
        if len(self._above) <= 2:  # '2. Results:' stays in force for a list that is not set under it
            self._above[0] = mention

    def _table_row(self) -> None:
        if self._cells is None:
            return
        cells = self._row
        if not self._cells:
            self._cells = [cell.text for cell in cells]
        else:
            whole = Mention(
                text=" | ".join(cell.text for cell in cells), links=tuple(link for cell in cells for link in cell.links)
            )
            for head, cell in zip(self._cells, cells, strict=False):
                if not cell.text:
                    continue
                kind = idle(cell.text, texts(cell.links))
                bare = len(cell.text.split()) < 2 and not re.search(r"\d", cell.text)
                kind = kind or ("label" if bare or _filing().search(head) else None)
                if kind:
                    self._skip(cell.text, kind)
                    continue
                text = cell.text if len(cell.text.split()) > 1 else f"{head}: {cell.text}"
                self._add(cell.model_copy(update={"text": text}), "cell", under=(whole,))
        self._row = []

    def _anchored(self, token: Token, mention: Mention) -> None:
        for child in token.children or ():
            if child.type == "html_inline" and (found := re.match(r'<a (?:id|name)="([^"]+)">', child.content)):
                self.anchors[found[1]] = mention

    def _add(
        self, own: Mention, form: LineForm, *, under: tuple[Mention, ...] = (), before: tuple[Mention, ...] = ()
    ) -> None:
        above = tuple(mention for mention in self._above if mention)
        headed = (self.sections[n].heading for n in self._around())
        self.lines.append(
            ReportLine(
                text=own.text,
                form=form,
                number=self._number,
                section=self._place,
                links=own.links,
                under=(*above, *under),
                before=before,
                concludes=any(_concluding().search(one.text) for one in (*above[:1], *headed) if len(one.text) < 80),
            )
        )

    def _skip(self, text: str, kind: Idle) -> None:
        if text := " ".join(text.split()):
            self.skipped.append(Skipped(text=text, number=self._number, kind=kind))


def _pieces(row: ReportRow, mention: Mention) -> Iterator[tuple[str, LineForm]]:
    """The sentences of a paragraph; parts of a line such as 'title · [paper] · 12 votes' apart."""
    parts = _PARTED.split(mention.text)
    if len(parts) > 1 and any(idle(part, texts(mention.links)) for part in parts):
        for part in parts:
            yield part, "sentence" if _ends().search(part) else "headline"
        return
    part = row.lead.strip(" :：.")
    said = mention.text[len(part) :].lstrip(" :：.") if _part().fullmatch(part) else mention.text
    head, arrow, ways = said.rpartition("→")
    said = head.rstrip() if arrow and idle(ways, texts(mention.links)) == "link" else said
    found = sentences(_opening().sub("", said))
    for text in found:
        yield text, "headline" if row.bold and len(found) == 1 else "sentence"
