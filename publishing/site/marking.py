"""Text of papers and models on its way into HTML: made visible, escaped, its figures made to stand out."""

from collections.abc import Iterable
from functools import lru_cache
from typing import Any

from markupsafe import Markup
from markupsafe import escape as html

from domain.papers import one_line
from publishing.escape import address, figure, spans


def without_controls(value: Any) -> Any:
    """A text without line breaks, control, zero-width and direction characters; anything else as it is.

    Every expression of a template goes through this before it is escaped.
    """
    if type(value) is str and not value.isprintable():
        return one_line(value)
    return value


def figures(text: str) -> Markup:
    """A text in which measured figures stand out."""
    shown, start, parts = str(without_controls(text)), 0, list[Markup]()
    for found in figure().finditer(shown):
        parts += [html(shown[start : found.start()]), Markup('<b class="figure">'), html(found[0]), Markup("</b>")]
        start = found.end()
    return Markup("").join([*parts, html(shown[start:])])


def strong(text: str, words: Iterable[str]) -> Markup:
    """A text in which words that its writer chose stand out, and where there are none its measured figures."""
    chosen = tuple(words)
    if not chosen:
        return figures(text)
    shown, start, parts = str(without_controls(text)), 0, list[Markup]()
    for begin, end in spans(shown, chosen):
        parts += [html(shown[start:begin]), Markup("<b>"), html(shown[begin:end]), Markup("</b>")]
        start = end
    return Markup("").join([*parts, html(shown[start:])])


@lru_cache(maxsize=4096)
def web(url: str) -> str:
    """An address that may be linked; empty for whatever is no http(s) address."""
    return address(url)
