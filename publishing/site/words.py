"""What the site says itself, from the folders of the languages."""

from domain.languages import find
from domain.site_wording import SiteWords

__all__ = ["SiteWords", "site_words"]


def site_words(language: str) -> SiteWords:
    """The words of a language; English ones for a language that has none of its own."""
    own, english = find(language).site, find("en").site
    assert english is not None
    return own or english
