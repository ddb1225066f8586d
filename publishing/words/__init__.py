"""What the program itself says on a page, in a language that there is; English for any other."""

from domain.languages import find
from domain.wording import TITLE, PageWords, counted

__all__ = ["TITLE", "PageWords", "counted", "words"]


def words(language: str) -> PageWords:
    """The fixed wording of a page."""
    return find(language).page
