"""What a person is asked before a day is published.

The question has the shape of LangChain's human-in-the-loop middleware (``action_requests``,
``review_configs``; answered by ``decisions`` in the same order), which Agent Inbox, Agent Chat UI and Studio know: the
whole day, then each section, then each of its claims and what was left out of it. ``decisions.py`` reads the answer.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, Literal, cast

from domain.forms import Form
from domain.items import Item
from domain.kinds import Role
from domain.lines import Line
from domain.value import Value

from .framer import Frame

PartKind = Literal["day", "section", "claim", "left out"]
ACTIONS: Mapping[PartKind, str] = {
    "day": "publish_day",
    "section": "publish_section",
    "claim": "publish_claim",
    "left out": "leave_out",
}
"""What is to be approved of each."""


class ReviewPart(Value):
    """One thing on which a decision is asked."""

    key: str
    kind: PartKind
    section: str = ""
    """The title of the section that it is, or is of."""
    papers: tuple[str, ...] = ()
    """Ids of the papers that it speaks of; of a section those of its items."""
    role: Role | None = None
    text: str = ""
    replaces: str = ""
    """How the line stands that it would replace, where that is another one."""
    form: Form = "sentence"
    framed: bool = False
    """It is a line of the frame, and of no item."""
    why: str = ""
    """Why it was left out, or sent back."""
    quotes: tuple[str, ...] = ()
    """The sentences that it rests on."""


class Edit(Value):
    """A line that a person wrote, and which one it is to replace."""

    part: ReviewPart
    line: Line


class Reviewed(Value):
    """How far a review has come."""

    state: Literal["", "open", "done", "rejected"] = ""
    """Empty where nobody was asked. ``open``: lines that a person wrote were sent back, and are asked about again."""
    open: tuple[Edit, ...] = ()
    edited: int = 0
    rejected: int = 0
    why: str = ""
    """Why the whole day was rejected."""

    @property
    def in_words(self) -> str:
        """For logs and receipts."""
        return f"reviewed by a person: {self.edited} lines edited, {self.rejected} rejected"


def parts(
    items: Sequence[Item], groups: Iterable[tuple[str, tuple[str, ...]]], frame: Frame, opening: str
) -> tuple[ReviewPart, ...]:
    """Everything that can be decided, in reading order: the day, then each section with its claims and what was left
    out of it. ``groups``: titles and papers, as they are printed. ``opening``: what the section of the frame is called.
    """
    found = [ReviewPart(key="day", kind="day")]
    by_paper = {item.paper_id: item for item in items}
    lines = list(_of_frame(frame, opening))
    if lines:
        found += [ReviewPart(key="frame", kind="section", section=opening, framed=True), *lines]
    for n, (title, ids) in enumerate(groups, start=1):
        held = tuple(id for id in ids if id in by_paper)
        found.append(ReviewPart(key=f"s{n}", kind="section", section=title, papers=held))
        for id in held:
            found += _of_item(by_paper[id], title)
    return tuple(found)


def _of_frame(frame: Frame, section: str) -> Iterator[ReviewPart]:
    for n, line in enumerate(frame.lines):
        if line.role == "group":
            continue
        yield ReviewPart(
            key=f"frame.{n}",
            kind="claim" if line.state == "accepted" else "left out",
            section=section,
            papers=line.papers,
            role=line.role,
            text=line.text,
            framed=True,
            why="" if line.state == "accepted" else line.objection or "nobody judged it",
            quotes=tuple(one.quote for one in line.evidence),
        )


def _of_item(item: Item, section: str) -> Iterator[ReviewPart]:
    for n, claim in enumerate(item.claims):
        yield ReviewPart(
            key=f"{item.paper_id}.{n}",
            kind="claim",
            section=section,
            papers=(item.paper_id,),
            role=claim.role,
            text=claim.text,
            form=claim.form,
            quotes=tuple(one.quote for one in claim.evidence),
        )
    for n, change in enumerate(item.changes):
        if not change.after:
            yield ReviewPart(
                key=f"{item.paper_id}.x{n}",
                kind="left out",
                section=section,
                papers=(item.paper_id,),
                role=change.role,
                text=change.before,
                why=change.why,
            )


def once_more(edits: Sequence[Edit]) -> tuple[ReviewPart, ...]:
    """What is asked about lines of a person that were sent back."""
    asked = [ReviewPart(key="day", kind="day")]
    for edit in edits:
        told = {"kind": "claim", "text": edit.line.text, "why": _why(edit.line), "quotes": ()}
        asked.append(edit.part.model_copy(update=told))
    return tuple(asked)


def _why(line: Line) -> str:
    return f"{line.objection}; the critic would have: {line.proposal}" if line.proposal else line.objection


def request(asked: Sequence[ReviewPart], names: Mapping[str, str], page: str = "", fault: str = "") -> dict[str, Any]:
    """The question, in LangChain's shape. ``names``: what the papers are called, by id. ``page``: the day as it would
    be published. ``fault``: what was wrong with the answer before."""
    return {
        "action_requests": [
            {
                "name": ACTIONS[one.kind],
                "args": _arguments(one, asked),
                "description": _described(one, names, page, fault),
            }
            for one in asked
        ],
        "review_configs": [
            {
                "action_name": ACTIONS[one.kind],
                "allowed_decisions": ["edit", "reject"] if sent_back(one) else ["approve", "edit", "reject"],
            }
            for one in asked
        ],
    }


def _arguments(one: ReviewPart, asked: Sequence[ReviewPart]) -> dict[str, Any]:
    if one.kind in ("claim", "left out"):
        return {"text": one.text}
    claims = {part.key: part.text for part in asked if part.kind == "claim" and one.section in ("", part.section)}
    return {"title": one.section, "claims": claims} if one.kind == "section" else {"claims": claims}


def _described(one: ReviewPart, names: Mapping[str, str], page: str, fault: str) -> str:
    match one.kind:
        case "day":
            told = f"{fault}\n\n" if fault else ""
            return f"{told}Approve to publish, edit its claims, or reject the day.\n\n{page}"
        case "section":
            return f"Section {one.section}"
        case _:
            about = ", ".join(names.get(id, id) for id in one.papers)
            rests = "".join(f"\n> {quote}" for quote in one.quotes)
            left = f"\nleft out: {one.why}" if one.kind == "left out" else f"\nsent back: {one.why}" if one.why else ""
            return f"{one.role} of {about}{left}{rests}"


def sent_back(one: ReviewPart) -> bool:
    """It is a line that a person wrote, and that the critic did not accept."""
    return one.kind == "claim" and bool(one.why)


def fault(asked: Sequence[ReviewPart], answer: object) -> str:
    """What is wrong with an answer, in a sentence; empty for one that can be used. A single decision is one about the
    whole day, which leaves everything in it as it stands."""
    decisions = cast("dict[str, Any]", answer).get("decisions") if isinstance(answer, dict) else None
    if not isinstance(decisions, list):
        return 'The answer should be {"decisions": [...]}, with one decision for each request, in their order.'
    given = cast("list[Any]", decisions)
    if len(given) not in (1, len(asked)):
        return (
            f"There are {len(asked)} requests and {len(given)} decisions; give one for each, or one for the whole day."
        )
    for n, (one, decision) in enumerate(zip(asked, given, strict=False), start=1):
        kind = cast("dict[str, Any]", decision).get("type") if isinstance(decision, dict) else None
        if kind not in ("approve", "edit", "reject"):
            return f"Decision {n} should have the type approve, edit or reject, not {kind!r}."
        if kind == "approve" and sent_back(one) and len(given) > 1:
            return f"Decision {n} is about a line that was sent back: edit or reject it."
        if kind == "edit" and not isinstance(edited(decision), dict):
            return f'Decision {n} should give "edited_action": {{"name", "args"}}.'
    return ""


def edited(decision: Any) -> Any:
    """The arguments as a person edited them."""
    action = decision.get("edited_action")
    return cast("dict[str, Any]", action).get("args") if isinstance(action, dict) else None
