"""Finds the papers that a line of a report may be about: by link, title or name, by where it stands, by nearness."""

import math
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cached_property, lru_cache
from itertools import zip_longest
from typing import Any, Literal, NamedTuple

from numpy.typing import NDArray

from domain.languages import every
from domain.papers import Paper, arxiv_id, title_key
from domain.quoting.names import introduced, own_name
from domain.tongues import any_of, by_languages, form
from domain.vocabulary import vocabulary
from vectorstore.embedding import paper_text

from .classifier import Embed
from .counts import one_of_them
from .report_reader import ParsedReport, ReportLine, ReportSection
from .report_rows import Mention

How = Literal["mention", "heading", "section", "nearness"]

MOST = 30
"""Papers that one line can be held against."""
_ID = re.compile(r"(?<![\d.])\d{4}\.\d{4,5}(?!\d)")
_several = form("<boilerplate.several>", re.IGNORECASE)
_of_the_day = form("<boilerplate.of_the_day>", re.IGNORECASE)
_LATIN = re.compile(r"(?<![A-Za-z0-9])[A-Za-z][A-Za-z0-9]*(?:[-.+][A-Za-z0-9]+)*")
_TOKEN = re.compile(r"[A-Za-z][A-Za-z0-9]{2,}|\d[\d,.]*\d")
_SHARED = 0.35
"""Share of a line's distinctive words that the nearest paper must hold."""
_COSINE = 0.45
"""Of vectors, for a line in Latin script; Korean ones say nothing to an English model."""


@by_languages
def _ordinals() -> tuple[re.Pattern[str], ...]:
    """The first paper, the second, …"""
    named = zip_longest(*(each.boilerplate.ordinals for each in every()), fillvalue="")
    return tuple(re.compile(any_of(forms), re.IGNORECASE) for forms in named)


class Placed(NamedTuple):
    """The papers that a line may be about, the likeliest first, and how they were found; none where they were not."""

    papers: tuple[str, ...] = ()
    how: How | Literal[""] = ""
    strange: tuple[str, ...] = ()
    """Papers that the report gives in the line's place and that are not among those it is held against."""


