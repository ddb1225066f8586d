"""``insights trace``: what took how long in a run, as a tree with its slowest path."""

from collections.abc import Sequence
from datetime import date

from rich.text import Text
from rich.tree import Tree

from domain.errors import InsightsError
from graph.context import Context
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
    if cut := [span for span in tops if span.kind != "run"]:
        console.print(f"{len(cut)} steps of a run that was cut off")
    return COMPLETE


def slowest(spans: Sequence[Span], tops: Sequence[Span]) -> set[str]:
    """The spans without which it would have been over sooner: back from the end, what ended last before it."""
    found: set[str] = set()
    for top in tops:
        found.add(top.id)
        found |= slowest(spans, _path(_of(top, spans)))
    return found


def _path(children: Sequence[Span]) -> list[Span]:
    path: list[Span] = []
    for span in sorted(children, key=_ended, reverse=True):
        if not path or _ended(span) <= path[-1].begun.timestamp():
            path.append(span)
    return path


def _ended(span: Span) -> float:
    return span.begun.timestamp() + span.seconds


def _of(span: Span, spans: Sequence[Span]) -> list[Span]:
    return sorted((one for one in spans if one.parent == span.id), key=lambda one: one.begun)


def _tree(span: Span, spans: Sequence[Span], slow: set[str]) -> Tree:
    tree = Tree(_line(span, span.id in slow))
    for child in _of(span, spans):
        tree.children.append(_tree(child, spans, slow))
    return tree


def _line(span: Span, slow: bool) -> Text:
    name = span.prompt or span.name
    text = Text(f"{'▶ ' if slow else '  '}{name}", "bold" if slow else "")
    text.append(f" {span.desk}" if span.desk and span.name == "section" else "", "cyan")
    text.append(f"  {span.seconds:.2f} s" if not span.cached else "  answered before", "" if slow else "dim")
    if span.input_tokens or span.output_tokens:
        text.append(f"  {span.input_tokens:,} + {span.output_tokens:,} tokens", "dim")
    text.append(f"  {span.model}" if span.model else "", "dim")
    text.append(f"  {span.error}" if span.error else "", "red")
    return text
