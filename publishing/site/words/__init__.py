"""What the site says itself, per language: one file of words each, and no code in them."""

from .en import EN
from .form import SiteWords
from .ko import KO

__all__ = ["SiteWords", "site_words"]


def site_words(language: str) -> SiteWords:
    """Korean for ``ko``, English for every other language, as all other words of the program."""
    return KO if language == "ko" else EN
