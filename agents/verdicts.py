"""What a judge is asked about lines, and what it answers: labels of sentences, and few words of its own."""

import re
from collections.abc import Collection, Mapping

from pydantic import Field

import prompts
from domain.claims import ITEM_ROLES, Brief, Role
from domain.lines import Line
from domain.value import Value
from models.llm import LLM, ModelFailed, TooMuch

from .attribution import swappable
from .canaries import canaries


class Mend(Value):
    """A line that says something else, or more, than its sentences."""

    id: str
    cites: tuple[str, ...] = Field(description="labels of the sentences that carry the mended line")
    why: str = Field(description="half a sentence")
    line: str = Field(description="the line with as few words changed as possible")


class Refusal(Value):
    """A line that nothing carries."""

    id: str
    why: str = Field(description="half a sentence")


class Words(Value):
    """Where a line has figures that could be exchanged: the evidence of one of them."""

    id: str
    figure: str = Field(description="as it stands in the line")
    words: str = Field(description="of one of its sentences, quoted; … for what is left out")


class Missing(Value):
    """A main result that no line tells."""

    paper: str = Field(description="label of the paper, such as P3")
    cites: tuple[str, ...]
    line: str


class Verdicts(Value):
    """Every line once, in ``ok``, ``mend`` or ``drop``; ``words`` for the lines of ``ok`` that ask for them."""

    ok: tuple[str, ...] = Field(description='id of the line and labels of its sentences: "L4 P2.1 P2.4"')
    mend: tuple[Mend, ...]
    drop: tuple[Refusal, ...]
    missing: tuple[Missing, ...]
    words: tuple[Words, ...] = ()


class Shown(Value):
    """One line as the judging model sees it."""

    id: str
    about: tuple[str, ...]
    """Labels of the papers."""
    role: Role
    text: str
    objection: str
    swappable: tuple[str, ...] = ()
    """Figures for which the words of the evidence are asked."""


class Untrusted(ModelFailed):
    """A judge that let a spoiled line pass, or rejected a right one, in two calls of the same question."""


async def ask(
    pending: dict[str, Line],
    brief: Brief,
    *,
    about: str | None,
    language: str,
    llm: LLM,
    places: Mapping[str, Collection[int]] | None = None,
    watched: bool = True,
    foreign: bool = False,
) -> Verdicts:
    """Verdicts on all lines, by id.

    ``places``: which sentences are shown, by paper id (0: the title); None for all. ``foreign``: whether the lines are
    of a report that somebody else has written. A ``watched`` call carries
    canaries; one that fails them counts for nothing and is made once more, with others. Raises ModelFailed where the
    model gives no verdicts at all, Untrusted where none can be believed.
    """
    again = not any(line.role in ITEM_ROLES and not line.evidence for line in pending.values())
    if not watched:
        return await _ask(pending, brief, places, about, language, llm, foreign, again)
    roles = {line.role for line in pending.values()}
    seed = "\n".join(line.text for line in pending.values())
    for turn in range(2):
        paper, right, spoiled, carrying = canaries(language, seed, turn)
        last = max(int(id[1:]) for id in pending)
        # Among the lines of a frame a result of a paper would stand out, and so would a fixed order.
        role = "result" if roles.intersection(ITEM_ROLES) else "opening"
        pair = [line.model_copy(update={"role": role}) for line in (right, spoiled)]
        expected = [True, False]
        if (len(seed) + turn) % 2:
            pair, expected = pair[::-1], expected[::-1]
        added = {f"L{last + n}": line for n, line in enumerate(pair, start=1)}
        wider = Brief(papers=(*brief.papers, paper), facts=brief.facts)
        seen = {**(places or {one.id: range(len(one.sentences) + 1) for one in brief.papers}), paper.id: carrying}
        verdicts = await _ask({**pending, **added}, wider, seen, about, language, llm, foreign, again)
        if [id in approved(verdicts) for id in added] == expected:
            return verdicts
    raise Untrusted("the judge was not believed: twice it let a spoiled line pass or rejected a right one")


async def _ask(
    pending: dict[str, Line],
    brief: Brief,
    places: Mapping[str, Collection[int]] | None,
    about: str | None,
    language: str,
    llm: LLM,
    foreign: bool,
    again: bool,
) -> Verdicts:
    """One call; where that is too much at once, halves, of which one may have no verdicts."""
    spoken_of = {paper for line in pending.values() for paper in line.papers}
    held = {
        paper.id: [each for each in texts if places is None or int(each[0].partition(".")[2]) in places[paper.id]]
        for _, paper, texts in brief.labels()
        if paper.id in spoken_of
    }
    sentences = [each for texts in held.values() for each in texts]
    shown = [
        Shown(
            id=id,
            about=tuple(brief.label(paper) for paper in line.papers),
            role=line.role,
            text=line.text,
            objection=line.objection if line.rule else "",
            swappable=swappable(line.text, [text for paper in line.papers for _, text in held[paper]]),
        )
        for id, line in pending.items()
    ]
    fence = prompts.fence([*(text for _, text in sentences), *(line.text for line in shown)])
    try:
        if foreign:
            return await llm.ask(
                f"{language}/audit", Verdicts, about=about, sentences=sentences, lines=shown, fence=fence
            )
        return await llm.ask(
            f"{language}/critique",
            Verdicts,
            about=about,
            again=again,
            sentences=sentences,
            lines=shown,
            fence=fence,
        )
    except TooMuch:
        if len(pending) == 1:
            raise
        ids = list(pending)
        parts: list[Verdicts] = []
        failures: list[ModelFailed] = []
        for half in (ids[: len(ids) // 2], ids[len(ids) // 2 :]):
            some = {id: pending[id] for id in half}
            try:
                parts.append(await _ask(some, brief, places, about, language, llm, foreign, again))
            except ModelFailed as failure:
                failures.append(failure)
        if not parts:
            raise failures[-1] from None
        return Verdicts(
            ok=tuple(one for part in parts for one in part.ok),
            mend=tuple(one for part in parts for one in part.mend),
            drop=tuple(one for part in parts for one in part.drop),
            missing=tuple(one for part in parts for one in part.missing),
            words=tuple(one for part in parts for one in part.words),
        )


_LABELS = re.compile(r"[LPT]\d+(?:\.\d+)?")


def approved(verdicts: Verdicts) -> dict[str, tuple[str, ...]]:
    """The lines that are let pass as they stand, by id, with the labels given for each. Of verdicts that contradict
    each other the strictest holds."""
    other = {one.id for one in (*verdicts.mend, *verdicts.drop)}
    read = (tuple(_LABELS.findall(one)) for one in verdicts.ok)
    return {labels[0]: labels[1:] for labels in read if labels and labels[0].startswith("L") and labels[0] not in other}
