"""``insights show``: a published report on the terminal."""

from datetime import date

from rich.console import Console
from rich.markdown import Markdown

from domain.errors import InsightsError
from graph.settings import Settings
from publishing import files, layout

from .exit_codes import COMPLETE


def show_day(day: date | None, settings: Settings) -> int:
    """Prints the report's Markdown: laid out on a terminal, as it is elsewhere."""
    reports = settings.data / "reports"
    if day is None:
        published = list(files.published(reports, settings.language))
        if not published:
            raise InsightsError(f"there is no report in {reports} yet; 'insights run' writes one")
        path = published[-1].parent / layout.MARKDOWN
    else:
        path = reports / layout.place(day, settings.language) / layout.MARKDOWN
    try:
        text = path.read_text(encoding="utf-8")
    except FileNotFoundError:
        raise InsightsError(f"there is no report at {path}; 'insights run {day}' writes it") from None
    console = Console()
    if console.is_terminal:
        console.print(Markdown(text))
    else:
        console.file.write(text)
    return COMPLETE
