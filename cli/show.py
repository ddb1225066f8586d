"""``insights show``: a published report on the terminal."""

from datetime import date

from rich.console import Console
from rich.markdown import Markdown

from publishing import files, layout

from .app import COMPLETE, WRONG, fail
from .settings import Settings


def show_day(day: date | None, settings: Settings) -> int:
    """Prints the report's Markdown: laid out on a terminal, as it is elsewhere."""
    reports = settings.data / "reports"
    if day is None:
        published = list(files.published(reports, settings.language))
        if not published:
            raise fail(f"there is no report in {reports} yet; 'insights run' writes one", WRONG)
        path = published[-1].parent / layout.MARKDOWN
    else:
        path = reports / layout.place(day, settings.language) / layout.MARKDOWN
    try:
        text = path.read_text(encoding="utf-8")
    except FileNotFoundError:
        raise fail(f"there is no report at {path}; 'insights run {day}' writes it", WRONG) from None
    console = Console()
    if console.is_terminal:
        console.print(Markdown(text))
    else:
        console.file.write(text)
    return COMPLETE
