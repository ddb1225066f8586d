"""Finds the evidence of every line, judges it, and proposes how to mend it. One door for every text, whoever wrote it.

The model attributes and judges; code holds what it attributes against rules that cannot be argued with. Silence, an
outage or an answer that cannot be used accepts nothing: a line is published only when it was accepted by name.
"""

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence

from domain.claims import Brief, resolve
from domain.forms import Form
from domain.grounding import rules, statements
from domain.grounding.statement import Fault
from domain.kinds import Role
from domain.lines import Line
from domain.papers import Paper
from models.llm import LLM

from .attribution import unshown, witnessed
from .counts import without_counts
from .verdicts import Verdicts, approved, ask

ShownSentences = Callable[[Line], Mapping[str, Collection[int]]]
MOST_RESULTS = 4
"""Of one item, the ones included that the critic adds."""
_OF_THE_DAY: tuple[Role, ...] = ("opening", "thread", "group")
"""Roles of lines that are read together, whatever papers they speak of."""


async def critique(
    lines: Sequence[Line],
    papers: Sequence[Paper],
    *,
    about: str | None,
    language: str,
    llm: LLM,
    shown: ShownSentences | None = None,
    foreign: bool = False,
    any_paper: bool = False,
) -> tuple[Line, ...]:
    """The lines, each pending one now accepted with its evidence, dropped, or pending with an objection and, where the
    critic sees a way, a proposal. Results that are missing stand at the end, pending.

    ``papers``: all that the lines speak of, and perhaps more. ``shown``: which sentences of a paper a line can rest on
    (by id; 1-based places), where that is less than all. ``foreign``: they are of a report that somebody else has
    written, and each may be about any of its papers, not about all (``any_paper`` says no more than that). Raises
    ModelFailed where the model gives no verdicts.
    """
    pending = {f"L{n}": line for n, line in enumerate(lines, start=1) if line.state == "pending"}
    if not pending:
        return tuple(lines)
    spoken_of = {id for line in pending.values() for id in line.papers}
    brief = Brief(papers=tuple(paper for paper in papers if paper.id in spoken_of))
    places = _places(pending.values(), brief, shown)
    verdicts = await ask(pending, brief, about=about, language=language, llm=llm, places=places, foreign=foreign)
    loose = foreign or any_paper
    judged = {id: _judged(id, line, verdicts, brief, language, foreign, loose) for id, line in pending.items()}
    found = _once([judged.get(f"L{n}", line) for n, line in enumerate(lines, start=1)])
    return (*found, *_missing(found, verdicts, brief))


def is_open(lines: Iterable[Line]) -> bool:
    """Whether a line is neither accepted nor dropped."""
    return any(line.state == "pending" for line in lines)


def _places(lines: Iterable[Line], brief: Brief, shown: ShownSentences | None) -> dict[str, set[int]]:
    """Which sentences are put before the judge, by paper id. The title always is."""
    held = {paper.id: {place for place, _ in paper.evidence} for paper in brief.papers}
    places: dict[str, set[int]] = {id: {0} for id in held}
    for line in lines:
        given: Mapping[str, Collection[int]] = shown(line) if shown else {}
        for id in line.papers:
            places[id] |= held[id] & set(given[id]) if id in given else held[id]
    return places


def _judged(id: str, line: Line, verdicts: Verdicts, brief: Brief, language: str, foreign: bool, loose: bool) -> Line:
    """The line after the model's verdict and the rules. Of verdicts that contradict each other the strictest holds."""
    refusal = next((one for one in verdicts.drop if one.id == id), None)
    if refusal:
        return _set(line, state="dropped", objection=refusal.why or "nothing carries it")
    mend = next((one for one in verdicts.mend if one.id == id and one.of(line.text)), None)
    if mend:
        evidence, _ = resolve(mend.cites, brief)
        mended = line.model_copy(update={"evidence": tuple(e for e in evidence if e.paper_id in line.papers)})
        return _set(mended, proposal=mend.of(line.text), objection=mend.why or "it says more than is said")
    labels = approved(verdicts).get(id)
    if labels is None:
        return _set(line, objection="the critic gave no verdict on it", rule=rules.NO_VERDICT.name)
    evidence, _ = resolve(labels, brief)
    carried = line.model_copy(
        update={"evidence": tuple(e for e in evidence if e.paper_id in line.papers), "proposal": "", "rule": ""}
    )
    words = [(one.figure, one.words) for one in verdicts.words if one.id == id]
    shown = witnessed((quoted for _, quoted in words), (evidence.quote for evidence in carried.evidence))
    final = rules.CONTESTABLE | rules.WITNESSED if shown else rules.CONTESTABLE
    for fault in _faults(carried, brief, language, words, foreign, loose):
        if line.rule != fault.rule or fault.rule not in final:
            return _set(line, objection=fault.reason, rule=fault.rule)
    return carried.model_copy(update={"state": "accepted"})


