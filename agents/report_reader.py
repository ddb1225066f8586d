"""Reads a published report back from its Markdown: sections, the sentences in them, and the papers they rest on.

It understands the reports of this project and those of the system before it: a heading of level two for each section,
sentences in paragraphs and lists, and a list of papers under ``출처`` (``Sources``).
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise

from markdown_it import MarkdownIt
from markdown_it.token import Token

from domain.claims import Kind
from domain.sentences import sentences
from domain.value import Value
from publishing.words import words

_WORDS = (words("ko"), words("en"))
_SOURCES = {w.sources.casefold() for w in _WORDS} | {"참고 문헌", "참고문헌", "references"}
_LISTED_ONLY = {label.casefold() for w in _WORDS for label in (w.also, w.repeats, w.gap_papers)}
_EVIDENCE = {w.evidence.casefold() for w in _WORDS}
_ANALYSIS = tuple(w.analysis for w in _WORDS)
_PLACE = re.compile("|".join(re.escape(w.sentence_cited).replace(r"\{number\}", r"(\d+)") for w in _WORDS))
_TITLE_CITED = tuple(f", {w.title_cited}" for w in _WORDS)
_SOURCE = re.compile(r"(?P<title>.+?)\s*\((?P<url>https?://\S+)\)")
_CONCLUDING = re.compile(r"영향|결론|전망|미래|향후|impact|conclusion|outlook", re.IGNORECASE)
_OPENING = re.compile(r"^(?:제목|요약|결론|summary|title)\s*[:：]\s*", re.IGNORECASE)
_LONGEST_LABEL = 48
"""Characters."""


class Listed(Value):
    """A paper as a report names it."""

    title: str
    url: str = ""


class Line(Value):
    """One sentence of a report, or one claim with its citations."""

    text: str
    kind: Kind = "reported"
    under: tuple[str, ...] = ()
    """What tells of whom it speaks: labels and items that it stands under, and sentences before it in its paragraph."""
    cites: tuple[str, ...] = ()
    """Anchors of the evidence: ``e3``, ``t1``."""


class Chapter(Value):
    """One section."""

    heading: str
    sources: tuple[Listed, ...] = ()
    lines: tuple[Line, ...] = ()


class Entry(Value):
    """One entry of the list of evidence."""

    paper: Listed | None
    """None for a fact about other days."""
    sentence: int | None = None
    """1-based place in the abstract, 0 for the title."""
    text: str
    """The quoted sentence or the fact; empty where the sentence is quoted in the text itself."""


class Outline(Value):
    """A whole report."""

    chapters: tuple[Chapter, ...]
    evidence: dict[str, Entry]
    """By anchor; empty for reports that cite nothing."""


class _Inline(Value):
    """The text of one paragraph, heading or item."""

    text: str
    bold: bool
    """All of it."""
    links: tuple[Listed, ...]
    cites: tuple[str, ...]
    anchor: str


def read_report(markdown: str) -> Outline:
    """The report's sections that hold a sentence or name a paper, in order. Any text can be read; it may have none."""
    tokens = MarkdownIt("commonmark").parse(markdown)
    chapters: list[Chapter] = []
    evidence: dict[str, Entry] = {}
    for heading, held in _by_heading(tokens):
        if heading.casefold() in _EVIDENCE:
            found = (_inline(t) for t in held if t.type == "inline")
            evidence |= {inline.anchor: _entry(inline) for inline in found if inline.anchor}
        else:
            chapters.append(_chapter(heading, held))
    # Where claims cite, what cites nothing is the program's own wording.
    if evidence:
        chapters = [c.model_copy(update={"lines": tuple(x for x in c.lines if x.cites)}) for c in chapters]
    return Outline(chapters=tuple(c for c in chapters if c.lines or c.sources), evidence=evidence)


def _by_heading(tokens: Sequence[Token]) -> Iterator[tuple[str, Sequence[Token]]]:
    """Each heading of level two with the tokens under it."""
    starts = [place for place, token in enumerate(tokens) if token.type == "heading_open" and token.tag == "h2"]
    for start, end in pairwise([*starts, len(tokens)]):
        yield _inline(tokens[start + 1]).text, tokens[start + 3 : end]


