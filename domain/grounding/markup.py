"""The sentence is plain text: structure, links and emphasis come from code, never from a model."""

import re
import unicodedata
from collections.abc import Iterator

from .statement import Found, Statement

_FORMS = (
    ("a heading", re.compile(r"^\s{0,3}#{1,6}(?:\s|$)|^\s{0,3}(?:=|-){3,}(?:\s|$)", re.MULTILINE)),
    ("an image or link", re.compile(r"!?\[[^\]]*\]\s?(?:\([^)]*\)|\[[^\]]*\])|^\s*\[[^\]]+\]:\s", re.MULTILINE)),
    (
        "an address",
        re.compile(
            r"\b(?:https?|ftp|file|javascript|data|mailto):\S+|\bwww\.\S+|\b[\w.+-]+@[\w-]+\.[a-z]{2,}\b"
            r"|\b[\w-]+(?:\.[\w-]+)*\.(?:com|org|net|io|ai|dev|co|kr|edu|gov)/\S*",
            re.IGNORECASE,
        ),
    ),
    ("a list item", re.compile(r"^\s*(?:[-*+•▪◦‣]|\(?\d{1,2}[.)])\s+(?=\S)", re.MULTILINE)),
    ("a table", re.compile(r"^\s*\|.*\|\s*$|\|\s*:?-{3,}", re.MULTILINE)),
    ("a quotation mark of Markdown", re.compile(r"^\s*>\s", re.MULTILINE)),
    ("code marks", re.compile(r"`|~~~")),
    (
        "HTML",
        re.compile(
            r"</?[A-Za-z][\w:-]*(?:\s[^<>]*)?/?>|<!--|<!\[CDATA\[|&(?:[a-z]{2,8}|#x?[0-9a-f]{1,6});", re.IGNORECASE
        ),
    ),
    (
        "emphasis marks",
        re.compile(r"\*\*|(?<![\w*])\*(?=[^\s*])[^*]*[^\s*]\*(?!\w)|(?<!\w)__?(?=[^\s_])[^_]*[^\s_]__?(?!\w)|~~"),
    ),
    ("a footnote", re.compile(r"\[\^[^\]]+\]|\[\d{1,3}\]")),
    ("TeX", re.compile(r"\\[A-Za-z]{2,}|\$[^$\s][^$]*\$|\\[()\[\]]")),
    ("a line break", re.compile(r"[\r\n\u2028\u2029]")),
)
_INVISIBLE = {"Cc", "Cf", "Co", "Cn", "Cs"}


def forms(text: str) -> Iterator[tuple[str, str]]:
    """Each form of markup that the text has, with the words that make it: ("an address", "https://…")."""
    for what, form in _FORMS:
        if found := form.search(text):
            yield what, found.group().strip()


def markup(statement: Statement) -> Iterator[Found]:
    """No heading, link, address, list, table, code, HTML, emphasis, footnote, TeX or line break."""
    for what, span in forms(statement.text):
        yield Found(span[:60] or what, f"{what}: write plain text only")


def invisible(statement: Statement) -> Iterator[Found]:
    """No control, zero-width or direction characters."""
    found = {c for c in statement.text if unicodedata.category(c) in _INVISIBLE and c not in "\r\n"}
    if found:
        names = ", ".join(sorted(f"U+{ord(c):04X}" for c in found))
        yield Found(names, f"invisible characters ({names}): write plain text only")
