"""The name that a paper gives itself, which may sound like an order: 'Imagine yourself', 'Follow the money'."""

import re

from .tongues import spoken, union


def name_in(title: str) -> str:
    """The name that a title begins with, before its colon; empty where there is none."""
    head, colon, rest = title.partition(":")
    return head.strip() if colon and rest.strip() and len(head.split()) <= 3 else ""


def introduced_name(title: str, abstract: str) -> str:
    """The name that a title begins with, where the abstract introduces it as one; else nothing tells it from an order,
    and its author chose it."""
    name = name_in(title)
    return name if name and _introduction(name).search(abstract) else ""


def unnamed(text: str, name: str) -> str:
    """A sentence that introduces the name, without it: 'we introduce Imagine yourself, a model …'."""
    return _introduction(name).sub(lambda found: f"{found[1]} {stand_in(text).lower()}", text) if name else text


def stand_in(text: str) -> str:
    """What stands for a name in a text: a word of its language, where that brings one along."""
    return next((word for each in spoken(text) if (word := each.speaking.it)), "")


def _introduction(name: str) -> re.Pattern[str]:
    return re.compile(rf"\b({union('speaking.introduces')}) {re.escape(name)}(?!\w)")