def _chapter(heading: str, tokens: Sequence[Token]) -> Chapter:
    sources: list[Listed] = []
    lines: list[Line] = []
    above: list[str] = [""]
    """The label in force, then the text of each list item around the current place, outermost first."""
    mode = "text"
    for place, token in enumerate(tokens):
        if token.type == "list_item_open":
            above.append("")
        elif token.type == "list_item_close":
            above.pop()
        if token.type != "inline":
            continue
        inline = _inline(token)
        word = inline.text.rstrip(":： ").casefold()
        if word in _SOURCES:
            mode = "sources"
        elif word in _LISTED_ONLY:
            mode = "listed"
        elif mode == "sources":
            if len(above) > 1 and (found := _source(inline)):
                sources.append(found)
            else:
                mode = "text"
        if mode != "text" or not inline.text:
            continue
        if _is_label(inline, tokens[place - 1 : place + 3]):
            above[-1] = inline.text
            if len(above) <= 2:  # "2. Results:" stays in force for a list that is not set under it
                above[0] = inline.text
        else:
            lines += _lines(inline, above)
            if len(above) > 1:
                above[-1] = inline.text
    return Chapter(heading=heading, sources=tuple(sources), lines=tuple(lines))


def _is_label(inline: _Inline, around: Sequence[Token]) -> bool:
    """A heading, a line in bold or with a colon at its end, a short item that only opens a list of its own."""
    opens = around[-1].type.endswith("list_open") and not inline.text.endswith(".")
    named = inline.bold or inline.text.endswith((":", "："))
    return not inline.cites and (
        around[0].type == "heading_open" or named or (opens and len(inline.text) <= _LONGEST_LABEL)
    )


def _lines(inline: _Inline, above: Sequence[str]) -> Iterator[Line]:
    under = tuple(text for text in above if text)
    concludes = bool(_CONCLUDING.search(above[0]))
    if inline.cites:
        mark = next((mark for mark in _ANALYSIS if inline.text.endswith(mark)), "")
        trend = all(anchor.startswith("t") for anchor in inline.cites)
        kind: Kind = "analysis" if mark else "trend" if trend else "reported"
        yield Line(text=inline.text.removesuffix(mark).strip(), kind=kind, under=under, cites=inline.cites)
        return
    said: list[str] = []
    for sentence in sentences(_OPENING.sub("", inline.text)):
        yield Line(text=sentence, kind="analysis" if concludes else "reported", under=(*under, *said))
        said.append(sentence)


def _source(inline: _Inline) -> Listed | None:
    if found := _SOURCE.fullmatch(inline.text):
        return Listed(title=found["title"], url=found["url"])
    return inline.links[0] if inline.links else Listed(title=inline.text) if inline.text else None


def _entry(inline: _Inline) -> Entry:
    label, _, rest = inline.text.partition("] ")
    if inline.anchor.startswith("t"):
        return Entry(paper=None, text=rest or label)
    place = _PLACE.search(inline.text)
    number = int(next(n for n in place.groups() if n)) if place else 0 if rest.endswith(_TITLE_CITED) else None
    quote = re.fullmatch("“(.*)” — .*", rest)
    paper = next((link for link in inline.links), None) or Listed(title=rest.rpartition(", ")[0])
    return Entry(paper=paper, sentence=number, text=quote[1] if quote else "")


def _inline(token: Token) -> _Inline:
    """Text without emphasis marks, citations and anchors; line breaks become spaces."""
    text: list[str] = []
    plain: list[str] = []
    links: list[Listed] = []
    cites: list[str] = []
    anchor = href = ""
    strong = 0
    named: list[str] = []
    for child in token.children or ():
        match child.type:
            case "strong_open" | "strong_close":
                strong += child.nesting
            case "link_open":
                href, named = str(child.attrGet("href") or ""), []
            case "link_close":
                if href.startswith("#"):
                    cites.append(href[1:])
                else:
                    links.append(Listed(title="".join(named), url=href))
                href = ""
            case "html_inline":
                anchor = found[1] if (found := re.match(r'<a id="([et]\d+)">', child.content)) else anchor
            case "text" | "code_inline" | "softbreak" | "hardbreak":
                content = child.content or " "
                named.append(content)
                if not href.startswith("#"):
                    text.append(content)
                    plain += [] if strong else [content]
            case _:
                pass
    outside = "".join(plain).strip(" :：.*")
    return _Inline(
        text=_one_space(text),
        bold=bool(text) and not outside,
        links=tuple(links),
        cites=tuple(dict.fromkeys(cites)),
        anchor=anchor,
    )


def _one_space(parts: Iterable[str]) -> str:
    return " ".join("".join(parts).split())
