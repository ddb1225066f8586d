"""Holds a published report against its papers: the critic's rules over every sentence, and nothing but the rules."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence

from domain.claims import Brief
from domain.grounding.comparisons import COMPARISON_RULES
from domain.grounding.figures import FIGURE_RULES
from domain.grounding.glossary import Glossary
from domain.grounding.markup import markup
from domain.grounding.pairing import PAIRING_RULES
from domain.grounding.passage import Cited, Fault, Passage
from domain.grounding.repeats import duplicates
from domain.grounding.texts import text_rules
from domain.grounding.vocabulary import vocabulary
from domain.papers import Paper, arxiv_id, paper_id, title_key
from domain.taxonomy import Taxonomy
from domain.value import Value

from .report_reader import Chapter, Entry, Line, Listed, Outline, read_report

_FIGURES = (*FIGURE_RULES, *COMPARISON_RULES, *PAIRING_RULES)
"""What must be wrong for each paper that a sentence may speak of."""
_OF_FIGURES = frozenset(
    "figure-value figure-scale figure-unit percent-point figure-noun figure-range figure-sign quantifier figure-absent "
    "arithmetic".split()
)
_OF_FORM = frozenset(
    "term language script garbled leftover markup invisible instruction generic said-twice".split(),
)
"""Rules that can be judged although one of the papers is not known."""
_ORDINALS = (
    re.compile(r"첫\s*번째|첫째|(?<![가-힣])첫\s*논문|\bfirst (?:paper|study|work)\b", re.IGNORECASE),
    re.compile(r"두\s*번째|둘째|\bsecond (?:paper|study|work)\b", re.IGNORECASE),
    re.compile(r"세\s*번째|셋째|\bthird (?:paper|study|work)\b", re.IGNORECASE),
    re.compile(r"네\s*번째|넷째|\bfourth (?:paper|study|work)\b", re.IGNORECASE),
    re.compile(r"다섯\s*번째|다섯째|\bfifth (?:paper|study|work)\b", re.IGNORECASE),
)
_OF_A_PAPER = re.compile(
    r"(?:[첫두세네]|다섯)\s*번째\s*(?:논문|연구)|(?<![가-힣])첫\s*(?:논문|연구)"
    r"|\b(?:first|second|third|fourth|fifth) (?:paper|study|work)\b",
    re.IGNORECASE,
)
_SEVERAL = re.compile(
    r"(?<![가-힣])(?:두|세|네|각|모든|여러|다섯)\s*(?:편의\s*|개의\s*)?(?:논문|연구)|(?:논문|연구)들"
    r"|\b(?:both|these|all(?: the)?) (?:papers|studies|works)\b",
    re.IGNORECASE,
)
_MATH = re.compile(r"\$[^$\s][^$]*\$")
_NAME = re.compile(r"(?<![A-Za-z0-9])[A-Za-z][A-Za-z0-9]*(?:[-.+][A-Za-z0-9]+)*")


class AuditError(ValueError):
    """A report that cannot be audited; the text says why."""


class Finding(Value):
    """One fault of one sentence."""

    section: str
    sentence: str
    papers: tuple[str, ...]
    """Titles of the papers that the sentence was held against."""
    rule: str
    span: str
    reason: str


class Unchecked(Value):
    """What could not be held against anything."""

    section: str
    what: str
    reason: str


class Audited(Value):
    """One section as it was understood."""

    heading: str
    category: str | None
    """Key of the category that the heading means, where it means one."""
    papers: tuple[str, ...]
    """Ids of its papers, those that were found."""
    sentences: int


class Audit(Value):
    """What the rules say about a report."""

    sections: tuple[Audited, ...]
    faults: tuple[Finding, ...]
    unchecked: tuple[Unchecked, ...]

    @property
    def sentences(self) -> int:
        return sum(section.sentences for section in self.sections)

    @property
    def totals(self) -> dict[str, int]:
        """Faults by rule, the most frequent first."""
        return dict(Counter(finding.rule for finding in self.faults).most_common())


def audit(text: str, papers: Iterable[Paper], taxonomy: Taxonomy, glossary: Glossary, language: str) -> Audit:
    """Every fault that a rule finds in a report's Markdown, in reading order.

    A sentence with citations is held against the sentences that it cites. One without is held against the papers that
    it names, and where it names none against all papers of its section: a figure is then wrong only if it is wrong for
    each of them. Raises AuditError for a text without sections, and where none of its papers is among ``papers``.
    """
    outline = read_report(text)
    if not outline.chapters:
        raise AuditError("it has no section: expected are headings '## …' with sentences and a list of papers")
    shelf = _Shelf(papers)
    named = dict.fromkeys(listed for listed in _named(outline) if listed)
    if not named:
        raise AuditError("it names no papers: expected is a list of titles under '출처:' or 'Sources:' in each section")
    if not any(shelf.find(listed) for listed in named):
        raise AuditError(
            f"none of the {len(named)} papers that it names is among the {len(shelf)} given: are they of another day?"
        )
    sections = [_Section(chapter, outline, shelf, glossary, language) for chapter in outline.chapters]
    return Audit(
        sections=tuple(section.audited(taxonomy) for section in sections),
        faults=tuple(finding for section in sections for finding in section.findings()),
        unchecked=tuple(unchecked for section in sections for unchecked in section.unchecked()),
    )


def _named(outline: Outline) -> Iterator[Listed | None]:
    yield from (listed for chapter in outline.chapters for listed in chapter.sources)
    yield from (entry.paper for entry in outline.evidence.values())


class _Shelf:
    """The papers by id and by title."""

    def __init__(self, papers: Iterable[Paper]) -> None:
        held = tuple(papers)
        self._by_id = {paper.id: paper for paper in held}
        self._by_title = {title_key(paper.title): paper for paper in held}

    def __len__(self) -> int:
        return len(self._by_id)

    def find(self, listed: Listed) -> Paper | None:
        known = arxiv_id(listed.url)
        return self._by_id.get(f"arxiv:{known}") or self._by_title.get(title_key(listed.title))


class _Section:
    """One chapter, each of its lines with the papers that it may rest on."""

    def __init__(self, chapter: Chapter, outline: Outline, shelf: _Shelf, glossary: Glossary, language: str) -> None:
        self._heading = chapter.heading
        self._evidence = outline.evidence
        self._shelf = shelf
        self._language = language
        self._words = text_rules(glossary)
        self._papers = tuple({(found := self._paper(source)).id: found for source in chapter.sources}.values())
        self._lines = tuple((line, self._candidates(line)) for line in chapter.lines)

    def audited(self, taxonomy: Taxonomy) -> Audited:
        # Emoji and an English name in parentheses are no part of a category's name.
        category = taxonomy.find(re.sub(r"\s*\([^()]*\)\s*$", "", self._heading))
        return Audited(
            heading=self._heading,
            category=category.key if category else None,
            papers=tuple(paper.id for paper in self._papers if paper.abstract),
            sentences=len(self._lines),
        )

    def unchecked(self) -> Iterator[Unchecked]:
        spoken = Counter({paper.title: 0 for paper in self._papers if not paper.abstract})
        spoken.update(cited.title for _, candidates in self._lines for cited in candidates if not cited.abstract)
        for title, count in spoken.items():
            reason = f"no abstract of it was given: {count} sentences that may speak of it were checked for form only"
            yield Unchecked(section=self._heading, what=title, reason=reason)
        if bare := sum(1 for line, candidates in self._lines if not candidates and not self._facts(line)):
            reason = "they rest on no paper: checked for form only"
            yield Unchecked(section=self._heading, what=f"{bare} sentences", reason=reason)

    def findings(self) -> Iterator[Finding]:
        texts = [line.text for line, _ in self._lines]
        twice = {place: texts[earlier] for place, earlier in duplicates(texts)}
        for place, (line, candidates) in enumerate(self._lines):
            faults = _widest(self._faults(line, candidates))
            if place in twice:
                reason = f"the section says already: {twice[place]}"
                faults.append(Fault(rule="said-twice", span=line.text, reason=reason))
            for fault in faults:
                yield Finding(
                    section=self._heading,
                    sentence=line.text,
                    papers=tuple(cited.title for cited in candidates),
                    **fault.model_dump(),
                )

    def _faults(self, line: Line, candidates: Sequence[Cited]) -> Iterator[Fault]:
        if any(line.text.casefold() in s.casefold() for cited in candidates for s in cited.sentences):
            return  # a quotation
        known = tuple(cited for cited in candidates if cited.abstract)
        whole = self._passage(line, known)
        words = [fault for rule in self._words for fault in rule(whole)]
        if _MATH.search(line.text):  # taken out of the passage, where its macros would pass for names
            words += markup(whole.model_copy(update={"text": line.text}))
        if len(known) < len(candidates) or not (known or whole.facts):
            yield from (fault for fault in words if fault.rule in _OF_FORM)
            return
        yield from (fault for rule in _FIGURES for fault in rule(whole) if self._for_each(fault, line, known))
        yield from words

    def _for_each(self, fault: Fault, line: Line, candidates: Sequence[Cited]) -> bool:
        """Whether the words are wrong for every paper that the sentence may speak of, taken alone, and for a figure
        also for each of their sentences: any of them may be the one that it rests on."""
        if line.cites:
            return True
        alone = candidates
        if fault.rule in _OF_FIGURES:
            alone = [c.model_copy(update={"sentences": (sentence,)}) for c in candidates for sentence in c.sentences]
        elif len(candidates) == 1:
            return True
        return all(
            any(other.span == fault.span for rule in _FIGURES for other in rule(self._passage(line, (cited,))))
            for cited in alone
        )

    def _passage(self, line: Line, cited: Sequence[Cited]) -> Passage:
        # 'The second paper' counts papers of the report, and is no figure of a paper.
        text = _OF_A_PAPER.sub("이 논문" if self._language == "ko" else "the paper", _MATH.sub(" ", line.text))
        facts = self._facts(line)
        return Passage(text=text, language=self._language, kind=line.kind, cited=tuple(cited), facts=facts)

    def _candidates(self, line: Line) -> tuple[Cited, ...]:
        if not line.cites:
            return tuple(
                Cited(title=paper.title, abstract=paper.abstract, sentences=_sentences(paper))
                for paper in spoken_of(line, self._papers)
            )
        cited: dict[str, tuple[Paper, list[str]]] = {}
        for entry in self._entries(line):
            if entry.paper:
                paper = self._paper(entry.paper)
                cited.setdefault(paper.id, (paper, []))[1].extend(_quoted(paper, entry))
        return tuple(
            Cited(title=paper.title, abstract=paper.abstract, sentences=tuple(dict.fromkeys(held)))
            for paper, held in cited.values()
        )

    def _facts(self, line: Line) -> tuple[str, ...]:
        return tuple(entry.text for entry in self._entries(line) if not entry.paper)

    def _entries(self, line: Line) -> list[Entry]:
        return [self._evidence[anchor] for anchor in line.cites if anchor in self._evidence]

    def _paper(self, listed: Listed) -> Paper:
        """The paper; without an abstract where it is not among those given."""
        found = self._shelf.find(listed)
        return found or Paper(id=paper_id(listed.title, listed.url), title=listed.title, abstract="")


def _widest(faults: Iterable[Fault]) -> list[Fault]:
    """Each fault once; of one rule only those whose words are no part of another's."""
    distinct = list(dict.fromkeys(faults))
    return [
        fault
        for fault in distinct
        if not any(o.rule == fault.rule and o.span != fault.span and fault.span in o.span for o in distinct)
    ]


