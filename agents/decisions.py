"""What becomes of a day that a person has decided on. What a person wrote is judged like any other line."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, Literal, cast

from pydantic import Field

from domain.claims import ITEM_ROLES, Brief, Claim, Evidence
from domain.grounding import rules
from domain.grounding.statements import statement_of
from domain.items import Change, Item
from domain.lines import Line
from domain.papers import Paper
from domain.reports import Drop
from domain.value import Value
from models.llm import LLM, ModelFailed

from . import critic
from .framer import Frame
from .reviewer import Edit, ReviewPart, edited, sent_back

Decision = Mapping[str, Any]
_APPROVE: Decision = {"type": "approve"}


class Decided(Value):
    """What was decided of one claim, or of a line that was left out."""

    part: ReviewPart
    what: Literal["keep", "gone", "edit"]
    text: str = ""
    """As a person would have it."""
    why: str = ""
    """Why it is to go."""


class Decisions(Value):
    """What was decided of a whole day."""

    lines: tuple[Decided, ...] = ()
    papers: dict[str, str] = Field(default_factory=dict)
    """Why papers are to go, with all that is said of them, by id."""
    rejected: str | None = None
    """Why the day is not to be published; None where it is."""

    @property
    def rejections(self) -> int:
        """How many lines and papers are to go."""
        return len(self.papers) + sum(1 for one in self.lines if one.what == "gone")

    @property
    def edits(self) -> tuple[Edit, ...]:
        return tuple(
            Edit(
                part=one.part.model_copy(update={"replaces": one.part.replaces or one.part.text}),
                line=Line(
                    papers=one.part.papers,
                    role=one.part.role or "note",
                    text=one.text,
                    written=one.part.replaces or one.part.text,
                    form=one.part.form,
                    by_person=True,
                ),
            )
            for one in self.lines
            if one.what == "edit"
        )


def decide(asked: Sequence[ReviewPart], answer: Mapping[str, Any]) -> Decisions:
    """Reads an answer that has no fault. What is decided of a section holds for its claims; of two decisions about one
    claim the nearer one holds."""
    given: list[Decision] = list(answer["decisions"])
    decisions = {one.key: d for one, d in zip(asked, given + [_APPROVE] * (len(asked) - len(given)), strict=True)}
    day = decisions[asked[0].key]
    if day["type"] == "reject":
        return Decisions(rejected=_why(day))
    sections = {one.section: decisions[one.key] for one in asked if one.kind == "section"}
    lines: list[Decided] = []
    for one in asked:
        if one.kind in ("claim", "left out"):
            lines.append(_decided(one, decisions[one.key], sections.get(one.section, _APPROVE), day))
    titles = [_title(one, decisions[one.key]) for one in asked if one.kind == "section" and not one.framed]
    gone = {id: _why(sections[one.section]) for one in asked if _is_out(one, decisions[one.key]) for id in one.papers}
    return Decisions(lines=(*lines, *(title for title in titles if title)), papers=gone)


def _is_out(one: ReviewPart, decision: Decision) -> bool:
    return one.kind == "section" and not one.framed and decision["type"] == "reject"


def _why(decision: Decision) -> str:
    return str(decision.get("message") or "no reason given")


def _decided(one: ReviewPart, own: Decision, section: Decision, day: Decision) -> Decided:
    if one.kind == "left out":
        # To reject that it is left out is to put it back as it was, as a person's own line.
        text = _line(edited(own).get("text")) if own["type"] == "edit" else one.text if own["type"] == "reject" else ""
        return Decided(part=one, what="edit", text=text) if text else Decided(part=one, what="keep")
    if own["type"] == "reject":
        return Decided(part=one, what="gone", why=_why(own))
    if own["type"] == "edit":
        text = _line(edited(own).get("text"))
    elif section["type"] == "reject":
        return Decided(part=one, what="gone", why=_why(section))
    else:
        text = next((said for outer in (section, day) if (said := _within(outer, one)) != one.text), one.text)
    if not text or (sent_back(one) and text == one.text):
        return Decided(part=one, what="gone", why=one.why or "taken out")
    return Decided(part=one, what="edit" if text != one.text else "keep", text=text)


def _within(outer: Decision, one: ReviewPart) -> str:
    """How a claim stands in the edited section or day; empty where it was taken out there."""
    claims = edited(outer).get("claims") if outer["type"] == "edit" else None
    return _line(cast("dict[str, Any]", claims).get(one.key)) if isinstance(claims, dict) else one.text


def _title(section: ReviewPart, decision: Decision) -> Decided | None:
    title = _line(edited(decision).get("title")) if decision["type"] == "edit" else ""
    if not title or title == section.section:
        return None
    part = section.model_copy(update={"key": f"{section.key}.title", "kind": "claim", "role": "group", "framed": True})
    return Decided(part=part.model_copy(update={"text": section.section}), what="edit", text=title)


def _line(text: object) -> str:
    return " ".join(str(text or "").split())


async def judge_edits(
    edits: Sequence[Edit], papers: Sequence[Paper], *, language: str, llm: LLM | None
) -> tuple[Edit, ...]:
    """The lines of a person, each accepted with its evidence or with what is wrong with it.

    Without a judge, and where it fails, rules alone decide, over all that the papers say. Raises StopRun.
    """
    lines = [edit.line for edit in edits]
    if llm is not None and lines:
        try:
            judged = await critic.critique(lines, papers, about="review", language=language, llm=llm)
        except ModelFailed as failure:
            judged = tuple(
                line.model_copy(update={"objection": f"it could not be judged: {failure}"}) for line in lines
            )
    else:
        judged = tuple(_by_rules(edit, papers, language) for edit in edits)
    mark = {"objection": "edited by a person"}
    marked = (line.model_copy(update=mark) if line.state == "accepted" else line for line in judged)
    return tuple(Edit(part=edit.part, line=line) for edit, line in zip(edits, marked, strict=False))


def _by_rules(edit: Edit, papers: Sequence[Paper], language: str) -> Line:
    brief = Brief(papers=tuple(paper for paper in papers if paper.id in edit.line.papers))
    said = tuple(
        Evidence(paper_id=paper.id, sentence=int(label.partition(".")[2]), quote=text)
        for _, paper, texts in brief.labels()
        for label, text in texts
    )
    kept = tuple(one for one in said if one.quote in edit.part.quotes)
    faults: list[str] = []
    for evidence in filter(None, (kept, said)):
        line = edit.line.model_copy(update={"evidence": evidence})
        faults = [one.reason for one in rules.check_line(statement_of(line.claim, brief.papers, (), language))]
        if not faults:
            return line.model_copy(update={"state": "accepted"})
    return edit.line.model_copy(update={"objection": "; ".join(faults) or "no paper is there that could carry it"})


def settle(
    decided: Decisions, judged: Sequence[Edit], items: Sequence[Item], frame: Frame, titles: Mapping[str, str]
) -> tuple[tuple[Item, ...], Frame, tuple[Drop, ...]]:
    """Items and frame with what was accepted in its place and what was rejected gone. A paper of which no claim is left
    is told no more. ``titles``: of the papers, by id."""
    gone = [one for one in decided.lines if one.what == "gone"]
    accepted = [edit for edit in judged if edit.line.state == "accepted"]
    left: list[Item] = []
    drops = [
        Drop(step="review", what=titles[id], reason=f"rejected by a person: {why}")
        for id, why in decided.papers.items()
    ]
    for item in items:
        own_gone = {one.part.replaces or one.part.text: one.why for one in gone if _is_of(one.part, item)}
        own = [edit for edit in accepted if _is_of(edit.part, item)]
        told = _settled(item, own_gone, own) if own_gone or own else item
        if item.paper_id in decided.papers:
            continue
        if told.claims:
            left.append(told)
        else:
            drops.append(Drop(step="review", what=titles[item.paper_id], reason="a person rejected all of its claims"))
    return tuple(left), _framed(frame, gone, accepted), tuple(drops)


def _is_of(part: ReviewPart, item: Item) -> bool:
    return not part.framed and part.papers == (item.paper_id,)


def _settled(item: Item, gone: Mapping[str, str], edits: Sequence[Edit]) -> Item:
    new = {edit.part.replaces: edit.line for edit in edits}
    claims: list[Claim] = []
    changes = list(item.changes)
    for claim in item.claims:
        if claim.text in gone:
            why = f"rejected by a person: {gone[claim.text]}"
            changes.append(Change(paper_id=item.paper_id, role=claim.role, before=claim.text, after="", why=why))
        else:
            claims.append(new.pop(claim.text).claim if claim.text in new else claim)
    claims += [line.claim for line in new.values()]  # what had been left out
    put_back = {edit.part.replaces for edit in edits}
    changes = [change for change in changes if change.after or change.before not in put_back]
    changes += [
        Change(
            paper_id=item.paper_id,
            role=e.line.role,
            before=e.part.replaces,
            after=e.line.text,
            why="edited by a person",
        )
        for e in edits
    ]
    ordered = tuple(claim for role in ITEM_ROLES for claim in claims if claim.role == role)
    return item.model_copy(update={"claims": ordered, "changes": tuple(changes)})


def _framed(frame: Frame, gone: Sequence[Decided], edits: Sequence[Edit]) -> Frame:
    why = {(one.part.role, one.part.replaces or one.part.text): one.why for one in gone if one.part.framed}
    new = {(edit.line.role, edit.part.replaces): edit.line for edit in edits if edit.part.framed}

    def lines() -> Iterator[Line]:
        for line in frame.lines:
            key = (line.role, line.text)
            if key in why:
                yield line.model_copy(update={"state": "dropped", "objection": f"rejected by a person: {why[key]}"})
            else:
                yield new.get(key, line).model_copy(update={"papers": line.papers})

    return frame.model_copy(update={"lines": tuple(lines())})


def open_edits(judged: Iterable[Edit]) -> tuple[Edit, ...]:
    """The lines that were sent back."""
    return tuple(edit for edit in judged if edit.line.state != "accepted")
