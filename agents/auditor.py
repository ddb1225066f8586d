"""Holds a report, whoever wrote it, against its papers: the critic judges its lines as it judges ours.

Without a judge, or with one that fails its exam, the rules alone say what they find.
"""

from collections.abc import Iterable, Sequence

from domain.audits import Aside, Audit, Audited, AuditedPaper, Untold, Verdict
from domain.errors import UsageError
from domain.grounding.compare import same
from domain.grounding.quantities import quantities
from domain.headlines import Headline, carried, headlines
from domain.kinds import Role
from domain.lines import Line
from domain.papers import Paper
from domain.reports import Drop
from domain.sentences import Sentence
from models.llm import LLM

from .audit_judge import by_rules, judge
from .examiner import examine
from .placing import Embed, PaperLinker, Placed, place
from .report_reader import ParsedReport, ReportLine, parse_report

_AUTHORS = 12
"""Names of one paper that the judge is shown."""


class AuditError(UsageError):
    """A report that cannot be audited; the text says why."""


async def audit(
    text: str,
    papers: Iterable[Paper],
    *,
    report: str,
    language: str,
    llm: LLM | None = None,
    exam: float = 0.9,
    embed: Embed | None = None,
    unusable: Iterable[Drop] = (),
) -> Audit:
    """Every line of a report's Markdown, judged.

    ``llm`` judges, if it reaches the mark ``exam`` (0–1; 0: no exam) first; None: rules alone. ``embed`` finds papers
    by meaning where neither words nor place tell. Raises AuditError for a text without lines, and where none of them
    can be tied to any of the papers; StopRun where the model cannot be asked at all.
    """
    given = tuple(papers)
    linker = PaperLinker((_listed(paper) for paper in given), embed)
    outline = parse_report(text)
    told = [one for one in zip(outline.lines, place(outline, linker), strict=True) if not linker.is_name(one[0].text)]
    if not told:
        raise AuditError("it has no line that says anything of a paper: expected is a report in Markdown")
    if not any(where.papers for _, where in told):
        raise AuditError(f"none of its {len(told)} lines speaks of the {len(given)} papers given: are they of its day?")
    lines = [Line(papers=where.papers, role=_role(one, where, outline, linker), text=one.text) for one, where in told]
    sat = await examine(language=language, llm=llm, foreign=True) if llm and exam else None
    believed = llm is not None and (not exam or (sat is not None and sat.score >= exam))
    if llm and believed:
        verdicts = await judge(lines, linker.papers, language=language, llm=llm)
    else:
        why = "no judge was asked" if sat is None else f"the judge is not believed: {sat.in_words}"
        verdicts = by_rules(lines, linker.papers, language=language, why=f"{why}; the rules find nothing")
    audited = tuple(
        _audited(one, where, outline, line, verdict)
        for (one, where), line, verdict in zip(told, lines, verdicts, strict=True)
    )
    return Audit(
        report=report,
        language=language,
        asked=llm.name if llm else "",
        exam=sat,
        believed=believed,
        lines=audited,
        papers=tuple(_paper(paper, audited) for paper in given),
        asides=_asides(outline, linker),
        unusable=tuple(unusable),
    )


def _listed(paper: Paper) -> Paper:
    """The paper with one more sentence: what the list of papers says of it, which reports tell too."""
    authors = list(paper.authors[:_AUTHORS])
    more = len(paper.authors) - len(authors)
    said = [f"{paper.votes} votes"] if paper.votes else []
    said += [f"published {paper.published.isoformat()}"] if paper.published else []
    said += [f"by {', '.join(authors)}{f' and {more} others' if more > 0 else ''}"] if authors else []
    said += [f"{one.kind} {'announced' if one.announced else 'available'}" for one in paper.resources]
    said += ["the abstract breaks off"] if paper.breaks_off else []
    if not said:
        return paper
    sentence = Sentence(text=f"Listed: {'; '.join(dict.fromkeys(said))}.")
    return paper.model_copy(update={"sentences": (*paper.sentences, sentence)})


def _role(told: ReportLine, where: Placed, outline: ParsedReport, linker: PaperLinker) -> Role:
    """What a line is on its page, as far as its place tells."""
    if told.concludes:
        return "note"
    if told.form != "sentence":
        return "hook"
    if len(where.papers) > 1 and where.how == "mention":
        return "thread"
    sections = [outline.sections[n] for n in outline.around(told.section)]
    filed = any(section.sources or linker.mentioned(section.heading, {}) for section in sections)
    return "result" if filed else "opening"


def _audited(told: ReportLine, where: Placed, outline: ParsedReport, line: Line, verdict: Verdict) -> Audited:
    if where.strange and (verdict.faulty or verdict.standing == "unplaced"):
        # What none of the papers carries may be carried by one that is not here.
        why = f"it may be about a paper that was not given: {'; '.join(where.strange)}"
        verdict = Verdict(standing="unplaced", why=why)
    headings = [outline.sections[n].heading.text for n in outline.around(told.section)]
    return Audited(
        text=told.text,
        number=told.number,
        headings=tuple(text for text in reversed(headings) if text),
        role=line.role,
        papers=where.papers,
        found_by=where.how,
        verdict=verdict,
    )


def _asides(outline: ParsedReport, linker: PaperLinker) -> tuple[Aside, ...]:
    asides = [Aside(text=one.text, number=one.number, kind=one.kind) for one in outline.skipped]
    asides += [
        Aside(text=one.text, number=one.number, kind="title") for one in outline.lines if linker.is_name(one.text)
    ]
    return tuple(sorted(asides, key=lambda aside: aside.number))


def _paper(paper: Paper, lines: Sequence[Audited]) -> AuditedPaper:
    """A paper with those of its headline figures that no line tells."""
    texts = [line.text for line in lines if paper.id in line.papers]
    sentences = [sentence.text for sentence in paper.sentences]
    figures = [one for one in headlines(sentences) if paper.sentences[one.sentence - 1].use == "evidence"]
    return AuditedPaper(
        id=paper.id,
        title=paper.title,
        url=paper.url,
        lines=len(texts),
        figures=len(figures),
        untold=tuple(
            Untold(sentence=one.sentence, figure=one.counts, quote=sentences[one.sentence - 1])
            for one in figures
            if not (carried(one, texts) or _told_otherwise(one, texts))
        ),
    )


def _told_otherwise(headline: Headline, texts: Sequence[str]) -> bool:
    """Whether a text says the figure's value of something else: told, rightly or not."""
    value = headline.quantity.value
    return any(same(value, end) for text in texts for said in quantities(text) for end in (said.value, said.raw))
