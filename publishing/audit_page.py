"""An audit as a page, in Markdown or HTML: each faulty line, what is wrong, how it would be right, and the evidence."""

import html
from collections import Counter
from collections.abc import Iterator, Sequence

from markdown_it import MarkdownIt

from domain.audits import SEVERITIES, Audit, Audited, AuditedPaper
from domain.claims import Evidence
from domain.languages import find
from domain.wording import AuditWords

from .escape import bold, escape, link

_STYLE = """body{font:16px/1.6 system-ui,sans-serif;max-width:46rem;margin:2rem auto;padding:0 1rem;color:#222}
h1{font-size:1.5rem}h2{font-size:1.15rem;margin-top:2rem;border-bottom:1px solid #ddd}h3{font-size:1rem;color:#555}
blockquote{margin:.5rem 0;padding:.2rem 1rem;border-left:4px solid #c33;background:#faf6f6}
li{margin:.2rem 0}a{color:#0645ad}@media(prefers-color-scheme:dark){body{background:#181818;color:#ddd}
blockquote{background:#241c1c}h2{border-color:#444}h3{color:#aaa}a{color:#8ab4f8}}"""


def markdown(audit: Audit) -> str:
    """The page as Markdown, the same bytes for the same audit."""
    return "\n\n".join(_blocks(audit, find(audit.language).audit)) + "\n"


def html_page(audit: Audit) -> str:
    """The same page as one HTML file that needs nothing else."""
    title = html.escape(find(audit.language).audit.title.format(report=audit.report))
    body = MarkdownIt("commonmark", {"html": False}).render(markdown(audit))
    return (
        f'<!doctype html>\n<html lang="{html.escape(audit.language)}">\n<head><meta charset="utf-8">'
        f'<meta name="viewport" content="width=device-width"><title>{title}</title>\n<style>{_STYLE}</style></head>\n'
        f"<body>\n{body}</body>\n</html>\n"
    )


def _blocks(audit: Audit, w: AuditWords) -> Iterator[str]:
    papers = {paper.id: paper for paper in audit.papers}
    yield f"# {escape(w.title.format(report=audit.report))}"
    yield _summary(audit, w)
    yield _judge(audit, w)
    if not audit.faults:
        yield w.none
    number = 0
    for severity in SEVERITIES:
        faults = [line for line in audit.faults if line.verdict.severity == severity]
        if faults:
            yield f"## {w.severities[severity]} ({len(faults)})"
        for line in faults:
            number += 1
            yield from _fault(number, line, papers, w)
    yield from _untold(audit.papers, w)
    yield from _left(audit, w)


def _summary(audit: Audit, w: AuditWords) -> str:
    counts = [f"{name} {audit.count(standing)}" for standing, name in w.standings.items() if audit.count(standing)]
    held = w.held.format(papers=len(audit.papers), lines=len(audit.lines))
    return f"{held} {' · '.join(counts)}."


def _judge(audit: Audit, w: AuditWords) -> str:
    if not audit.asked:
        return f"{w.rules_alone} {w.rules_see}"
    if not (exam := audit.exam):
        return f"{w.judged.format(model=escape(audit.asked))} {w.unexamined}"
    told = w.examined.format(planted=exam.planted, caught=exam.caught, right=exam.right, passed=exam.passed)
    told += f" {w.unanswered.format(why=escape(exam.failure))}" if exam.failure else ""
    told = f"{w.judged.format(model=escape(audit.asked))} {told}"
    return told if audit.believed else f"{told} {w.disbelieved} {w.rules_see}"


def _fault(number: int, line: Audited, papers: dict[str, AuditedPaper], w: AuditWords) -> Iterator[str]:
    verdict = line.verdict
    place = [escape(heading) for heading in line.headings[-2:]] + [w.place.format(number=line.number)]
    yield f"### {number}\\. {' › '.join(place)}"
    yield f"> {escape(line.text)}"
    lines: list[str] = []
    if verdict.kind:
        lines.append(f"- **{w.kinds[verdict.kind]}** {escape(verdict.why)}")
    for objection in verdict.objections:
        span = f"{w.in_quotes(escape(objection.span))} " if objection.span else ""
        lines.append(f"- **{w.rule.format(name=escape(objection.rule))}** {span}{escape(objection.reason)}")
    if verdict.standing == "dropped":
        lines.append(f"- {w.dropped}")
    if verdict.mended:
        confirmed = "" if verdict.confirmed else f" {w.unconfirmed}"
        lines.append(f"- {w.mended}: **{escape(verdict.mended)}**{confirmed}")
    lines += [f"- {w.evidence}: {_evidence(one, papers, w)}" for one in verdict.evidence]
    if not verdict.evidence:
        lines += [f"- {link(papers[id].title, papers[id].url)}" for id in line.papers[:3] if id in papers]
    yield "\n".join(lines)


def _evidence(evidence: Evidence, papers: dict[str, AuditedPaper], w: AuditWords) -> str:
    paper = papers.get(evidence.paper_id)
    title = link(paper.title, paper.url) if paper else escape(evidence.paper_id)
    if not evidence.sentence:
        return f"{title}, {w.paper_title}"
    listed = evidence.quote.startswith("Listed: ")
    place = w.listed if listed else w.sentence.format(number=evidence.sentence)
    return f"{title}, {place}: {w.in_quotes(bold(evidence.quote))}"


def _untold(papers: Sequence[AuditedPaper], w: AuditWords) -> Iterator[str]:
    """The headline figures that no line tells, by paper."""
    figures = [paper for paper in papers if paper.untold and paper.lines]
    missing = [paper for paper in papers if not paper.lines]
    yield f"## {w.untold}"
    if not figures and not missing:
        yield w.all_told
    if figures:
        yield "\n".join(_untold_of(paper, w) for paper in figures)
    if missing:
        yield f"**{w.untold_paper}**"
        yield "\n".join(f"- {link(paper.title, paper.url)}" for paper in missing)


def _untold_of(paper: AuditedPaper, w: AuditWords) -> str:
    quotes = dict.fromkeys(one.quote for one in paper.untold)
    told = "; ".join(
        f"{', '.join(escape(one.figure) for one in paper.untold if one.quote == quote)} ({w.in_quotes(escape(quote))})"
        for quote in quotes
    )
    return f"- {link(paper.title, paper.url)}: {told}"


def _left(audit: Audit, w: AuditWords) -> Iterator[str]:
    """What was not judged, and why; what was not looked at."""
    unjudged = [line for line in audit.lines if line.verdict.standing == "unjudged"]
    if audit.believed and unjudged:
        yield f"## {w.unjudged}"
        yield from _by_reason(unjudged)
    if unplaced := [line for line in audit.lines if line.verdict.standing == "unplaced"]:
        yield f"## {w.unplaced}"
        yield from _by_reason(unplaced)
    if audit.unusable:
        yield f"## {w.unusable}"
        yield "\n".join(f"- {escape(drop.what)}: {escape(drop.reason)}" for drop in audit.unusable)
    if audit.asides:
        kinds = Counter(aside.kind for aside in audit.asides)
        told = ", ".join(f"{kind} {count}" for kind, count in kinds.most_common())
        yield w.asides.format(count=len(audit.asides), kinds=told)


def _by_reason(lines: Sequence[Audited]) -> Iterator[str]:
    for why in dict.fromkeys(line.verdict.why for line in lines):
        yield f"{escape(why)}:"
        yield "\n".join(f"- {escape(line.text)}" for line in lines if line.verdict.why == why)
