"""The verbs that look whether something is right: settings, edited files, reports, this machine."""

from pathlib import Path
from typing import Annotated

import typer

from domain import registry
from domain.errors import UsageError
from graph.settings import Settings

from .arguments import AsJson
from .flags import with_settings
from .settings import Loaded

checks = typer.Typer()


@checks.command("settings")
@with_settings()
def settings_now(loaded: Loaded, as_json: AsJson = False) -> int:
    """Show each setting, as 'insights run' would have it with these flags, and where its value comes from."""
    from .shown import show_settings

    return show_settings(loaded, as_json=as_json)


@checks.command("check")
def check_edited(
    papers: Annotated[list[Path] | None, typer.Argument(metavar="[FILES]", help="Files of papers, as for run.")] = None,
) -> None:
    """Look through every file that a person edits: settings, prompts, glossaries, categories, topics, examples."""
    from .check import check_files

    raise typer.Exit(check_files(papers or []))


@checks.command()
@with_settings("model", "critic_model", "exam", "data")
def audit(
    settings: Settings,
    report: Annotated[Path, typer.Argument(metavar="REPORT.md", help="A report in Markdown, whoever wrote it.")],
    papers: Annotated[Path, typer.Option(help="A file with its papers, as for run.")],
    language: Annotated[str | None, typer.Option(help="Of the report, such as ko (default: as it is written).")] = None,
    html: Annotated[
        Path | None, typer.Option(metavar="FILE", help="Write a page too: HTML, or Markdown where it ends with .md.")
    ] = None,
    as_json: AsJson = False,
) -> int:
    """Hold each line of a report against its papers: by the model that judges, or by rules alone without one."""
    from .audit import audit_report

    if language and (wrong := registry.fault("domain.languages", "language", language, folders=True)):
        raise UsageError(wrong)
    return audit_report(report, papers, settings, language=language, as_json=as_json, page=html)


@checks.command()
@with_settings("data")
def doctor(
    settings: Settings,
    model: Annotated[str | None, typer.Option(help="Ask this model for real: how it answers, how fast.")] = None,
) -> int:
    """Look at settings, keys, sources and the store, and say what is wrong; or ask a model what it can do."""
    if model:
        from .doctor_model import check_model

        return check_model(model, settings)
    from .doctor import check_machine

    return check_machine(settings)
