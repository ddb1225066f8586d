"""A page as it meets a reader's eye, and as it can be shown to one who must not know who made it."""

import re
from collections.abc import Sequence
from typing import NamedTuple

_FOLD = re.compile(r"<details\b(?:(?!<details\b).)*?</details\s*>", re.DOTALL | re.IGNORECASE)
_COMMENT = re.compile(r"<!--.*?-->", re.DOTALL)
_IMAGE = re.compile(r"!\[(?:[^\[\]\\]|\\.)*\]\((?:[^()\\]|\\.|\([^()]*\))*\)")
_LINK = re.compile(r"\[((?:[^\[\]\\]|\\.)*)\]\(((?:[^()\\]|\\.|\([^()]*\))*)\)")
_TAG = re.compile(r"</?[A-Za-z][A-Za-z0-9]*(?:\s[^<>]*)?/?>")
_ESCAPE = re.compile(r"\\([!-/:-@\[-`{-~])")
_FENCED = re.compile(r"\A\s*```(?:markdown|md)?[ \t]*\n(.*)\n```\s*\Z", re.DOTALL)
_TITLE = re.compile(r"^# .*$", re.MULTILINE)
_ANCHOR = re.compile(r'<a id="([^"]*)"')

SIGNS = ("Daily Artificial Intelligence Insights", "Daily AI Insights", "daily-ai-insights")
"""What gives this project away."""


class Blind(NamedTuple):
    """A page without signs of who made it."""

    text: str
    removed: tuple[str, ...]
    """The lines that were taken out, but for folds, comments and pictures."""


def as_read(markdown: str) -> str:
    """What is read of a page: its Markdown without folds, comments, pictures, tags and the addresses of links.

    Marks such as ``**`` and ``##`` stay: they are seen as weight and size, and cost little.

    >>> as_read("**[A](https://a.org/x_(1))** is *out*.<!-- v1 --><details>why</details>")
    '**A** is *out*.'
    """
    text = _LINK.sub(r"\1", _IMAGE.sub("", unfolded(markdown)))
    return _tidy(_ESCAPE.sub(r"\1", _TAG.sub("", text)))


def unfolded(markdown: str) -> str:
    """The page without comments and without what is folded away, folds in folds included."""
    text, found = _COMMENT.sub("", markdown), 1
    while found:
        text, found = _FOLD.subn("", text)
    return text


def blind(markdown: str, title: str, *, promise: str = "", hide: Sequence[str] = SIGNS) -> Blind:
    """A page for a reader who must not know who made it, under a neutral ``title``.

    Folds, comments, pictures, links into folds, addresses that are no web addresses, and every line with one of the
    words ``hide`` go. ``promise``: what its status line says of how it was checked, which goes too; date, counts and
    what the page rests on stay.
    """
    fenced = _FENCED.match(markdown)
    whole = fenced[1] if fenced else markdown
    text = _IMAGE.sub("", unfolded(whole))
    removed: list[str] = []
    if promise and promise in text:
        removed.append(promise)
        text = text.replace(f" · {promise}", "").replace(promise, "")
    if own := _TITLE.search(text):
        removed.append(own[0])
        text = text[: own.start()] + text[own.end() :]
    folded = set(_ANCHOR.findall(whole)) - set(_ANCHOR.findall(text))
    text = re.sub(r" · \x00|\x00(?: · )?", "", _LINK.sub(lambda link: _kept(link, folded), text))
    kept: list[str] = []
    for line in text.splitlines():
        (removed if any(sign.casefold() in line.casefold() for sign in hide) else kept).append(line)
    while kept and kept[-1].strip() in ("", "---"):
        kept.pop()
    return Blind(f"# {title}\n\n{_tidy(chr(10).join(kept))}\n", tuple(line for line in removed if line.strip()))


def _kept(link: re.Match[str], folded: set[str]) -> str:
    """A link as it is, its words alone where it leads to a file of the product, a mark where its place was folded."""
    if link[2].removeprefix("#") in folded:
        return "\x00"
    return link[0] if re.match(r"https?:|#", link[2]) else link[1]


def _tidy(text: str) -> str:
    return re.sub(r"\n{3,}", "\n\n", re.sub(r"[ \t]+$", "", text, flags=re.MULTILINE)).strip()
