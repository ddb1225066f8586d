"""The kinds of things for which every language has words of its own."""

from typing import Literal

Role = Literal[
    "hook", "abstract", "problem", "method", "result", "note", "opening", "pick", "group", "thread", "flow", "returning"
]
"""The place of a claim: the first six are parts of an item, the others of the whole day's page.

``abstract`` is the beginning of an abstract, quoted where no sentence of it can be given a truer label.
"""

Status = Literal["complete", "partial", "quiet", "broken"]
"""``complete``: all sources answered, all categories written. ``partial``: something is missing, and named. ``quiet``:
nothing was listed, as is normal for the day. ``broken``: no report could be made of what should have been there."""

CauseKind = Literal[
    "nothing listed", "unusable", "no papers", "unwritten", "silent", "lost", "missing", "quoted", "bare", "unfit judge"
]

ResourceKind = Literal["paper", "code", "weights", "data", "demo", "project"]

Severity = Literal["high", "medium", "low"]
"""``high``: readers get the finding itself wrong. ``medium``: its scope, strength, cause or subject. ``low``: what they
believe is right, and a word is not."""

FaultKind = Literal[
    "figure", "direction", "actor", "absent", "cause", "scope", "hedge", "praise", "term", "unclear", "other"
]
"""What is wrong with a line, as the judge names it; ``other`` where it names nothing."""

Standing = Literal["ok", "mended", "dropped", "objected", "unjudged", "unplaced"]
"""``ok``: the papers carry it. ``mended``: something in it is wrong. ``dropped``: nothing carries it. ``objected``: a
rule found something, and no judge agreed or was asked. ``unjudged``: nobody judged it. ``unplaced``: no paper was found
that it may be about."""

Reason = Literal["opening", "again", "continued", "votes"]
"""``opening``: its day's opening named it. ``again``: it came on several days. ``continued``: a later paper of the week
takes it up. ``votes``: it is among the most liked of the week."""
