"""The verbs of a prompt engineer: frozen days, Studio, and what ``insights prompts`` does with a prompt, in the order
of the work."""

from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Annotated

import typer

from graph.settings import Settings

from .arguments import AsJson, read_day
from .flags import with_settings
from .settings import Loaded

replays = typer.Typer()
prompts = typer.Typer(help="Look at prompts, try changed ones on frozen days, and see whether they are better.")

Name = Annotated[str, typer.Argument(metavar="NAME", help="Such as synthesize, or en/synthesize.")]
Text = Annotated[str, typer.Argument(help="A file, or 'now' for the prompt as it stands.")]
Days = Annotated[
    list[str] | None, typer.Option("--days", metavar="DAY", help="Frozen days or files; repeatable, or DAY,DAY.")
]
_MODELS = ("model", "critic_model", "language", "exam", "revisions", "cap", "in_full", "prices", "data")


def _days(given: Sequence[str] | None) -> list[str]:
    return [day for one in given or () for day in one.split(",") if day]


@replays.command()
@with_settings("language", "model", "embedder", "chroma_url", "data")
def freeze(
    settings: Settings,
    day: Annotated[date, typer.Argument(parser=read_day, metavar="DAY", help="One that was run.")],
    into: Annotated[Path | None, typer.Option(metavar="FOLDER", help="Default: days/ of the data folder.")] = None,
) -> int:
    """Keep a day as its run found it (papers, memory, settings, versions) in one file, to run it again from there."""
    from .frozen_days import freeze_day

    return freeze_day(day, settings, into=into)


@replays.command()
@with_settings()
def replay(
    loaded: Loaded,
    frozen: Annotated[str, typer.Argument(metavar="DAY|FILE", help="A frozen day.")],
) -> int:
    """Run a frozen day again, into replays/ of the data folder: it publishes nothing and remembers nothing."""
    from .frozen_days import replay_day

    return replay_day(frozen, loaded)


@replays.command()
@with_settings()
def studio(
    loaded: Loaded,
    port: Annotated[int, typer.Option(min=1, max=65535, help="Of 127.0.0.1.")] = 2024,
) -> int:
    """Serve the graph to LangGraph Studio, its form filled with these settings; without a source, the bundled days."""
    from .studio import serve_studio

    return serve_studio(loaded, port=port)


@prompts.command("list")
def list_prompts(as_json: AsJson = False) -> None:
    """List every prompt with its version, its size and the values that fill it."""
    from .prompt_files import list_all

    raise typer.Exit(list_all(as_json=as_json))


@prompts.command()
@with_settings("language")
def show(loaded: Loaded, name: Name) -> int:
    """Show the text of a prompt."""
    from .prompt_files import show_one

    return show_one(name, loaded.settings)


@prompts.command()
@with_settings("language")
def check(
    loaded: Loaded,
    name: Annotated[str | None, typer.Argument(metavar="[NAME]", help="Default: every prompt.")] = None,
    file: Annotated[Path | None, typer.Argument(metavar="[FILE]", help="A text to take the prompt's place.")] = None,
) -> int:
    """Check prompts for slips: parts, template, missing, unused and misspelt values."""
    from .prompt_files import check_prompts

    return check_prompts(name, file, loaded.settings)


@prompts.command("try")
@with_settings(*_MODELS)
def try_one(
    loaded: Loaded,
    name: Name,
    file: Annotated[Path | None, typer.Option(metavar="FILE", help="A text to take the prompt's place.")] = None,
    day: Annotated[str | None, typer.Option(metavar="DAY", help="A frozen day (default: the newest).")] = None,
    desk: Annotated[int, typer.Option(min=1, help="Which desk of the day.")] = 1,
    as_json: AsJson = False,
) -> int:
    """Run one agent on one frozen case: its prompt, its answer, and what the critic and the rules object to."""
    from .prompt_bench import try_prompt

    return try_prompt(name, loaded, file=file, day=day, desk=desk, as_json=as_json)


@prompts.command()
@with_settings(*_MODELS)
def compare(
    loaded: Loaded,
    name: Name,
    a: Text,
    b: Text,
    days: Days = None,
    repeat: Annotated[int, typer.Option(min=1, max=50, help="Answers drawn to each question.")] = 1,
    claims: Annotated[Path | None, typer.Option(metavar="FILE", help="Labelled lines, for a critic.")] = None,
    html: Annotated[Path | None, typer.Option(metavar="FILE", help="Write the page here.")] = None,
    as_json: AsJson = False,
) -> int:
    """Replay two texts over frozen days and say which is better, with how much certainty."""
    from .prompt_bench import compare_prompts

    return compare_prompts(
        name, a, b, loaded, days=_days(days), repeat=repeat, claims=claims, html=html, as_json=as_json
    )


@prompts.command("judge", hidden=True)  # its name of before; a judge is who judges lines
@prompts.command()
@with_settings(*_MODELS)
def prefer(
    loaded: Loaded,
    name: Name,
    a: Text,
    b: Text,
    days: Days = None,
    as_json: AsJson = False,
) -> int:
    """Ask a model blind, in both orders, which text's pages a reader would rather have; the digest's are among them."""
    from .prompt_search import prefer_pages

    return prefer_pages(name, a, b, loaded, days=_days(days), as_json=as_json)


@prompts.command()
@with_settings(*_MODELS)
def evolve(
    loaded: Loaded,
    name: Name,
    days: Days = None,
    budget: Annotated[
        int, typer.Option(min=1, metavar="TOKENS", help="The search ends when so many are used.")
    ] = 500_000,
    file: Annotated[Path | None, typer.Option(metavar="FILE", help="Begin with this text.")] = None,
    out: Annotated[Path | None, typer.Option(metavar="FILE", help="Where a better text goes.")] = None,
    as_json: AsJson = False,
) -> int:
    """Let a model rewrite a prompt by the reasons of critic and rules; a better text becomes a file, no more."""
    from .prompt_search import evolve_prompt

    return evolve_prompt(name, loaded, days=_days(days), budget=budget, file=file, out=out, as_json=as_json)
