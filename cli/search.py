"""``insights search``: remembered papers and claims that speak of something."""

from collections.abc import Sequence
from typing import Literal

from rich.console import Console
from rich.text import Text

from domain.errors import UsageError
from domain.memories import Hit
from domain.taxonomy import Taxonomy
from domain.topics import Lexicon
from graph.settings import Settings
from prompts.glossary import GlossaryEntry, load_glossary

from .console import open_console, print_json, print_lines
from .exit_codes import COMPLETE
from .remembered import category_label, keys_of, observed, remembered, report_of
from .roles import place_name


def search_memory(
    text: str,
    settings: Settings,
    *,
    days: int | None,
    categories: list[str],
    sources: list[str],
    kind: Literal["paper", "claim"] | None,
    most: int,
    as_json: bool,
) -> int:
    """Prints the hits, the best first. Raises UsageError when there is nothing to ask."""
    if not (text := " ".join(text.split())):
        raise UsageError("there is nothing to search for; give some words")
    with remembered(settings) as (ctx, memory):
        keys = keys_of(categories, ctx.taxonomy)
        held = memory.sources()
        if unknown := [source for source in sources if source not in held]:
            raise UsageError(f"no remembered paper came from {', '.join(unknown)}; they came from {', '.join(held)}")
        rows = observed(memory, days) if days else ()
        since = rows[0].day if rows else None
        # The first search after some days embeds their claims, which takes a moment.
        with Console(stderr=True).status("searching"):
            asked = in_english(text, load_glossary(), ctx.lexicon, ctx.taxonomy)
            hits = memory.search(asked, since=since, categories=keys, sources=sources, kind=kind, most=most)
    reports = {(hit.day, hit.language): report_of(hit.day, hit.language, ctx.reports) for hit in hits}
    console = open_console()
    if as_json:
        shaped = [
            hit.model_dump(mode="json") | {"report": str(path) if (path := reports[hit.day, hit.language]) else None}
            for hit in hits
        ]
        print_json(console, {"text": text, "since": since.isoformat() if since else None, "hits": shaped})
        return COMPLETE
    for hit in hits:
        print_lines(console, heading(hit, ctx.taxonomy, settings.language))
        print_lines(console, hit.text, indent=2)
        if hit.kind == "claim" and hit.title:
            print_lines(console, Text(f"on {hit.title}", "dim"), indent=2)
        links = (hit.url, str(reports[hit.day, hit.language] or ""))
        print_lines(console, *(Text(link, "dim") for link in links if link), indent=2)
    if hits:
        note = "ordered by the figure: nearness in meaning and in wording together, at most 1"
        print_lines(console, Text(note, "dim"))
    else:
        print_lines(console, "nothing that is remembered answers to that")
    return COMPLETE


def in_english(text: str, terms: Sequence[GlossaryEntry], lexicon: Lexicon, taxonomy: Taxonomy) -> str:
    """The text with the English of the terms of other languages in it: papers are written, and embedded, in English."""
    bare = text.replace(" ", "")
    pairs = [(word, term.name) for term in terms for word in term.accepted]
    for one in (*lexicon.topics, *taxonomy.all):
        pairs += [(name, one.name("en")) for code, name in one.names.items() if code != "en"]
    held = {
        foreign: english
        for word, english in pairs
        if not (foreign := word.replace(" ", "")).isascii() and foreign in bare
    }
    # Of terms within a term the longest says all: reinforcement learning is no learning besides.
    longest = [foreign for foreign in held if not any(foreign in other for other in held if other != foreign)]
    english = dict.fromkeys(held[foreign].replace("*", "").replace("~", "") for foreign in longest)
    return " ".join([text, *english])


def heading(hit: Hit, taxonomy: Taxonomy, language: str) -> Text:
    """Score, day, kind or role, and category in one line."""
    where = category_label(hit.category, taxonomy, language, day=hit.kind == "claim")
    return Text(f"{hit.score:.2f}  {hit.day}  {place_name(hit, language)}  {where}", "bold")
