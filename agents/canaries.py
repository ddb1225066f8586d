"""Two lines that every judging call carries among its own: one that is right, and one that code has spoiled.

They are made of the exam's lines and papers, so that what the right answer is does not hang on what the day's writer
did. They stand where any other item or line might stand, under labels like all others, and never reach a page.
"""

import hashlib
import re
from collections.abc import Collection, Mapping
from functools import cache
from random import Random
from typing import NamedTuple

from domain.claims import ITEM_ROLES, Brief
from domain.lines import Line
from domain.papers import Paper

from . import bank

_FIGURE = re.compile(r"(?<![\w.,-])\d[\d,]*(?:\.\d+)?(?![\w-]*-)")


class Canaries(NamedTuple):
    """What is added to a call."""

    paper: Paper
    right: Line
    spoiled: Line
    places: tuple[int, ...]
    """The title, and the sentences that the two lines rest on: all that a judge needs, for a third of the tokens."""
    hook: Line | None
    """What an item of this paper begins with; nothing hangs on what a judge says of it."""


class Watched(NamedTuple):
    """A call with its canaries."""

    lines: dict[str, Line]
    """By the label under which each is shown, in order."""
    brief: Brief
    expected: dict[str, bool]
    """Label of a canary: whether it is right."""
    places: dict[str, Collection[int]]
    """Which sentences are shown, by paper id."""
    names: dict[str, str]
    """What the labels of lines and papers stand for, without those of the canaries."""


def watched(
    pending: Mapping[str, Line],
    brief: Brief,
    places: Mapping[str, Collection[int]] | None,
    language: str,
    turn: int,
) -> Watched:
    """The lines and papers of a call, and two canaries among them at spots that follow from the lines and the turn.

    ``places``: which sentences are shown, by paper id; None for all. Where a call shows whole papers, a canary's paper
    that stands there with three sentences would be known by it.
    """
    seed = "\n".join(line.text for line in pending.values())
    draw = Random(f"{turn} {seed}")  # noqa: S311 - nothing secret is drawn
    added = canaries(language, seed, turn)
    pair = draw.sample([_Shown(added.right, right=True), _Shown(added.spoiled, right=False)], 2)
    own = [_Shown(line, id) for id, line in pending.items()]
    roles = {line.role for line in pending.values()}
    if roles.intersection(ITEM_ROLES):
        first = [_Shown(added.hook)] if added.hook and "hook" in roles else []
        shown, place = _among_items(own, [*first, *pair], brief, draw)
        whole = "hook" in roles
    else:
        whole = False
        shown, place = _in_a_frame(own, pair, draw), draw.randrange(len(brief.papers) + 1)
    wider = brief.model_copy(update={"papers": (*brief.papers[:place], added.paper, *brief.papers[place:])})
    seen = places or {paper.id: _whole(paper) for paper in brief.papers}
    labelled = {f"L{n}": each for n, each in enumerate(shown, start=1)}
    return Watched(
        lines={label: each.line for label, each in labelled.items()},
        brief=wider,
        expected={label: each.right for label, each in labelled.items() if each.right is not None},
        places={**seen, added.paper.id: _whole(added.paper) if whole else added.places},
        names={label: each.own for label, each in labelled.items() if each.own}
        | {wider.label(paper.id): brief.label(paper.id) for paper in brief.papers},
    )


def _whole(paper: Paper) -> range:
    return range(len(paper.sentences) + 1)


class _Shown(NamedTuple):
    line: Line
    own: str = ""
    right: bool | None = None


def _among_items(own: list[_Shown], item: list[_Shown], brief: Brief, draw: Random) -> tuple[list[_Shown], int]:
    """The canaries as an item, before the lines of some paper or behind all; and the place of its paper."""
    papers = [each.line.papers for each in own]
    at = draw.choice([n for n in range(len(own) + 1) if not 0 < n < len(own) or papers[n] != papers[n - 1]])
    follower = papers[at][0] if at < len(own) else ""
    place = next((n for n, paper in enumerate(brief.papers) if paper.id == follower), len(brief.papers))
    return [*own[:at], *item, *own[at:]], place


def _in_a_frame(own: list[_Shown], pair: list[_Shown], draw: Random) -> list[_Shown]:
    """The canaries among the openings, where there are some: two results of one paper would stand out."""
    shown = list(own)
    for each in pair:
        openings = [one.line.role == "opening" for one in shown]
        near = [n for n in range(len(shown) + 1) if any(openings[max(0, n - 1) : n + 1])]
        canary = each._replace(line=each.line.model_copy(update={"role": "opening"}))
        shown.insert(draw.choice(near or range(len(shown) + 1)), canary)
    return shown


def canaries(language: str, seed: str, turn: int) -> Canaries:
    """The pair for a call: the same for the same ``seed``, another one for the next ``turn``."""
    held = _pairs(language)
    place = int(hashlib.sha256(seed.encode()).hexdigest(), 16)
    return held[(place + turn) % len(held)]


@cache
def _pairs(language: str) -> tuple[Canaries, ...]:
    """Every pair of right lines about one paper, of which the second can be spoiled."""
    found: list[Canaries] = []
    for paper in bank.papers():
        held = [q for q in bank.lines(language) if q.papers == (paper.id,)]
        hooks = sorted((q for q in held if q.role == "hook"), key=lambda q: bool(q.fault))
        hook = Line(papers=(paper.id,), role="hook", text=hooks[0].text) if hooks else None
        own = [q for q in held if q.places]
        for right in own:
            for other in own:
                texts = (spoiled(other.text, paper.abstract), bank.turned(other.text)) if other != right else ()
                for text in filter(None, texts):
                    good, bad = (Line(papers=(paper.id,), role="result", text=said) for said in (right.text, text))
                    found.append(Canaries(paper, good, bad, tuple(sorted({0, *right.places, *other.places})), hook))
    return tuple(found)


def spoiled(text: str, abstract: str) -> str:
    """The text with its last figure changed into one that the abstract does not have; empty where it has no figure."""
    figures = list(_FIGURE.finditer(text))
    if not figures:
        return ""
    last = figures[-1]
    for add in (3, 5, 7, 2):
        changed = f"{(int(last[0][0]) + add) % 9 + 1}{last[0][1:]}"
        if changed != last[0] and not re.search(rf"(?<![\d.]){re.escape(changed)}(?![\d.])", abstract):
            return text[: last.start()] + changed + text[last.end() :]
    return ""
