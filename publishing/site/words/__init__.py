"""What the site says itself: one file of words for each language, and no code in them."""

from typing import cast

from domain import registry

from .form import SiteWords

__all__ = ["SiteWords", "site_words"]


def site_words(language: str) -> SiteWords:
    """The words of a language; English ones for a language without a file here."""
    name = language if registry.has(__name__, language) else "en"
    return cast(SiteWords, registry.load(__name__, name).WORDS)
