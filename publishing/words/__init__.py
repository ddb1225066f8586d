"""What the program itself says on a page, per language: one file of words each, and no code in them."""

from .en import EN
from .form import TITLE, Words
from .ko import KO

__all__ = ["TITLE", "Words", "words"]


def words(language: str) -> Words:
    """Korean for ``ko``, English for every other language, as the taxonomy and the trend facts do."""
    return KO if language == "ko" else EN
