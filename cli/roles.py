"""What the places of a claim are called, for whoever asks the memory."""

from domain.languages import find
from domain.memories import Hit


def place_name(hit: Hit, language: str) -> str:
    """What a finding is: a paper, or a claim in a place of the page."""
    words = find(language).shell
    return words.roles[hit.role] if hit.role else words.paper