class PaperLinker:
    """The papers that a report may be about, ready to be recognised."""

    def __init__(self, papers: Iterable[Paper], embed: Embed | None = None) -> None:
        self.papers = {paper.id: paper for paper in papers}
        self._embed = embed
        self._by_title = {title_key(paper.title): id for id, paper in self.papers.items()}
        self._names = _names(self.papers.values())

    def mentioned(self, mention: Mention, anchors: Mapping[str, Mention]) -> tuple[str, ...]:
        """Ids of the papers that a piece of text links to, or gives by id, title or name."""
        found: dict[str, None] = {}
        for link in mention.links:
            for id in self._linked(link.url, link.text, anchors):
                found[id] = None
        for number in _ID.findall(mention.text):
            if (id := f"arxiv:{number}") in self.papers:
                found[id] = None
        folded = title_key(mention.text)
        for key, id in self._by_title.items():
            # A short title is any words ('Learning to See').
            if key == folded or (len(key) > 15 and key in folded):
                found[id] = None
        for name, id in self._names.items():
            if _stands(name).search(mention.text):
                found[id] = None
        return tuple(found)

    def _linked(self, url: str, text: str, anchors: Mapping[str, Mention]) -> Iterator[str]:
        if (known := arxiv_id(url)) and f"arxiv:{known}" in self.papers:
            yield f"arxiv:{known}"
        elif (id := self._by_title.get(title_key(text))) is not None:
            yield id
        elif url.startswith("#"):
            yield from (f"arxiv:{n}" for n in _ID.findall(url) if f"arxiv:{n}" in self.papers)
            if (entry := anchors.get(url[1:])) is not None:
                yield from self.mentioned(entry, {})

    def is_name(self, text: str) -> bool:
        """Whether a text is the title or a name of a paper and nothing else."""
        return title_key(text) in self._by_title or any(_stands(name).fullmatch(text.strip()) for name in self._names)

    def near(self, text: str, among: Sequence[str]) -> tuple[str, ...]:
        """The papers whose words or meaning a text shares, the nearest first; empty where none is near."""
        shares = self._shares(text, among)
        best = max(shares.values(), default=0.0)
        if best >= _SHARED:
            return tuple(id for id in sorted(shares, key=lambda id: -shares[id]) if shares[id] >= 0.8 * best)
        latin = len(re.findall(r"[A-Za-z]", text))
        if self._embed is None or latin < 0.8 * len(re.findall(r"\w", text)):
            return ()
        [vector] = self._embed([text])
        cosines = {id: float(self._vectors[list(self.papers).index(id)] @ vector) for id in among}
        nearest = max(among, key=lambda id: cosines[id], default="")
        return (nearest,) if nearest and cosines[nearest] >= _COSINE else ()

    def own_words(self, text: str, among: Sequence[str]) -> tuple[str, ...]:
        """The papers, of some, that alone hold a word in Latin script which looks like a name."""
        words = {id: vocabulary((self.papers[id].title, self.papers[id].abstract)) for id in among}
        owners: set[str] = set()
        for name in {found for found in _LATIN.findall(text) if len(found) > 1 and not found.islower()}:
            having = [id for id, held in words.items() if held.holds(name)]
            if len(having) == 1:
                owners.add(having[0])
        return tuple(id for id in among if id in owners)

    def _shares(self, text: str, among: Sequence[str]) -> dict[str, float]:
        weights = {word: self._weight(word) for word in _words(text)}
        whole = math.fsum(weights.values())
        if not whole:
            return {}
        return {id: math.fsum(weights[w] for w in weights if w in self._held[id]) / whole for id in among}

    def _weight(self, word: str) -> float:
        return math.log((1 + len(self.papers)) / (1 + self._counts[word]))

    @cached_property
    def _held(self) -> dict[str, frozenset[str]]:
        return {id: _words(f"{paper.title} {paper.abstract}") for id, paper in self.papers.items()}

    @cached_property
    def _counts(self) -> Counter[str]:
        return Counter(word for held in self._held.values() for word in held)

    @cached_property
    def _vectors(self) -> NDArray[Any]:
        assert self._embed is not None
        return self._embed([paper_text(paper) for paper in self.papers.values()])


def _names(papers: Iterable[Paper]) -> dict[str, str]:
    """Name → id: what papers call themselves, and what only one of them makes known."""
    own: dict[str, set[str]] = {}
    for paper in papers:
        head, colon, _ = paper.title.partition(":")
        called = {own_name(paper), *(introduced(text) for _, text in paper.evidence)} - {""}
        flat = {name for one in called for name in ([one] if isinstance(one, str) else one)}
        flat |= {head} if colon and len(head.split()) <= 3 else set()
        for name in flat:
            if len(name) > 2 and not name.islower():
                own.setdefault(name, set()).add(paper.id)
    return {name: next(iter(ids)) for name, ids in own.items() if len(ids) == 1}


@lru_cache(maxsize=4096)
def _stands(name: str) -> re.Pattern[str]:
    """A name wherever it stands, also before a Korean particle: 'Pixtral-12B는', 'Pixtral 12B'."""
    loose = r"[-\s]?".join(re.escape(part) for part in re.split(r"[-\s]+", name))
    return re.compile(rf"(?<![A-Za-z0-9-]){loose}s?(?![A-Za-z0-9])")


def _words(text: str) -> frozenset[str]:
    return frozenset(token.casefold().strip(".,") for token in _TOKEN.findall(text))


def place(outline: ParsedReport, linker: PaperLinker) -> list[Placed]:
    """Of each line of a report, in order, the papers that it may be about."""
    return _Placing(outline, linker).all()