def _sentences(paper: Paper) -> tuple[str, ...]:
    return Brief(papers=(paper,)).sentences_of(0)


def _quoted(paper: Paper, entry: Entry) -> tuple[str, ...]:
    """The cited sentence; all of them where the paper given has another one in its place."""
    held = _sentences(paper)
    if entry.sentence is None or entry.sentence >= len(held) or entry.text not in ("", held[entry.sentence]):
        return held
    return (held[entry.sentence],)


def spoken_of(line: Line, papers: Sequence[Paper]) -> tuple[Paper, ...]:
    """The papers of a section that a sentence speaks of, as far as the text tells; all of them where it does not.

    The sentence itself tells first (a place in the list, a title, a name that only one paper has), then what stands
    before it in its paragraph, then what it stands under.
    """
    if len(papers) > 1:
        for text in (line.text, *reversed(line.under)):
            if _SEVERAL.search(text):
                return tuple(papers)
            if found := _told(text, papers):
                return found
    return tuple(papers)


def _told(text: str, papers: Sequence[Paper]) -> tuple[Paper, ...]:
    if _OF_A_PAPER.search(text) and (placed := [p for p, n in zip(papers, _ORDINALS, strict=False) if n.search(text)]):
        return tuple(placed)
    folded = title_key(text)
    if titled := [paper for paper in papers if title_key(paper.title) in folded]:
        return tuple(titled)
    words = {paper.id: vocabulary((paper.title, paper.abstract)) for paper in papers}
    owners: set[str] = set()
    for name in {found for found in _NAME.findall(text) if len(found) > 1 and not found.islower()}:
        having = [id for id, held in words.items() if held.holds(name)]
        if len(having) == 1:
            owners.add(having[0])
    return tuple(paper for paper in papers if paper.id in owners)
