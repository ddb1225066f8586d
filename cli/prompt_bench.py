"""``insights prompts try`` and ``compare``: prompts on frozen days."""

import asyncio
import json
from collections.abc import Sequence
from pathlib import Path

from rich.console import Console
from rich.table import Table

from bench.bootstrap import Effect
from bench.claims import read
from bench.compare import NOW, Comparison, Version, cases, compare, named, version
from bench.critics import CriticComparison, compare_critics, records
from bench.frozen import find
from bench.page import cells, html
from bench.trial import Trial, trial
from domain.errors import UsageError
from graph.settings import Settings

from .console import open_console, print_json, print_lines
from .exit_codes import COMPLETE
from .frozen_days import folders
from .settings import DEFAULT, Loaded

PAGES = "bench"
"""Of the data folder: where pages are written."""


def try_prompt(name: str, loaded: Loaded, *, file: Path | None, day: str | None, desk: int, as_json: bool) -> int:
    settings, tried = prepared(name, str(file) if file else NOW, loaded)
    paths = find([day] if day else [], folders(settings))
    (case,) = cases(paths[-1:], settings.language, settings)
    found = asyncio.run(trial(tried, case, settings, desk=desk))
    console = open_console()
    if as_json:
        print_json(console, found.model_dump(mode="json"))
    else:
        _print_trial(console, found)
    return COMPLETE


def _print_trial(console: Console, found: Trial) -> None:
    for exchange in found.exchanges:
        for role, text in exchange.messages:
            print_lines(console, f"── {exchange.prompt} · {role} ──", text, "")
        said = exchange.failure or json.dumps(exchange.answer, ensure_ascii=False, indent=2)
        print_lines(console, "── answer ──", said, "")
    print_lines(console, "── problems ──")
    for problem in found.problems:
        print_lines(console, f"{problem.kind}: {problem.text}", indent=2)
        print_lines(console, problem.why, indent=4)
        if problem.mended:
            print_lines(console, f"mended: {problem.mended}", indent=4)
    if not found.problems:
        print_lines(console, "none", indent=2)
    tokens = [sum(getattr(e, field) for e in found.exchanges) for field in ("tokens_in", "tokens_out")]
    print_lines(console, f"{tokens[0]:,} tokens in, {tokens[1]:,} out; {asked(found.asked, found.recalled)}")


def compare_prompts(
    name: str,
    a: str,
    b: str,
    loaded: Loaded,
    *,
    days: Sequence[str],
    repeat: int,
    claims: Path | None,
    html: Path | None,
    as_json: bool,
) -> int:
    settings, first = prepared(name, a, loaded)
    second = version(first.name, b)
    if first.role == "classify":
        raise UsageError(
            "how well papers are filed is measured by 'python -m evals.labels'; 'insights prompts try classify' "
            "shows the prompt at work"
        )
    if claims and first.role != "critique":
        raise UsageError("labelled lines (--claims) are for the critic's prompt")
    paths = find(days, folders(settings))
    held = cases(paths[:1] if claims else paths, settings.language, settings)
    console = open_console()
    if first.role == "critique":
        lines = [tuple(read(claims))] if claims else records(paths, settings.language)
        judged = asyncio.run(compare_critics(first, second, held, lines, settings, repeat=repeat, say=say))
        return tell(console, judged, settings, html, as_json)
    found = asyncio.run(compare(first, second, held, settings, repeat=repeat, say=say))
    return tell(console, found, settings, html, as_json)


def say(text: str) -> None:
    """How far it is, for whoever watches."""
    progress = Console(stderr=True, highlight=False)
    if progress.is_terminal:
        progress.print(text, style="dim")


def prepared(name: str, where: str, loaded: Loaded) -> tuple[Settings, Version]:
    """The settings in the prompt's language, and its version. Raises UsageError where they contradict each other."""
    full = named(name, loaded.settings.language)
    language = full.rpartition("/")[0] or loaded.settings.language
    if language != loaded.settings.language and loaded.origins["language"] != DEFAULT:
        raise UsageError(f"{full} is the prompt of another language than {loaded.settings.language}")
    return loaded.settings.model_copy(update={"language": language}), version(full, where)


def tell(
    console: Console, found: Comparison | CriticComparison, settings: Settings, page: Path | None, as_json: bool
) -> int:
    where = page or settings.data / PAGES / f"{found.a.name.replace('/', '-')}-{_short(found.a)}-{_short(found.b)}.html"
    try:
        where.parent.mkdir(parents=True, exist_ok=True)
        where.write_text(html(found), encoding="utf-8")
    except OSError as error:
        raise UsageError(f"the page cannot be written to {where}: {error.strerror or error}") from None
    if as_json:
        print_json(console, {**found.model_dump(mode="json", exclude={"sides", "a", "b"}), **_versions(found)})
        return COMPLETE
    print_lines(console, f"A  {found.a.where}  {found.a.id}", f"B  {found.b.where}  {found.b.id}")
    if isinstance(found, Comparison):
        print_lines(console, f"{len(found.days)} days: {', '.join(found.days)}", "", "B against A, for a paper")
        _print_rows(console, found.rows, "A", "B")
        for letter, side in (("A", found.sides[0]), ("B", found.sides[1])):
            for mended, word in ((True, "mended"), (False, "left out")):
                kinds = side.kinds(mended=mended)
                told = ", ".join(f"{kind} {count}" for kind, count in kinds.items())
                print_lines(console, f"{letter}: {word}: {told or 'none'}")
        if found.against_digest:
            print_lines(console, "", "B against the one-prompt digest of the same days")
            _print_rows(console, found.against_digest, "digest", "B")
    else:
        print_lines(console, f"{found.records} records of labelled lines", "")
        _print_rows(console, found.rows, "A", "B")
        for kind, (one, two, of) in found.kinds.items():
            print_lines(console, f"{kind}: A found {one}, B {two}, of {of}")
    print_lines(console, "", *found.notes, asked(found.asked, found.recalled), str(where))
    return COMPLETE


def _print_rows(console: Console, rows: Sequence[Effect], left: str, right: str) -> None:
    table = Table(box=None, pad_edge=False)
    for column in ("", left, right, "difference [95 %]", f"{right} is"):
        table.add_column(column, justify="left" if column in ("", f"{right} is") else "right")
    for row in rows:
        style = {"better": "green", "worse": "red"}.get(row.conclusion, "")
        table.add_row(row.measure, *cells(row), row.verdict, style=style)
    console.print(table)


def asked(asked: int, recalled: int) -> str:
    return f"a model was asked {asked} times; {recalled} answers were kept from before"


def _short(one: Version) -> str:
    return one.id.partition("@")[2]


def _versions(found: Comparison | CriticComparison) -> dict[str, dict[str, str]]:
    return {letter: {"where": one.where, "id": one.id} for letter, one in (("a", found.a), ("b", found.b))}
