"""Makes text and addresses of others inert in Markdown, and leaves prose readable in its raw form."""

import re
from collections.abc import Iterable
from urllib.parse import quote, urlsplit

from domain.papers import one_line
from domain.tongues import by_languages, other_letters, union

_ACTIVE = re.compile(
    r"(?P<lead>^\d{1,9}(?=[.)](?:\s|$)))"  # "1. " would start a list
    r"|(?P<tag><(?![\s\d=]))"
    r"|(?P<entity>&(?=#?\w+;))"
    r"|(?P<plain>"
    r"[*`\[\]$|]"
    r"|\\(?=[!-/:-@\[-`{-~]|$)"  # a backslash acts only before punctuation; \sqrt stays as it is
    r"|(?<![^\W_])_|_(?![^\W_])"  # snake_case stays as it is
    r"|(?<!/)~|~(?!\w)"  # "10~20%, 30~40%" would be struck through; the ~ of a home page cannot close a pair
    r"|(?<!\S)#"
    r"|(?<=\{)[{%]"  # Liquid, which GitHub Pages runs over Markdown
    r"|(?i:(?<=http)|(?<=https)|(?<=ftp)):(?=//)|(?i:(?<=\bwww))\."  # GitHub makes a link of every bare address
    r"|^[-+](?=[\s-]|$)"
    r"|^[>=]"
    r")"
)


def escape(text: str) -> str:
    """One line of Markdown that shows ``text`` and does nothing else, wherever in a line it stands.

    Holds for CommonMark with GitHub's extensions (tables, strikethrough, math, footnotes, task lists) and for inline
    HTML. Control, zero-width and direction characters are removed, line breaks become spaces.

    >>> escape("*Star* <b> in R&D: 1.3x (p < 0.05)")
    '\\\\*Star\\\\* &lt;b> in R&D: 1.3x (p < 0.05)'
    """
    return _ACTIVE.sub(_inert, one_line(text))


def _inert(found: re.Match[str]) -> str:
    match found.lastgroup:
        case "lead":
            return found[0] + "\\"
        case "tag":
            return "&lt;"
        case "entity":
            return "&amp;"
        case _:
            return "\\" + found[0]


def address(url: str) -> str:
    """``url`` as it may stand in ``[…](url)`` and bare in text; empty when it is no http(s) address.

    Characters that Markdown or HTML could read are percent-encoded, so the address cannot end early.
    """
    text = one_line(url)
    try:
        parts = urlsplit(text)
        usable = parts.scheme in ("http", "https") and parts.hostname
    except ValueError:
        return ""
    if not usable:
        return ""
    encoded = quote(text, safe=":/?#@!&'+,=%-._~")
    return re.sub(r"(?<![A-Za-z0-9])_|_(?![A-Za-z0-9])|~(?!\w)", lambda found: f"%{ord(found[0]):02X}", encoded)


def link(text: str, url: str) -> str:
    """A Markdown link; only the text where the address is not usable. ``text`` is escaped here."""
    safe = address(url)
    return f"[{escape(text)}]({safe})" if safe else escape(text)


def lone(line: str) -> str:
    """One line of Markdown, of escaped texts, without the backslash before a ``~`` that is the only one in it.

    It has none to pair with, and some readers of Markdown (Python-Markdown, markdown2) would show the backslash.
    """
    return line.replace(r"\~", "~") if line.count("~") == 1 else line


@by_languages
def figure() -> re.Pattern[str]:
    """A measured figure with its unit, a range as one, in plain and in escaped text."""
    unit = rf"\s?(?:%p?|×(?!\s?\d)|x\b(?!\s?\d)|FPS\b|ms\b|{union('shown')})"
    return re.compile(
        rf"(?<![\w.,~-])(?:\\?~|[±+-])?\d[\d.,]*(?:(?:{unit})?(?:\\?~|[–-])\d[\d.,]*)?{unit}(?![A-Za-z-])"
        # "**40%**를" would not be read as bold: a mark closes nothing between sign and letter
        rf"(?:(?<=[%×])(?:{other_letters().pattern}))?"
    )


def bold(text: str) -> str:
    """Escaped text in which measured figures stand out, a range as one.

    >>> bold("비용을 10~30% 줄이고 40%를 아낀다")
    '비용을 **10\\\\~30%** 줄이고 **40%를** 아낀다'
    """
    return figure().sub(lambda found: f"**{found[0]}**", escape(text))


_BRACKETS = re.compile(r"(?<=\w)\s?\([^()]*\)$")


def emphasised(text: str, words: Iterable[str]) -> str:
    """Escaped text in which ``words`` of it stand out, each where it comes first.

    A mark behind a sign closes nothing before a letter, so that a particle stands out with its figure, and what stands
    in brackets at the end does not stand out.

    >>> emphasised("비용을 40%를 아낀다", ["40%"])
    '비용을 **40%를** 아낀다'
    """
    parts: list[str] = []
    at = 0
    for start, end in spans(text, words):
        parts += [piece(text[at:start]), f"**{escape(text[start:end])}**"]
        at = end
    return "".join([*parts, piece(text[at:])])


def spans(text: str, words: Iterable[str]) -> list[tuple[int, int]]:
    """Where ``words`` stand out in a text, the first place of each, none over another."""
    found: list[tuple[int, int]] = []
    for word in words:
        start = text.find(word)
        end = start + len(word)
        if not word or start < 0 or any(start < b and a < end for a, b in found):
            continue
        if not word[-1].isalnum() and (tail := other_letters().match(text, end)):
            bracket = _BRACKETS.search(word)
            end = start + bracket.start() if bracket else tail.end()
        opens = word[0].isalnum() or not text[start - 1 : start].isalnum()
        closes = text[end - 1].isalnum() or not text[end : end + 1].isalnum()
        if opens and closes:
            found.append((start, end))
    return sorted(found)


def piece(text: str) -> str:
    """A part of a line, with the spaces at its ends."""
    inner = text.strip()
    before, after = text[: len(text) - len(text.lstrip())], text[len(text.rstrip()) :]
    return f"{before and ' '}{escape(inner)}{after and ' '}" if inner else before and " "
