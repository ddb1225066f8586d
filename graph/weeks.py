"""A week: from the memory and the published reports, by rule; with a model, opened in a few checked lines."""

from collections.abc import Sequence
from datetime import timedelta

from agents import critic, editor, examiner, framer, weekly
from domain.lines import Line
from domain.papers import Paper
from domain.reports import Drop, Report
from domain.week_by_rule import BEFORE, arrange
from domain.weeks import Week, WeekId
from models.llm import ModelFailed
from publishing import files, layout

from .context import Context


def last_week(context: Context) -> WeekId:
    """The newest week that is over."""
    return WeekId.of(context.today() - timedelta(days=7))


async def compose(week: WeekId, context: Context) -> Week:
    """The week; nothing is asked of a model where there is none, or where it did not pass its exam as a judge."""
    held: list[Report] = []
    missing: dict[object, str] = {}
    for day in week.days:
        path = context.reports / layout.place(day, context.language) / layout.REPORT
        if path.is_file():
            try:
                held.append(files.read_report(path))
            except files.PublishError as error:
                missing[day] = str(error)
    papers = {paper.id: paper for report in held for paper in report.papers}
    with context.memory() as memory:
        rows = memory.history(before=week.days[-1] + timedelta(days=1), days=BEFORE + len(week.days))
        gone = memory.withdrawn(tuple(papers.values()), before=context.today() + timedelta(days=1))
    found = arrange(
        week,
        held,
        context.language,
        rows=rows,
        withdrawn=tuple(gone.values()),
        missing={day: why for day in week.days if (why := missing.get(day))},
    )
    if context.llm is None or not any(not one.quoted for one in found.highlights):
        return found
    return await _opened(found, held, context)


async def _opened(week: Week, reports: Sequence[Report], context: Context) -> Week:
    """The week with an opening, of which only what the critic accepts is kept. A model that fails costs the opening."""
    assert context.llm and context.judge
    language = context.language
    context.meter.start(WeekId.read(week.week).days[0], f"{language} week")
    try:
        if context.exam:
            exam = await examiner.examine(language=language, llm=context.judge)
            if not context.believes(exam):
                return _without(week, context, f"it may not judge: {exam.in_words}")
        told = [one for one in week.highlights if not one.quoted]
        names = {category.key: category.name(language) for category in context.taxonomy.all}
        lines = await weekly.open_week(told, names, language=language, llm=context.llm)
        lines = await _judged(lines, _papers(week, reports), week, context)
    except ModelFailed as failure:
        return _without(week, context, str(failure))
    left = (Drop(step="week/opening", what=line.text, reason=line.objection) for line in lines if _is_out(line))
    return week.model_copy(
        update={
            "model": context.model,
            "opening": weekly.opening(lines),
            "left_out": (*week.left_out, *left),
        }
    )


def _is_out(line: Line) -> bool:
    return line.state != "accepted"


def _without(week: Week, context: Context, why: str) -> Week:
    drop = Drop(step="week/opening", what=context.model, reason=why)
    return week.model_copy(update={"left_out": (*week.left_out, drop)})


def _papers(week: Week, reports: Sequence[Report]) -> tuple[Paper, ...]:
    """The highlights' papers, as the reports that tell them have them."""
    by_day = {report.day: report for report in reports}
    return tuple(by_day[one.day].paper(one.paper_id) for one in week.highlights)


async def _judged(lines: tuple[Line, ...], papers: tuple[Paper, ...], week: Week, context: Context) -> tuple[Line, ...]:
    """Judged, mended and judged again, within the bound that a day has."""
    assert context.judge
    shown = framer.carrying((one.paper_id, one.claims) for one in week.highlights)
    for turn in range(context.revisions + 1):
        lines = editor.edit(lines) if turn else lines
        lines = await critic.critique(
            lines, papers, about="week", language=context.language, llm=context.judge, shown=shown
        )
        if not critic.is_open(lines):
            break
    return lines
