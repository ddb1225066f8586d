"""The command: its verbs in the order of its help, and how what goes wrong is told. What each verb takes stands in the
modules named so; what it does is loaded when it is called."""

import sys
from typing import Any

import typer
from typer.core import TyperGroup

from domain.errors import InsightsError, UsageError
from graph.places import trouble

from .checking_verbs import checks
from .day_verbs import days
from .exit_codes import USAGE, WRONG
from .memory_verbs import asked, memory, taxonomy
from .prompt_verbs import prompts, replays
from .reader_verbs import letters, site
from .settings import export_env
from .stopping import AGAIN, Stopped, deafen, listen, stoppable, told


class _Insights(TyperGroup):
    """The one place where a foreseen error becomes a sentence on standard error and an exit code."""

    def invoke(self, ctx: Any) -> Any:
        try:
            with stoppable(AGAIN):
                export_env()
                return super().invoke(ctx)
        except InsightsError as error:
            raise _told(error) from None
        except Exception as error:
            if wrong := trouble(error):
                raise _told(InsightsError(f"{wrong}; {AGAIN}")) from None
            raise

    def make_context(self, *given: Any, **named: Any) -> Any:
        try:
            with stoppable(AGAIN):
                return super().make_context(*given, **named)
        except Stopped as error:
            raise _told(error) from None


def _told(error: InsightsError) -> typer.Exit:
    if isinstance(error, Stopped):
        deafen()
    typer.echo(f"insights: {error}", err=True)
    return typer.Exit(_code(error))


def _code(error: InsightsError) -> int:
    match error:
        case Stopped():
            return error.code
        case UsageError():
            return USAGE
        case _:
            return WRONG


app = typer.Typer(
    cls=_Insights,
    name="insights",
    help="Tells you each morning what the AI field did yesterday, every sentence tied to the paper it rests on.",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
)
for _verbs in (days, asked, checks, letters, replays):
    app.add_typer(_verbs)
app.add_typer(memory, name="memory")
app.add_typer(taxonomy, name="taxonomy")
app.add_typer(prompts, name="prompts", no_args_is_help=True)
app.add_typer(site, name="site")


def main() -> None:
    """The command."""
    # Standard output may be a pipe with an ASCII locale; the reports are Korean.
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="replace")  # pyright: ignore[reportUnknownMemberType, reportAttributeAccessIssue]
    try:
        listen()
        app()
    except (KeyboardInterrupt, SystemExit) as end:
        sys.exit(told(end))
    finally:
        deafen()
