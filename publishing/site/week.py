"""A week as a page of the site, as a letter, and as Markdown."""

from collections.abc import Iterator
from typing import Any, NamedTuple

from domain.claims import Claim, Evidence
from domain.deliveries import Letter
from domain.languages import HOME
from domain.taxonomy import Taxonomy
from domain.weeks import Highlight, Week, WeekId
from publishing.escape import bold, escape, link
from publishing.layout import MARKDOWN, place
from publishing.tally import percent
from publishing.words import PageWords, counted, words

from . import paths
from .mail import BRAND, page
from .render import environment, frame, render
from .site import Site, Way
from .words import SiteWords, site_words


class CategoryRow(NamedTuple):
    """One category in the week and before it."""

    category: str
    new: int
    now: str
    before: str
    moved: str


def week_page(site: Site, week: Week) -> str:
    here = paths.week(week.week)
    return render("week.html", site, here, section="archive", **_values(week, site.own_words, site.words))


def week_letter(site: Site, week: Week) -> Letter:
    """The week for a mail or a chat."""
    way = Way(site, "", site.address or None)
    values = _values(week, site.own_words, site.words)
    values = frame(site, "") | values | {"way": way}
    title = str(values["title"])
    names = [f"• {one.name}: {one.claims[0].text}" for one in week.highlights[:3]]
    at = way.to(paths.week(week.week)) if way.base else ""
    return Letter(
        subject=f"{BRAND} · {title}",
        text=markdown(week, site.taxonomy),
        html=page(site.language, title, environment().get_template("week_body.html").render(values)),
        short="\n".join(filter(None, [title, str(values["counts"]), *names, at])),
    )


def _values(week: Week, s: SiteWords, w: PageWords) -> dict[str, Any]:
    year, number = WeekId.read(week.week)
    span = s.week_span.format(first=w.day(week.days[0].day), last=w.day(week.days[-1].day))
    return {
        "week": week,
        "title": s.week_title.format(year=year, number=number),
        "description": next((story.headline.text for story in week.opening), span),
        "span": span,
        "counts": s.week_counts.format(days=len(week.days_told), papers=sum(day.papers for day in week.days_told)),
        "missing": _missing(week, w),
        "made": s.week_opened.format(model=week.model) if week.opening else "",
        "rows": list(_rows(week)),
        "flow": [(w.other_day(one.day, week.days[0].day), one) for one in week.flow],
        "evidence": evidence,
    }


def _missing(week: Week, w: PageWords) -> str:
    """The days without a report, in words; weekends as well, since only the sources know them."""
    days = [day.day for day in week.days if day.status in ("missing", "broken")]
    return ", ".join(w.other_day(day, week.days[0].day) for day in days)


def _rows(week: Week) -> Iterator[CategoryRow]:
    whole = sum(share.new for share in week.shares)
    for share in week.shares:
        now = percent(100 * share.new / whole) if whole else "–"
        before = percent(100 * share.before / share.of_before) if share.of_before else "–"
        yield CategoryRow(share.category, share.new, now, before, share.moved)


def evidence(claims: tuple[Claim, ...]) -> tuple[Evidence, ...]:
    """The sentences on which lines rest, each once."""
    return tuple(dict.fromkeys(one for claim in claims for one in claim.evidence))


def markdown(week: Week, taxonomy: Taxonomy) -> str:
    """The week as one Markdown text, the same bytes for the same week; links lead to the days' own pages."""
    s, w = site_words(week.language), words(week.language)
    values = _values(week, s, w)
    blocks = [f"# {BRAND}: {values['title']}", f"{values['span']} · {values['counts']}"]
    blocks += [s.week_missing.format(days=values["missing"])] if values["missing"] else []
    blocks.append(f"*{s.week_by_rule}{' ' if values['made'] else ''}{escape(str(values['made']))}*")
    if week.opening:
        blocks += [f"## {s.week_opening}", *(escape(story.headline.text) for story in week.opening)]
    if week.highlights:
        blocks += [f"## {s.week_highlights}", f"*{s.week_order}*"]
        blocks += [block for one in week.highlights for block in _highlight(week, one, taxonomy, s, w)]
    else:
        blocks.append(s.week_nothing)
    if week.threads:
        blocks.append(f"## {s.week_threads}")
        blocks += ["\n".join(f"- {_day(week, one.day, w)}: {_step(one)}" for one in t.steps) for t in week.threads]
    if week.flow:
        blocks.append(f"## {w.flow}")
        blocks.append("\n".join(f"- {_day(week, one.day, w)}: {bold(one.claim.text)}" for one in week.flow))
    if week.shares:
        blocks += [f"## {s.week_shares.format(days=week.observed)}", _table(week, taxonomy, s)]
    if week.withdrawn:
        blocks.append(f"## {w.withdrawn}")
        blocks.append("\n".join(f"- {link(one.title, one.url)}: {escape(one.note)}" for one in week.withdrawn))
    if week.left_out:
        blocks.append(f"<details><summary>{s.week_left_out}</summary>")
        blocks.append("\n".join(f"- {escape(one.what)} ({escape(one.reason)})" for one in week.left_out))
        blocks.append("</details>")
    return "\n\n".join(blocks) + "\n"


def _highlight(week: Week, one: Highlight, taxonomy: Taxonomy, s: SiteWords, w: PageWords) -> Iterator[str]:
    hook = next((claim for claim in one.claims if claim.role == "hook"), None)
    yield f"### {escape(hook.text if hook else one.title)}"
    head = [f"**{escape(one.name)}**"] if one.name != one.title else []
    head += [f"*{escape(one.title)}*"] if hook else []
    head += [link("arXiv" if one.paper_id.startswith("arxiv:") else w.original, one.url)] if one.url else []
    head += [_day(week, one.day, w), escape(taxonomy[one.category].name(week.language))] if one.category else []
    head += [counted(w.votes, one.votes)] if one.votes else []
    yield " · ".join([*head, *(s.week_reasons[reason] for reason in one.reasons)])
    if rest := [claim for claim in one.claims if claim is not hook]:
        yield " ".join(bold(claim.text) for claim in rest)
    if not one.quoted and (found := evidence(one.claims)):
        yield f"<details><summary>{counted(s.week_evidence, len(found))}</summary>"
        yield "\n".join(f"- {escape(each.quote)}" for each in found)
        yield "</details>"


def _step(step: Any) -> str:
    return f"**{escape(step.name)}**{f' – {escape(step.line.text)}' if step.line else ''}"


def _day(week: Week, day: Any, w: PageWords) -> str:
    up = "../../" if week.language == HOME else "../../../"
    return f"[{w.other_day(day, week.days[0].day)}]({up}reports/{place(day, week.language)}/{MARKDOWN})"


def _table(week: Week, taxonomy: Taxonomy, s: SiteWords) -> str:
    lines = [f"| {s.category} | {s.papers} | {s.week_now} | {s.week_before} | |", "|---|---|---|---|---|"]
    for row in _rows(week):
        name = escape(taxonomy[row.category].name(week.language))
        moved = s.week_moved["more"] if row.moved == "more" else s.week_moved["less"] if row.moved else ""
        lines.append(f"| {name} | {row.new} | {row.now} | {row.before} | {moved} |")
    return "\n".join(lines)