def _faults(
    line: Line, brief: Brief, language: str, words: Sequence[tuple[str, str]], foreign: bool, loose: bool
) -> list[Fault]:
    """What code finds wrong with a line that the model let pass, what can be contested last."""
    carried = {evidence.paper_id for evidence in line.evidence}
    bare = [id for id in line.papers if id not in carried]
    if bare and not (loose and carried):
        titles = ", ".join(f"“{paper.title}”" for paper in brief.papers if paper.id in bare)
        return [Fault(rule=rules.NO_EVIDENCE.name, span=line.text, reason=f"no sentence of {titles} was given for it")]
    # Of a foreign report the judge is not asked for words.
    quotes = [evidence.quote for evidence in line.evidence]
    if not foreign and (bare := unshown(line.text, quotes, words)):
        named = ", ".join(bare)
        reason = f"no words of its sentences were given that have {named} and none of the other figures: quote them"
        return [Fault(rule=rules.UNSHOWN.name, span=named, reason=reason)]
    statement = statements.statement_of(line.claim, brief.papers, (), language)
    if foreign:
        statement = statement.model_copy(update={"text": without_counts(line.text, language)})
    found = rules.check_line(statement, "audit" if foreign else "line")
    return [fault for fault in found if line.role != "note" or fault.rule not in rules.SAID_ABOVE]


def _set(line: Line, **changed: str) -> Line:
    return line.model_copy(update={"proposal": "", "rule": "", **changed})


def _once(lines: Sequence[Line]) -> list[Line]:
    """What is said twice of a paper is said once: the first accepted line stands. The items of two papers may say the
    same; two stories of the day do not, nor have two groups their title in common."""
    said: dict[str, set[str]] = {}
    kept: list[Line] = []
    for line in lines:
        if line.state == "accepted":
            of = said.setdefault("".join(c for c in line.text.casefold() if c.isalnum()), set())
            if of.intersection(line.papers) or (of and line.role in _OF_THE_DAY):
                line = _set(line, state="dropped", objection="the page says this already", rule=rules.SAID_TWICE.name)
            of.update(line.papers)
        kept.append(line)
    return kept


def _missing(lines: Sequence[Line], verdicts: Verdicts, brief: Brief) -> list[Line]:
    """The results to add, where the item has room for them."""
    held = [id for line in lines if line.role == "result" and line.state != "dropped" for id in line.papers]
    added: list[Line] = []
    for one in verdicts.missing:
        paper = brief.paper(one.paper)
        text = " ".join(one.line.split())
        told = any(line.role in ("hook", "method", "result") and paper and paper.id in line.papers for line in lines)
        if paper is None or not text or not told or held.count(paper.id) >= MOST_RESULTS:
            continue
        held.append(paper.id)
        why = "a main result that no line told"
        evidence = tuple(e for e in resolve(one.cites, brief)[0] if e.paper_id == paper.id)
        form = _last_form(lines, paper.id)
        line = Line(
            papers=(paper.id,), role="result", text=text, evidence=evidence, added=True, objection=why, form=form
        )
        added.append(line)
    return added


def _last_form(lines: Sequence[Line], paper_id: str) -> Form:
    """A result that is added to a list is one of its bullets."""
    results = [line for line in lines if line.role == "result" and line.papers == (paper_id,)]
    return "bullet" if results and results[-1].form == "bullet" else "sentence"
