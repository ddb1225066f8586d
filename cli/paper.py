"""``insights paper``: everything that is remembered of one paper."""

from datetime import date

from rich.console import Console
from rich.text import Text

from domain.errors import InsightsError
from domain.memories import Biography, Hit
from domain.papers import arxiv_id, title_key
from graph.context import Context
from graph.settings import Settings

from .console import open_console, print_json, print_lines
from .exit_codes import COMPLETE
from .remembered import category_label, remembered, report_of
from .roles import place_name

_TITLES = 20
"""Papers whose words are nearest to a title, among which its own is looked for."""


def show_paper(name: str, settings: Settings, *, as_json: bool) -> int:
    """Prints the paper's biography. Raises InsightsError for one that was never listed."""
    with remembered(settings) as (ctx, memory):
        found = next((known for one in ids_of(name) if (known := memory.biography(one))), None)
        if not found and " " in name.strip():
            titled = memory.search(name, kind="paper", most=_TITLES)
            same = (hit.paper_id for hit in titled if title_key(hit.title) == title_key(name))
            found = next((known for one in same if (known := memory.biography(one))), None)
        names = memory.names([found.paper], ctx.language) if found else {}
    if not found:
        raise InsightsError(
            f"no paper {name.strip()!r} is remembered; 'insights search TEXT' finds papers by their words"
        )
    console = open_console()
    if as_json:
        print_json(console, _shape(found, names.get(found.paper.id, ""), ctx))
    else:
        _print(console, found, names.get(found.paper.id, ""), ctx)
    return COMPLETE


def ids_of(name: str) -> tuple[str, ...]:
    """The ids that an id or address of any spelling may mean, the likeliest first.

    >>> ids_of("https://huggingface.co/papers/2409.14674")[0]
    'arxiv:2409.14674'
    """
    name = name.strip()
    spellings = (name, name.rstrip("/").rpartition("/")[2]) if "://" in name else (name,)
    known = (f"arxiv:{found}" for spelling in spellings if (found := arxiv_id(spelling)))
    return tuple(dict.fromkeys((*known, name)))


def _shape(found: Biography, called: str, ctx: Context) -> dict[str, object]:
    values = found.model_dump(mode="json")
    days = [{"day": day.isoformat(), "sources": list(sources)} for day, sources in found.days]
    return {
        **values,
        "name": called,
        "paper": values["paper"] | {"url": found.paper.url},
        "days": days,
        "reports": _reports(found, ctx),
    }


def _reports(found: Biography, ctx: Context) -> list[str]:
    return [str(path) for day, _ in found.days if (path := report_of(day, "", ctx.reports))]


def _print(console: Console, found: Biography, called: str, ctx: Context) -> None:
    """``called``: its name in the reports; empty where it was never told."""
    paper, language = found.paper, ctx.language
    named = called and title_key(called) not in title_key(paper.title)
    print_lines(console, Text(f"{called}: {paper.title}" if named else paper.title, "bold"))
    print_lines(console, *(text for text in (", ".join(paper.authors), paper.url, paper.id) if text), indent=2)
    if paper.published:
        print_lines(console, f"first version: {paper.published}", indent=2)
    if found.withdrawn:
        day, note = found.withdrawn
        print_lines(console, f"withdrawn, as known since {day}: {note}", indent=2)
    filed = category_label(found.category or "", ctx.taxonomy, language)
    if found.category:
        sure = "" if found.certainty is None else f", certainty {found.certainty:.2f}"
        filed += f" (decided by {found.decided_by or 'nobody known'}{sure})"
    print_lines(console, f"category: {filed}", indent=2)
    print_lines(console, Text("listed", "bold"))
    for day, sources in found.days:
        path = report_of(day, "", ctx.reports)
        print_lines(console, f"{day}  {', '.join(sources)}{f'  {path}' if path else ''}", indent=2)
    print_lines(console, Text("what was said of it", "bold"))
    # An opening may say again what an item says.
    said: dict[tuple[date, str, str], Hit] = {}
    for claim in found.claims:
        said.setdefault((claim.day, claim.language, claim.text), claim)
    for claim in said.values():
        place = place_name(claim, language)
        print_lines(console, f"{claim.day}  {claim.language}  {place}  {claim.text}", indent=2)
    if not found.claims:
        print_lines(console, "nothing: it was only listed", indent=2)
