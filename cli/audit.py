"""``insights audit``: a report, whoever wrote it, held against its papers."""

import asyncio
from pathlib import Path
from typing import Any

from rich.console import Console
from rich.table import Table
from rich.text import Text

from agents.auditor import AuditError, audit
from bench.as_read import unfolded
from domain import languages
from domain.audits import SEVERITIES, Audit, Audited
from domain.errors import UsageError
from domain.languages.en.audit import AUDIT as EN
from graph.context import Context
from graph.settings import Settings
from publishing.audit_page import html_page, markdown
from sources.files import read_file
from vectorstore.embedding import Embedder
from vectorstore.minilm_model import ModelMissing, model_folder

from .console import open_console, print_json, print_lines
from .exit_codes import COMPLETE, PARTIAL


def audit_report(
    report: Path, papers: Path, settings: Settings, *, language: str | None, as_json: bool, page: Path | None
) -> int:
    """Prints what was found and writes the ``page``; 0 whatever it was, 3 where a judge was asked and is not believed
    or gave no verdict on some line. Raises UsageError when the report cannot be audited."""
    text = _text(report)
    held, drops = read_file(papers, "files")
    ctx = Context.of(settings)
    written_in = language or _language(text)
    if ctx.judge:
        ctx.meter.start(ctx.today(), f"audit {report.name}")
    try:
        found = asyncio.run(_audited(text, ctx, papers=held, report=report.name, language=written_in, unusable=drops))
    except AuditError as error:
        raise UsageError(f"{report} cannot be audited: {error}") from None
    if ctx.judge:
        found = found.model_copy(update={"usage": ctx.meter.usage()})
    if page:
        _write(page, markdown(found) if page.suffix == ".md" else html_page(found))
    console = open_console()
    if as_json:
        print_json(console, found.model_dump(mode="json"))
    else:
        _print(console, found, page)
    judged = not found.asked or (found.believed and not found.count("unjudged"))
    return COMPLETE if judged else PARTIAL


async def _audited(text: str, ctx: Context, **given: Any) -> Audit:
    try:
        return await audit(text, llm=ctx.judge, exam=ctx.exam, embed=_embedder(ctx), **given)
    finally:
        await ctx.aclose()


def _embedder(ctx: Context) -> Embedder | None:
    """None where the model is not on this machine: lines are then placed by words alone."""
    try:
        model_folder()
    except ModelMissing:
        return None
    return ctx.embed


def _text(report: Path) -> str:
    try:
        return report.read_text(encoding="utf-8-sig")
    except FileNotFoundError:
        raise UsageError(f"there is no report {report}") from None
    except UnicodeDecodeError:
        raise UsageError(f"{report} is not UTF-8 text; expected is a report in Markdown") from None
    except OSError as error:
        raise UsageError(f"{report} cannot be read: {error.strerror or error}") from None


def _language(text: str) -> str:
    """What a report is written in: names and links are Latin in every language, and what is folded away is evidence."""
    text = unfolded(text)
    letters = sum(map(str.isalpha, text))
    for language in languages.every():
        if not language.latin and sum(map(len, language.letters.findall(text))) > 0.1 * letters:
            return language.code
    return "en"


def _write(page: Path, text: str) -> None:
    try:
        page.write_text(text, encoding="utf-8", newline="\n")
    except OSError as error:
        raise UsageError(f"the page cannot be written to {page}: {error.strerror or error}") from None


def _print(console: Console, found: Audit, page: Path | None) -> None:
    if found.faults:
        table = Table(show_lines=True, expand=True)
        for name, share in (("severity", 2), ("line", 1), ("says", 8), ("what is wrong", 6), ("mended", 8)):
            table.add_column(name, ratio=share, overflow="fold")
        for line in found.faults:
            verdict = line.verdict
            table.add_row(verdict.severity or "", str(line.number), _marked(line), _wrong(line), Text(verdict.mended))
        console.print(table)
    for paper in found.papers:
        if not paper.lines:
            print_lines(console, f"not told: {paper.title}")
        elif paper.untold:
            print_lines(console, f"left out of {paper.title}: {', '.join(one.figure for one in paper.untold)}")
    for line in found.lines:
        if line.verdict.standing == "unplaced" or (found.believed and line.verdict.standing == "unjudged"):
            name = EN.standings[line.verdict.standing]
            print_lines(console, f"{name}: line {line.number}: {line.text}: {line.verdict.why}")
    print_lines(console, *(f"not usable: {drop.what}: {drop.reason}" for drop in found.unusable), _judge(found))
    counts = ", ".join(f"{found.count(standing)} {name}" for standing, name in EN.standings.items())
    grave = ", ".join(f"{found.severities[severity]} {severity}" for severity in SEVERITIES)
    print_lines(console, f"{found.report}: {len(found.lines)} lines, {len(found.papers)} papers: {counts}; {grave}")
    if page:
        print_lines(console, str(page))


def _judge(found: Audit) -> str:
    if not found.asked:
        return f"{EN.rules_alone} {EN.rules_see}"
    told = f"judged by {found.asked}: {found.exam.in_words if found.exam else EN.unexamined}"
    return told if found.believed else f"{told}. {EN.disbelieved} {EN.rules_see}"


def _wrong(line: Audited) -> Text:
    verdict = line.verdict
    if verdict.objections:
        return Text("; ".join(f"{one.rule}: {one.reason}" for one in verdict.objections))
    return Text(f"{EN.kinds[verdict.kind]}: {verdict.why}" if verdict.kind else verdict.why)


def _marked(line: Audited) -> Text:
    """The line with the words set off that a rule objects to."""
    said = Text(line.text)
    for objection in line.verdict.objections:
        if objection.span and (start := line.text.find(objection.span)) >= 0:
            said.stylize("bold red", start, start + len(objection.span))
    return said
