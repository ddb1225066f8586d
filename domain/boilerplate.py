"""How reports in a language are built, whoever wrote them: what stands in them and asserts nothing of a paper, how they
count their papers and point at them. Regular expressions where nothing else is said, case apart; what a language does
not have is left out."""

from dataclasses import dataclass

from .readings import NEVER


@dataclass(frozen=True)
class Boilerplate:
    """All of it."""

    sources: str = NEVER
    """Alone on a line: what follows lists papers or evidence."""
    colophon: str = NEVER
    """In a heading: what follows tells how the report was made, or lists papers."""
    glossary: str = NEVER
    """Before explanations of words."""
    dates: str = NEVER
    counted_before: str = NEVER
    """Before the number of papers that are listed."""
    counted: str = NEVER
    """Behind it."""
    minutes: str = NEVER
    """How long a page takes to read."""
    voted: str = NEVER
    """Before a number of votes."""
    votes: str = NEVER
    """Behind it."""
    links: str = NEVER
    """Words of links."""
    legend: str = NEVER
    """What a page says of itself and its signs."""
    greetings: str = NEVER
    letters: str = NEVER
    """By which items are numbered: one of them, before a stop or a bracket."""
    predicate: str = NEVER
    """What makes a heading a statement. Here case counts."""
    label_words: int = 3
    """Words up to which a heading is a label."""
    figures: str = NEVER
    """Behind digits: what makes them a figure that is told. Here case counts."""
    openings: str = NEVER
    """Before a colon: labels of a report's title or summary."""
    parts: str = NEVER
    """Labels of the parts in which a paper is told."""
    filing: str = NEVER
    """Heads of columns that only file their rows."""
    concluding: str = NEVER
    """In a heading: what follows tells what the author concludes."""
    ends: str = NEVER
    """On what a sentence ends that lacks its stop. Here case counts."""
    ordinals: tuple[str, ...] = ()
    """The first paper, the second, …: words that count from one in their order."""
    one_of_them: str = NEVER
    """A paper by its place in a list: all of what is one paper of it."""
    several: str = NEVER
    """More papers than one."""
    counts: str = NEVER
    """How many papers, in words or digits."""
    kinds: str = NEVER
    """How many fields, groups or topics, without the noun."""
    of_the_day: str = NEVER
    opposites: tuple[tuple[str, str], ...] = ()
    """Words, as they stand in a text, of which one says the contrary of the other."""
