"""What the program itself says on a page, in a language that there is; English for any other."""

from domain.languages import find
from domain.wording import TITLE, Words, counted

__all__ = ["TITLE", "Words", "counted", "words"]


def words(language: str) -> Words:
    """The fixed wording of a page."""
    return find(language).page
