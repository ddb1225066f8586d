"""The report as Markdown. Its outline comes from here; claims, titles and reasons only ever fill lines in it."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date

from domain.claims import Claim, Evidence
from domain.papers import Paper
from domain.reports import CauseKind, Gap, Health, Repeat, Report, Section
from domain.taxonomy import Taxonomy
from domain.trends import Fact

from .citations import cite
from .escape import address, escape, link
from .layout import picture_name, trend_name, way_to
from .tally import shows_trend, tallies, unplaced
from .words import TITLE, words

_LINKED = 3
"""Days that a fact links to, the first and the last ones of them; and papers, the first."""


def render(report: Report, taxonomy: Taxonomy) -> str:
    """The whole report in one Markdown document, the same bytes for the same report.

    A claim that rests on nothing is not printed, only counted. Raises KeyError where a claim or a list names a paper
    or a fact that the report does not hold.
    """
    return "\n\n".join(_Page(report, taxonomy).blocks()) + "\n"


def _printable(claims: Iterable[Claim]) -> list[Claim]:
    return [claim for claim in claims if claim.evidence or claim.facts]


def _parts(section: Section) -> tuple[tuple[Claim, ...], ...]:
    """The five numbered parts in printing order."""
    return (
        section.themes,
        (*section.keywords, *section.trend),
        section.findings,
        section.impact,
        section.outlook,
    )


class _Page:
    """One report on its way to Markdown: each method gives blocks, which blank lines will part."""

    def __init__(self, report: Report, taxonomy: Taxonomy) -> None:
        self.report = report
        self.taxonomy = taxonomy
        self.words = words(report.language)
        self.papers = {paper.id: paper for paper in report.papers}
        order = {category.key: place for place, category in enumerate(taxonomy.all)}
        self.chapters: list[Section | Gap] = sorted(
            (*report.sections, *report.gaps), key=lambda part: order[taxonomy[part.category].key]
        )
        self.facts = {fact.id: fact for facts in (*(s.facts for s in report.sections), report.facts) for fact in facts}
        self.claims = tuple(self._claims())
        self.citations = cite(self.claims)

    def blocks(self) -> Iterator[str]:
        yield f"# {TITLE}"
        yield f"![{self.words.picture}]({picture_name(self.report.day)})"
        yield self._status()
        yield from self._overview()
        yield from self._trends()
        for chapter in self.chapters:
            yield from self._section(chapter) if isinstance(chapter, Section) else self._gap(chapter)
        if others := unplaced(self.report):
            yield f"## {self.words.others}"
            yield self._links(others)
        if not self.report.papers:
            yield self.words.nothing[self.report.status]
        yield from self._evidence()
        yield "---"
        yield self.words.footer

    def _claims(self) -> Iterator[Claim]:
        """Every claim in printing order."""
        yield from _printable(self.report.overview)
        yield from _printable(self.report.trend)
        for chapter in self.chapters:
            if isinstance(chapter, Section):
                yield from _printable([chapter.headline] if chapter.headline else [])
                for part in _parts(chapter):
                    yield from _printable(part)

    def _status(self) -> str:
        report, w = self.report, self.words
        why = "; ".join(self._causes()) or escape(report.reason)
        state = w.statuses[report.status] + (f": {why}" if why else "")
        lines = [
            f"- **{w.day}:** {w.dated(report.day)}",
            f"- **{w.status}:** {state}",
            f"- **{w.papers}:** {self._counts()}",
            *(f"- **{w.source} {escape(health.source)}:** {self._health(health)}" for health in report.health),
            f"- **{w.model}:** {escape(report.model)}",
        ]
        if report.extractive:
            lines += ["", w.quoted_report]
        return "\n".join(f"> {line}".rstrip() for line in lines)

    def _causes(self) -> Iterator[str]:
        """The report's own words for why the day is not complete, what is alike in one."""
        about: dict[CauseKind, list[str]] = {}
        for cause in self.report.causes:
            of_sources = cause.kind in ("nothing listed", "unusable", "no papers", "silent")
            names = (name if of_sources else self.taxonomy[name].name(self.report.language) for name, _ in cause.about)
            about.setdefault(cause.kind, []).extend(escape(name) for name in names)
        for kind, names in about.items():
            yield self.words.causes[kind].format(names=", ".join(names))

    def _counts(self) -> str:
        w, rows = self.words, tallies(self.report, self.taxonomy)
        new = {
            w.synthesised: sum(len(row.synthesised) for row in rows),
            w.listed: sum(len(row.listed) for row in rows),
            w.missing: sum(len(row.missing) for row in rows),
        }
        detail = ", ".join(f"{label} {count}" for label, count in new.items() if count)
        repeated = sum(len(row.repeated) for row in rows)
        records = sum(health.held for health in self.report.health if not health.signal)
        merged = records - sum(new.values()) - repeated
        told = w.counts.format(
            total=sum(new.values()) + repeated,
            new=sum(new.values()),
            detail=f" ({detail})" if detail else "",
            repeated=repeated,
        )
        return told + (w.merged.format(count=merged) if merged > 0 else "")

    def _health(self, health: Health) -> str:
        w = self.words
        held = w.held if health.listed is None else w.held_of
        told = [w.states[health.state]]
        if health.listed is not None or health.held:
            told.append(held.format(listed=health.listed, held=health.held))
        if health.batch:
            told.append(w.batch.format(batch=health.batch.isoformat()))
        if health.signal:
            told.append(w.signal)
        return ", ".join(told) + (f" ({escape(health.note)})" if health.note else "")

    def _heading(self, key: str) -> str:
        category = self.taxonomy[key]
        name = category.name(self.report.language)
        other = f" ({escape(category.en)})" if name != category.en else ""
        return f"## {category.emoji} {escape(name)}{other}"

    def _claim(self, claim: Claim) -> str:
        mark = f" {self.words.analysis}" if claim.kind == "analysis" else ""
        return f"{escape(claim.text)}{mark} {self.citations.marks(claim)}"

    def _overview(self) -> Iterator[str]:
        if self.report.overview:
            yield f"## {self.words.overview}"
            kept = _printable(self.report.overview)
            if kept:
                yield "\n".join(f"- {self._claim(claim)}" for claim in kept)
            yield from self._left_out(len(self.report.overview) - len(kept))

    def _trends(self) -> Iterator[str]:
        claims, drawn = _printable(self.report.trend), shows_trend(self.report)
        if claims or drawn:
            yield f"## {self.words.trends}"
        if claims:
            yield "\n".join(f"- {self._claim(claim)}" for claim in claims)
        if drawn:
            yield f"![{self.words.trend_picture}]({trend_name(self.report.day)})"

    def _section(self, section: Section) -> Iterator[str]:
        w = self.words
        yield self._heading(section.category)
        if section.extractive and not self.report.extractive:
            yield w.quoted_section
        yield f"**{w.summary}:**"
        if section.headline and _printable([section.headline]):
            yield self._claim(section.headline)
        elif not section.papers:
            yield w.no_paper
        yield self._five(section)
        said = [claim for _, claim in section.claims()]
        yield from self._left_out(len(section.drops) + len(said) - len(_printable(said)))
        if section.papers:
            yield f"**{w.sources}:**"
            yield "\n".join(self._source(self.papers[id]) for id in section.papers)
        if section.also:
            yield f"**{w.also}:**"
            yield self._links(section.also)
        yield from self._repeats(section.repeats)

    def _five(self, section: Section) -> str:
        w = self.words
        empty = w.none if not section.papers else w.no_quote if section.extractive else w.no_sentence
        parts: list[str] = []
        for number, (title, claims) in enumerate(zip(w.parts, _parts(section), strict=True), start=1):
            printed = _printable(claims)
            trends = [claim for claim in printed if claim in section.trend]
            lines = [f"   - {self._claim(claim)}" for claim in printed if claim not in trends]
            if trends:
                lines.append(f"   - **{w.trend_label}:**")
                lines += [f"     - {self._claim(claim)}" for claim in trends]
            parts.append(
                "\n".join([f"{number}. **{title}**", *lines] if lines else [f"{number}. **{title}**: {empty}"])
            )
        return ("\n\n" if section.papers else "\n").join(parts)

    def _left_out(self, count: int) -> Iterator[str]:
        if count:
            yield self.words.left_out.format(count=count)

    def _gap(self, gap: Gap) -> Iterator[str]:
        yield self._heading(gap.category)
        yield self.words.gap.format(reason=escape(gap.reason))
        if gap.papers:
            yield f"**{self.words.gap_papers}:**"
            yield self._links(gap.papers)
        yield from self._repeats(gap.repeats)

    def _repeats(self, repeats: Sequence[Repeat]) -> Iterator[str]:
        if repeats:
            yield f"**{self.words.repeats}:**"
            yield "\n".join(
                f"- {self._link(repeat.paper_id)} — {self.words.first_listed.format(day=self._other(repeat.first_day))}"
                for repeat in repeats
            )

    def _source(self, paper: Paper) -> str:
        safe = address(paper.url)
        return f" - {escape(paper.title)}" + (f" ({safe})" if safe else "")

    def _links(self, ids: Iterable[str]) -> str:
        return "\n".join(f"- {self._link(id)}" for id in ids)

    def _link(self, paper_id: str) -> str:
        paper = self.papers[paper_id]
        return link(paper.title, paper.url)

    def _other(self, day: date) -> str:
        return f"[{day.isoformat()}]({way_to(day, self.report.language)})"

    def _evidence(self) -> Iterator[str]:
        w, cited = self.words, self.citations
        if not self.claims:
            return
        yield f"## {w.evidence}"
        notes = [w.evidence_note]
        if any(claim.kind == "analysis" for claim in self.claims):
            notes.append(w.analysis_note)
        if cited.facts:
            notes.append(w.facts_note)
        yield " ".join(notes)
        entries = [self._sentence(number, evidence) for number, evidence in enumerate(cited.sentences, start=1)]
        entries += [self._fact(number, self.facts[id]) for number, id in enumerate(cited.facts, start=1)]
        yield "\n".join(entries)

    def _sentence(self, number: int, evidence: Evidence) -> str:
        w = self.words
        where = w.sentence_cited.format(number=evidence.sentence) if evidence.sentence else w.title_cited
        source = f"{self._link(evidence.paper_id)}, {where}"
        anchor = f'- <a id="e{number}"></a>**[{number}]**'
        if self.citations.is_quoted(evidence):
            return f"{anchor} {source} {w.quoted}"
        # A cited title stands in the link already.
        return f"{anchor} “{escape(evidence.quote)}” — {source}" if evidence.sentence else f"{anchor} {source}"

    def _fact(self, number: int, fact: Fact) -> str:
        told = f'- <a id="t{number}"></a>**[T{number}]** {escape(fact.text(self.report.language))}'
        days, papers = sorted(fact.days), list(self._named(fact.papers))
        if (more := len(days) - _LINKED) > 0:
            days = [days[0], *days[1 - _LINKED :]]
        about = [self._other(day) for day in days] + ([self.words.more_days.format(count=more)] if more > 0 else [])
        about += papers[:_LINKED]
        if (more := len(papers) - _LINKED) > 0:
            about.append(self.words.more_papers.format(count=more))
        return f"{told} — {' · '.join(about)}" if about else told

    def _named(self, ids: Iterable[str]) -> Iterator[str]:
        """Short links to papers that may be of another day, of which only the id is known."""
        for id in ids:
            if id.startswith("arxiv:"):
                yield link(id.replace("arxiv:", "arXiv:"), Paper(id=id, title=id, abstract="").url)
            elif id in self.papers:
                yield self._link(id)
