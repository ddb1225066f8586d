"""Word lists as people read them, made into patterns."""

import re


def cues(listed: str) -> re.Pattern[str]:
    """A pattern for any of the words and phrases of a list, one or more a line, parted by commas.

    A space stands for any white space, ``*`` for any ending, ``…`` for up to three words between. Case does not matter.

    >>> bool(cues("state of the art, outperform*").search("It outperforms them"))
    True
    """
    return re.compile(rf"(?<![\w-]){_any(listed)}(?![\w-])", re.IGNORECASE)


def openings(listed: str) -> re.Pattern[str]:
    """The same at the beginning of a sentence.

    >>> bool(openings("Next").match("Next-token prediction is cheap."))
    False
    """
    return re.compile(rf"^{_any(listed)}(?![\w-])", re.IGNORECASE)


def alternatives(listed: str) -> str:
    """The same as a part of a larger pattern, to be read without regard to case."""
    return _any(listed)


def _any(listed: str) -> str:
    entries = [entry.strip() for line in listed.strip().splitlines() for entry in line.split(",") if entry.strip()]
    return rf"(?:{'|'.join(_pattern(entry) for entry in entries)})"


def _pattern(entry: str) -> str:
    parts: list[str] = []
    for word in entry.split():
        if word == "…":
            parts.append(r"(?:[\w-]+\s+){0,3}?")
        else:
            parts.append(re.escape(word).replace(r"\*", r"\w*") + r"\s+")
    return "".join(parts).removesuffix(r"\s+")
