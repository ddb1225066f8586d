"""The name that a paper gives itself, which may sound like an order: 'Imagine yourself', 'Follow the money'."""

import re
from collections.abc import Iterator

from .tongues import form, spoken


def name_in(title: str) -> str:
    """The name that a title begins with, before its colon; empty where there is none."""
    head, colon, rest = title.partition(":")
    return head.strip() if colon and rest.strip() and len(head.split()) <= 3 else ""


def introduced_name(title: str, abstract: str) -> str:
    """The name that a title begins with, where the abstract introduces it as one; else nothing tells it from an order,
    and its author chose it."""
    name = name_in(title)
    return name if name and any(_introductions(name, abstract)) else ""


def unnamed(text: str, name: str) -> str:
    """A sentence that introduces the name, without it: 'we introduce Imagine yourself, a model …'."""
    for found in reversed([*_introductions(name, text)] if name else []):
        text = f"{text[: found.start()]} {stand_in(text).lower()}{text[found.end() :]}"
    return text


def stand_in(text: str) -> str:
    """What stands for a name in a text: a word of its language, where that brings one along."""
    return next((word for each in spoken(text) if (word := each.speaking.it)), "")


_introducing = form(r"\b(?:<speaking.introduces>)$")


def _introductions(name: str, text: str) -> Iterator[re.Match[str]]:
    """Where the name, with the space before it, stands behind a word that introduces it."""
    if f" {name}" in text:
        for found in re.finditer(rf" {re.escape(name)}(?!\w)", text):
            if _introducing().search(text, 0, found.start()):
                yield found
