"""``insights trace``: what took how long in a run, as a tree with its slowest path."""

from collections.abc import Sequence
from datetime import date

from rich.text import Text
from rich.tree import Tree

from domain.errors import InsightsError
from graph.context import Context
from graph.paths import SlowestPath, slowest, slowest_path, within
from graph.settings import Settings
from graph.traces import Span, place_of, read

from .console import open_console, print_json
from .exit_codes import COMPLETE


def show_trace(day: date, settings: Settings, *, fork: str, as_json: bool) -> int:
    """Prints the spans of a day's run, or of a fork of it. Raises InsightsError where there is no trace."""
    context = Context.of(settings).model_copy(update={"fork": fork})
    place = place_of(context.folder, day, context.edition)
    try:
        spans = read(place)
    except FileNotFoundError:
        raise InsightsError(f"there is no trace at {place}; 'insights run {day}' writes one") from None
    console = open_console()
    if as_json:
        print_json(console, [span.model_dump(mode="json", exclude_defaults=True) for span in spans])
        return COMPLETE
    known = {span.id for span in spans}
    # Of a run that was cut off, what had ended is there, and the run itself is not.
    tops = sorted((span for span in spans if span.parent not in known), key=lambda span: span.begun)
    slow = slowest(spans, tops)
    for top in tops:
        console.print(_tree(top, spans, slow))
        if top.kind == "run":
            console.print(_told(slowest_path(spans, top)))
    if cut := [span for span in tops if span.kind != "run"]:
        console.print(f"{len(cut)} steps of a run that was cut off")
    return COMPLETE


def _told(path: SlowestPath) -> str:
    """The slowest path in one sentence."""
    answers = f"{path.calls} {'answer' if path.calls == 1 else 'answers'} in a row"
    return f"the slowest path (▶): {answers} took {path.waited:.1f} s, the program itself {path.own:.1f} s"


def _tree(span: Span, spans: Sequence[Span], slow: set[str]) -> Tree:
    tree = Tree(_line(span, span.id in slow))
    for child in within(span, spans):
        tree.children.append(_tree(child, spans, slow))
    return tree


def _line(span: Span, slow: bool) -> Text:
    name = span.prompt or span.name
    text = Text(f"{'▶ ' if slow else '  '}{name}", "bold" if slow else "")
    text.append(f" {span.desk}" if span.desk and span.name in ("synthesize", "section") else "", "cyan")
    text.append(f"  {span.seconds:.2f} s" if not span.cached else "  answered before", "" if slow else "dim")
    if span.input_tokens or span.output_tokens:
        text.append(f"  {span.input_tokens:,} + {span.output_tokens:,} tokens", "dim")
    text.append(f"  {span.model}" if span.model else "", "dim")
    text.append(f"  {span.error}" if span.error else "", "red")
    return text
