"""``insights prompts prefer`` and ``evolve``: which pages are preferred, and texts that a model proposes."""

import asyncio
from collections.abc import Sequence
from pathlib import Path

from bench.compare import NOW, cases, compare, version
from bench.evolve import Evolution, evolve
from bench.frozen import find
from bench.preference import Preferences, prefer
from domain.errors import UsageError

from .console import open_console, print_json, print_lines
from .exit_codes import COMPLETE, WRONG
from .frozen_days import folders
from .prompt_bench import asked, prepared, say, tell
from .settings import Loaded


def prefer_pages(name: str, a: str, b: str, loaded: Loaded, *, days: Sequence[str], as_json: bool) -> int:
    settings, first = prepared(name, a, loaded)
    if not settings.has_model:
        raise UsageError("nobody is there to read the pages; set a model with --model, as in openai:gpt-5-mini")
    second = version(first.name, b)
    held = cases(find(days, folders(settings)), settings.language, settings)

    async def both() -> Preferences:
        found = await compare(first, second, held, settings, say=say)
        return await prefer(found, held, settings, say=say)

    found = asyncio.run(both())
    console = open_console()
    if as_json:
        told = found.model_dump(mode="json") | {"agreement": found.agreement}
        print_json(
            console, told | {"standings": [one.model_dump() | {"verdict": one.verdict} for one in found.standings]}
        )
        return COMPLETE
    print_lines(
        console, f"A  {first.where}  {first.id}", f"B  {second.where}  {second.id}", f"read by {found.reader}", ""
    )
    for one in found.standings:
        left, right = one.pair
        decided = f"{left} on {one.wins[0]} days, {right} on {one.wins[1]}; undecided {one.undecided}"
        share = f"{right}'s share {one.low:.0%} to {one.high:.0%}"
        print_lines(console, f"{left} or {right}: {decided} ({share}): {one.verdict}")
    first_chosen, of = found.first_places
    print_lines(
        console,
        f"it agreed with itself in {found.agreement:.0%} of {len(found.choices)} pairs, and chose the page shown first "
        f"{first_chosen} of {of} times",
        "",
    )
    for choice in found.choices:
        for chosen, why in zip(choice.chosen, choice.why, strict=True):
            print_lines(console, f"{choice.day} {choice.pair[0]} or {choice.pair[1]}: {chosen}: {why}")
    print_lines(console, "", asked(found.asked, found.recalled))
    return COMPLETE


def evolve_prompt(
    name: str,
    loaded: Loaded,
    *,
    days: Sequence[str],
    budget: int,
    file: Path | None,
    out: Path | None,
    as_json: bool,
) -> int:
    """0 where a better text was found and written, 1 where none was."""
    settings, seed = prepared(name, str(file) if file else NOW, loaded)
    if seed.role != "synthesize":
        raise UsageError(
            "a search works on the writer's prompt: what it is scored by is the critic's word, and of a critic that is "
            "rewritten until it objects to nothing the best score would be the worst judge"
        )
    if not settings.has_model:
        raise UsageError("nobody is there to rewrite it; set a model with --model, as in openai:gpt-5-mini")
    held = cases(find(days, folders(settings)), settings.language, settings)
    found = asyncio.run(evolve(seed, held, settings, budget=budget, say=say))
    console = open_console()
    if as_json:
        print_json(console, found.model_dump(mode="json") | {"verdict": found.verdict})
    else:
        _print(found)
    if not (found.accepted and found.candidate):
        return WRONG
    path = out or settings.data / "candidates" / f"{seed.name}.{found.candidate.id.partition('@')[2]}.md"
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(found.candidate.text, encoding="utf-8")
    except OSError as error:
        raise UsageError(f"the candidate cannot be written to {path}: {error.strerror or error}") from None
    candidate = found.candidate.model_copy(update={"where": str(path)})
    unseen = [case for case in held if case.frozen.day.isoformat() in found.held_days]
    compared = asyncio.run(compare(seed, candidate, unseen, settings, say=say))
    if as_json:
        return COMPLETE
    print_lines(console, "", f"written to {path}; prompts/ is as it was. On the days that were held back:", "")
    return tell(console, compared, settings, None, False)


def _print(found: Evolution) -> None:
    seen, held = ", ".join(found.seen_days), ", ".join(found.held_days)
    print_lines(
        open_console(),
        f"seen by the search: {seen}; held back: {held}",
        f"{found.tried} texts tried, {len(found.refused)} refused unseen, {found.tokens:,} tokens",
        *(f"  {reason}" for reason in found.refused),
        f"score on the days seen: {found.seen[0]:.3f}, at best {found.seen[1]:.3f}",
        found.verdict,
    )
