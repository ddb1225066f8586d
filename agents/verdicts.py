"""What a judge is asked about lines, and what it answers: labels of sentences, and few words of its own."""

import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import NamedTuple

from pydantic import Field

import prompts
from domain.claims import ITEM_ROLES, Brief
from domain.grounding.quantities import quantities
from domain.kinds import Role
from domain.lines import Line
from domain.value import Value
from models.llm import LLM, CallPart, ModelFailed, TooMuch

from .attribution import swappable
from .canaries import watched as with_canaries

_WHOLE = 0.7
"""Share of a line's length from which on what was to replace some of it may be all of it."""
_CLOSING = (",", ".", ";", ":", "!", "?", ")")
"""What no space stands before."""
_ENDS = 8
"""Characters of a line's beginning or end by which one that is given whole is known."""


class Mend(Value):
    """A line that says something else, or more, than its sentences."""

    id: str
    cites: tuple[str, ...] = Field(description="labels of the sentences that carry the mended line")
    why: str = Field(description="half a sentence")
    old: str = Field(
        default="",
        description="the words of the line that are replaced, to the letter: as few as possible, and enough to stand "
        "there only once; empty where most of the line changes",
    )
    line: str = Field(
        description="what stands in their place, so that the words around it still fit; empty where old is only cut; "
        "where old is empty, and where two places are mended, the whole line"
    )

    def of(self, text: str) -> str:
        """The whole line ``text``, mended; empty where it is not clear what is replaced: a figure is in all its places,
        for which it is asked once. Who gives all of it again is understood too, whatever is called old."""
        old, new = " ".join(self.old.split()), " ".join(self.line.split())
        long = len(new) >= _WHOLE * len(text)
        if not old:
            return new
        if text.count(old) != 1:
            return new if long else _in_all_places(text, old, new)
        before, after = text.split(old)
        again = (before.strip() and new.startswith(before.strip()[:_ENDS])) or (
            after.strip(" .") and new.rstrip(" .").endswith(after.strip(" .")[-_ENDS:])
        )
        if long and again:
            return new
        placed = self.line  # with the spaces around it: in the place of a comma they count
        if new.startswith(_CLOSING):
            before, placed = before.rstrip(), placed.lstrip()
        if after.startswith(_CLOSING):
            placed = placed.rstrip()
        return " ".join(f"{before}{placed}{after}".split())


