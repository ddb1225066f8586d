"""How reports in a language are built, whoever wrote them: what stands in them and asserts nothing of a paper, how they
count their papers and point at them. Regular expressions where nothing else is said, case apart; what a language does
not have is left out."""

from dataclasses import dataclass

_NEVER = "(?!)"


@dataclass(frozen=True)
class Boilerplate:
    """All of it."""

    sources: str = _NEVER
    """Alone on a line: what follows lists papers or evidence."""
    colophon: str = _NEVER
    """In a heading: what follows tells how the report was made, or lists papers."""
    glossary: str = _NEVER
    """Before explanations of words."""
    dates: str = _NEVER
    counted_before: str = _NEVER
    """Before the number of papers that are listed."""
    counted: str = _NEVER
    """Behind it."""
    minutes: str = _NEVER
    """How long a page takes to read."""
    voted: str = _NEVER
    """Before a number of votes."""
    votes: str = _NEVER
    """Behind it."""
    links: str = _NEVER
    """Words of links."""
    legend: str = _NEVER
    """What a page says of itself and its signs."""
    greetings: str = _NEVER
    letters: str = _NEVER
    """By which items are numbered: one of them, before a stop or a bracket."""
    predicate: str = _NEVER
    """What makes a heading a statement. Here case counts."""
    label_words: int = 3
    """Words up to which a heading is a label."""
    figures: str = _NEVER
    """Behind digits: what makes them a figure that is told. Here case counts."""
    openings: str = _NEVER
    """Before a colon: labels of a report's title or summary."""
    parts: str = _NEVER
    """Labels of the parts in which a paper is told."""
    filing: str = _NEVER
    """Heads of columns that only file their rows."""
    concluding: str = _NEVER
    """In a heading: what follows tells what the author concludes."""
    ends: str = _NEVER
    """On what a sentence ends that lacks its stop. Here case counts."""
    ordinals: tuple[str, ...] = ()
    """The first paper, the second, …: words that count from one in their order."""
    one_of_them: str = _NEVER
    """A paper by its place in a list: all of what is one paper of it."""
    several: str = _NEVER
    """More papers than one."""
    counts: str = _NEVER
    """How many papers, in words or digits."""
    kinds: str = _NEVER
    """How many fields, groups or topics, without the noun."""
    of_the_day: str = _NEVER
    opposites: tuple[tuple[str, str], ...] = ()
    """Words, as they stand in a text, of which one says the contrary of the other."""