class _Placing:
    """Where the papers of one report stand in it."""

    def __init__(self, outline: ParsedReport, linker: PaperLinker) -> None:
        self._outline = outline
        self._linker = linker
        self._own = [self._found(Mention(text=line.text, links=line.links)) for line in outline.lines]
        self._headed = [self._found(one.heading) or self._found(one.byline) for one in outline.sections]
        self._listed = [
            tuple(dict.fromkeys(id for source in section.sources for id in self._found(source)))
            for section in outline.sections
        ]
        self._strange = [tuple(self._unknown(section)) for section in outline.sections]

    def all(self) -> list[Placed]:
        return [self._placed(n, line) for n, line in enumerate(self._outline.lines)]

    def _unknown(self, section: ReportSection) -> Iterator[str]:
        """What a section is headed by or lists, and is no paper that was given."""
        if not self._found(section.heading) and any(arxiv_id(link.url) for link in section.heading.links):
            yield section.heading.text
        for source in section.sources:
            linked = any(link.url.startswith("http") for link in source.links) or "http" in source.text
            if linked and not self._found(source):
                yield re.sub(r"\s*\(?https?://\S+", "", source.text)

    def _found(self, mention: Mention) -> tuple[str, ...]:
        return self._linker.mentioned(mention, self._outline.anchors)

    def _placed(self, number: int, line: ReportLine) -> Placed:
        own = self._own[number]
        around = tuple(self._outline.around(line.section))
        headed = next((self._headed[n] for n in around if self._headed[n]), ())
        listed = next((self._listed[n] for n in around if self._listed[n]), ())
        strange = next((self._strange[n] for n in around if self._strange[n]), ())
        if listed and not headed:
            placed = self._of_a_list(line, own, listed)
            return placed._replace(strange=strange if placed.how == "section" else ())
        if strange and not own:
            return Placed(strange=strange)
        labelled = next((found for mention in reversed(line.under) if (found := self._found(mention))), ())
        stands = headed if len(headed) == 1 else labelled or headed
        if len(stands) == 1:  # the block is about one paper, and may name others
            return Placed(tuple(dict.fromkeys((*stands, *own))), "mention" if own else "heading")
        if own:
            return Placed(own[:MOST], "mention")
        beside = self._beside(line)
        if len(beside) == 1 and not _of_the_day().search(line.text):
            return Placed(beside, "heading")
        return Placed(stands[:MOST], "heading") if stands else self._of_a_section(line)

    def _of_a_list(self, line: ReportLine, own: tuple[str, ...], listed: tuple[str, ...]) -> Placed:
        """A line of a section that lists its papers: what it tells of whom it speaks, else what stands before it."""
        for text, found in (
            (line.text, own),
            *((m.text, self._found(m)) for m in reversed((*line.under, *line.before))),
        ):
            if _several().search(text):
                return Placed(listed, "section")
            if one_of_them().search(text) and (
                placed := [id for id, ordinal in zip(listed, _ordinals(), strict=False) if ordinal.search(text)]
            ):
                return Placed(tuple(placed), "mention")
            here = tuple(id for id in found if id in listed) or (found if text == line.text else ())
            if here or (here := self._linker.own_words(text, listed) if len(listed) > 1 else ()):
                return Placed(here, "mention" if text == line.text else "heading")
        return Placed(listed, "section")

    def _beside(self, line: ReportLine) -> tuple[str, ...]:
        """The papers that the paragraph of a line names."""
        block = (line.number, line.section)
        beside = (
            id
            for other, own in zip(self._outline.lines, self._own, strict=True)
            if (other.number, other.section) == block
            for id in own
        )
        return tuple(dict.fromkeys(beside))

    def _of_a_section(self, line: ReportLine) -> Placed:
        """A line that names nobody, and stands under nobody: any paper of its section, or of the report."""
        filed = (self._filed_in(section) for section in self._outline.around(line.section))
        told = next((told for told in filed if told), ()) or self._all_told
        if told and len(told) <= MOST:
            return Placed(told, "section")
        near = self._linker.near(line.text, told or tuple(self._linker.papers))
        return Placed(near, "nearness") if near else Placed()

    def _filed_in(self, section: int) -> tuple[str, ...]:
        """The papers of a section that tells some under headings or lists. One that only names some may mean others."""
        inside = self._outline.within(section)
        filed = [id for n in sorted(inside) for id in (*self._headed[n], *self._listed[n])]
        lines = zip(self._outline.lines, self._own, strict=True)
        named = [id for line, own in lines if line.section in inside for id in own]
        return tuple(dict.fromkeys((*filed, *named))) if filed else ()

    @cached_property
    def _all_told(self) -> tuple[str, ...]:
        return tuple(dict.fromkeys(id for found in (*self._headed, *self._listed, *self._own) for id in found))