def _in_all_places(text: str, old: str, new: str) -> str:
    """The text with one figure for another wherever it stands; empty where ``old`` is something else as well."""
    places = [figure for figure in quantities(text) if figure.text.strip() == old]
    whole = places and len(places) == text.count(old) and [figure.text for figure in quantities(new)] == [new]
    return text.replace(old, new) if whole else ""


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
    pending: Mapping[str, Line],
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
    of a report that somebody else has written. A ``watched`` call carries canaries; one that fails them counts for
    nothing and is made once more, with others. What is too much at once is asked in halves, of which one may have no
    verdicts. Raises ModelFailed where the model gives no verdicts at all, Untrusted where none can be believed.
    """
    again = not any(line.role in ITEM_ROLES and not line.evidence for line in pending.values())
    seen_before = any(line.evidence or line.objection for line in pending.values())
    asked = _Asked(about, language, llm, foreign, again, _ROUNDS[seen_before] if watched else "exam")

    async def judge() -> Verdicts:
        if not watched:
            return await _ask(pending, brief, places, asked)
        for turn in range(2):
            call = with_canaries(pending, brief, places, language, turn)
            verdicts = await _ask(call.lines, call.brief, call.places, asked._replace(own=call.names.keys()))
            if all(
                _as_expected(label, call.lines[label].text, right, verdicts) for label, right in call.expected.items()
            ):
                return _named(verdicts, call.names)
        raise Untrusted("the judge was not believed: twice it let a spoiled line pass or rejected a right one")

    try:
        return await judge()
    except TooMuch:
        if len(pending) == 1:
            raise
    ids = list(pending)
    parts: list[Verdicts] = []
    failures: list[ModelFailed] = []
    for half in (ids[: len(ids) // 2], ids[len(ids) // 2 :]):
        some = {id: pending[id] for id in half}
        try:
            parts.append(
                await ask(
                    some,
                    brief,
                    about=about,
                    language=language,
                    llm=llm,
                    places=places,
                    watched=watched,
                    foreign=foreign,
                )
            )
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


_ROUNDS = ("first round", "later rounds")
"""Later ones have lines that a judge has mended or sent back before."""


class _Asked(NamedTuple):
    """What the calls of one question have in common."""

    about: str | None
    language: str
    llm: LLM
    foreign: bool
    again: bool
    """No item of a paper is judged for the first time."""
    part: str
    """What the receipt calls it."""
    own: Collection[str] | None = None
    """Labels of lines and papers that are no canaries; None where there are none."""

    def spending(self, shown: Sequence[Shown], sentences: Sequence[tuple[str, str]]) -> CallPart:
        """What the receipt is told of a call."""
        if self.own is None:
            return CallPart(name=self.part)
        lines = [line.text for line in shown if line.id not in self.own]
        strange = [text for label, text in sentences if label.partition(".")[0] not in self.own]
        return CallPart(name=self.part, canaries="\n".join((*strange, *lines)), of_answer=len(lines) / len(shown))


async def _ask(
    pending: Mapping[str, Line], brief: Brief, places: Mapping[str, Collection[int]] | None, asked: _Asked
) -> Verdicts:
    """One call."""
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
    llm, about, part = asked.llm, asked.about, asked.spending(shown, sentences)
    if asked.foreign:
        return await llm.ask(
            f"{asked.language}/audit",
            Verdicts,
            about=about,
            part=part,
            sentences=sentences,
            lines=shown,
            fence=fence,
        )
    return await llm.ask(
        f"{asked.language}/critique",
        Verdicts,
        about=about,
        part=part,
        again=asked.again,
        sentences=sentences,
        lines=shown,
        fence=fence,
    )


def _named(verdicts: Verdicts, names: Mapping[str, str]) -> Verdicts:
    """The verdicts under the names of those who asked; what was said of others is left out."""

    def own(label: str) -> str:
        head, dot, place = label.partition(".")
        return label if head.startswith("T") else f"{names[head]}{dot}{place}" if head in names else ""

    def all_of(labels: Iterable[str]) -> tuple[str, ...]:
        return tuple(filter(None, map(own, labels)))

    return Verdicts(
        ok=tuple(" ".join(all_of(_LABELS.findall(one))) for one in verdicts.ok),
        mend=tuple(
            one.model_copy(update={"id": names[one.id], "cites": all_of(one.cites)})
            for one in verdicts.mend
            if one.id in names
        ),
        drop=tuple(one.model_copy(update={"id": names[one.id]}) for one in verdicts.drop if one.id in names),
        missing=tuple(
            one.model_copy(update={"paper": names[one.paper], "cites": all_of(one.cites)})
            for one in verdicts.missing
            if one.paper in names
        ),
        words=tuple(one.model_copy(update={"id": names[one.id]}) for one in verdicts.words if one.id in names),
    )


_LABELS = re.compile(r"[LPT]\d+(?:\.\d+)?")


def _as_expected(label: str, text: str, right: bool, verdicts: Verdicts) -> bool:
    """Whether a canary is judged as it should be. One that is right may be worded better, with the figures it has: the
    judge has not called it wrong."""
    if label in approved(verdicts):
        return right
    if not right:
        return True
    better = next((one.of(text) for one in verdicts.mend if one.id == label), "")
    return better not in ("", text) and _figures(better) == _figures(text)


def _figures(text: str) -> list[tuple[str, object]]:
    return sorted((q.kind, q.value) for q in quantities(text))


def approved(verdicts: Verdicts) -> dict[str, tuple[str, ...]]:
    """The lines that are let pass as they stand, by id, with the labels given for each. Of verdicts that contradict
    each other the strictest holds."""
    other = {one.id for one in (*verdicts.mend, *verdicts.drop)}
    read = (tuple(_LABELS.findall(one)) for one in verdicts.ok)
    return {labels[0]: labels[1:] for labels in read if labels and labels[0].startswith("L") and labels[0] not in other}
