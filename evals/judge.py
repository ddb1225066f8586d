"""How well a model judges: ``python -m evals.judge --claims FILE --model openai:NAME [--json]``.

FILE holds labelled claims with their evidence, as ``evals.rules`` reads them. What the rules reject is counted and set
aside; the others are put to the model in the critic's real prompt, a few in a call as a draft would, never two on one
sentence, since a wrong claim beside its right twin would be too easy. OPENAI_API_KEY and OPENAI_BASE_URL as for the
command. Prints how many wrong claims the model caught and how many right ones it rejected, by type, and each of its
mistakes. A claim without an answer counts as neither.
"""

import argparse
import asyncio
import json
import sys
import tempfile
from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import date
from pathlib import Path
from typing import Any, Literal

from agents import critic
from domain.claims import Claim, Evidence
from domain.grounding import drafts, rules
from domain.grounding.passage import Fault
from domain.papers import Paper
from domain.value import Value
from models.chat import ChatLLM, Model, open_model
from models.llm import LLM, ModelFailed, StopRun, UnknownModel
from models.meter import Meter
from prompts.glossary import load_glossary

from .rules import passage, read

TOGETHER = 8
"""Claims in one call: about what a category's draft has."""

By = Literal["rules", "model", "nobody", "unanswered"]


class Labelled(Value):
    """One labelled claim and the sentences that it cites."""

    id: str
    label: str
    type: str
    language: str
    claim: Claim


class Judged(Value):
    """Who rejected a claim, and why."""

    claim: Labelled
    by: By
    reason: str = ""


def labelled(rows: Iterable[dict[str, Any]]) -> tuple[list[Labelled], list[Paper]]:
    """The claims, and their papers with all sentences that the file quotes of each. Claims on facts about other days
    are left out: their facts are texts without a source here."""
    rows = [row for row in rows if not row.get("facts")]
    shown = [passage(row) for row in rows]
    quoted: dict[str, dict[str, int]] = defaultdict(dict)
    abstracts: dict[str, str] = {}
    claims: list[Labelled] = []
    for row, each in zip(rows, shown, strict=True):
        (cited,) = each.cited
        key = f"title:{cited.title or cited.abstract}"
        held = quoted[key]
        evidence = [
            Evidence(paper_id=key, sentence=held.setdefault(sentence, len(held) + 1), quote=sentence)
            for sentence in cited.sentences
        ]
        abstracts[key] = str(row.get("abstract") or "")
        claims.append(
            Labelled(
                id=str(row["id"]),
                label=str(row["label"]),
                type=str(row.get("type", "")),
                language=each.language,
                claim=Claim(kind=each.kind, text=each.text, evidence=tuple(evidence)),
            )
        )
    titles = {f"title:{c.title or c.abstract}": c.title for each in shown for c in each.cited}
    papers = [
        Paper(id=key, title=titles[key], abstract=abstracts[key] or " ".join(held)) for key, held in quoted.items()
    ]
    return claims, papers


def calls(claims: Iterable[Labelled], together: int) -> list[list[Labelled]]:
    """The claims in groups of one language, no two of a group on one sentence."""
    groups: list[list[Labelled]] = []
    taken: list[set[tuple[str, int]]] = []
    for each in claims:
        places = {(e.paper_id, e.sentence) for e in each.claim.evidence}
        for group, here in zip(groups, taken, strict=True):
            if len(group) < together and group[0].language == each.language and not places & here:
                group.append(each)
                here |= places
                break
        else:
            groups.append([each])
            taken.append(places)
    return groups


async def judge(claims: Sequence[Labelled], papers: Sequence[Paper], *, llm: LLM, together: int) -> list[Judged]:
    """Each claim as the critic screens it: rules, then the model."""
    by_rules = await asyncio.to_thread(_rules, claims, papers)
    asked = [each for each in claims if each.id not in by_rules]
    groups = await asyncio.gather(*(_screen(group, papers, llm) for group in calls(asked, together)))
    by_id = by_rules | {judged.claim.id: judged for group in groups for judged in group}
    return [by_id[each.id] for each in claims]


def _rules(claims: Sequence[Labelled], papers: Sequence[Paper]) -> dict[str, Judged]:
    """What the rules reject, by id."""
    faults = {
        each.id: rules.check(drafts.passage_of(each.claim, papers, (), each.language), load_glossary(each.language))
        for each in claims
    }
    return {each.id: _judged(each, faults[each.id], by="rules") for each in claims if faults[each.id]}


async def _screen(group: Sequence[Labelled], papers: Sequence[Paper], llm: LLM) -> list[Judged]:
    language = group[0].language
    held = {e.paper_id for each in group for e in each.claim.evidence}
    here = [paper for paper in papers if paper.id in held]
    glossary = await asyncio.to_thread(load_glossary, language)
    claims = [each.claim for each in group]
    try:
        faults = await critic.screen(claims, here, (), language=language, glossary=glossary, llm=llm)
    except ModelFailed as failure:
        return [Judged(claim=each, by="unanswered", reason=str(failure)) for each in group]
    return [_judged(each, found, by="model") for each, found in zip(group, faults, strict=True)]


def _judged(claim: Labelled, faults: Sequence[Fault], *, by: By) -> Judged:
    if not faults:
        return Judged(claim=claim, by="nobody")
    return Judged(claim=claim, by=by, reason="; ".join(f"{f.rule}: {f.reason}" for f in faults))


def summary(judged: Sequence[Judged]) -> dict[str, Any]:
    """Counts by label and type, over what the model was asked and answered, and its mistakes."""
    asked = [j for j in judged if j.by in ("model", "nobody")]
    types = {
        label: {
            kind: {
                "rejected": sum(j.by == "model" for j in asked if (j.claim.label, j.claim.type) == (label, kind)),
                "of": sum((j.claim.label, j.claim.type) == (label, kind) for j in asked),
            }
            for kind in sorted({j.claim.type for j in asked if j.claim.label == label})
        }
        for label in ("bad", "ok")
    }
    return {
        "rejected by rules": {label: _count(judged, "rules", label) for label in ("bad", "ok")},
        "unanswered": sum(j.by == "unanswered" for j in judged),
        "caught": {"rejected": _count(judged, "model", "bad"), "of": sum(j.claim.label == "bad" for j in asked)},
        "falsely rejected": {
            "rejected": _count(judged, "model", "ok"),
            "of": sum(j.claim.label == "ok" for j in asked),
        },
        "types": types,
        "missed": [_shape(j) for j in asked if j.claim.label == "bad" and j.by == "nobody"],
        "false rejections": [_shape(j) for j in asked if j.claim.label == "ok" and j.by == "model"],
    }


def _count(judged: Sequence[Judged], by: By, label: str) -> int:
    return sum(j.by == by and j.claim.label == label for j in judged)


def _shape(judged: Judged) -> dict[str, str]:
    each = judged.claim
    return {"id": each.id, "type": each.type, "claim": each.claim.text, "reason": judged.reason}


def table(report: dict[str, Any]) -> str:
    rules, caught, wrong = report["rejected by rules"], report["caught"], report["falsely rejected"]
    lines = [
        f"by rules, not asked: {rules['bad']} wrong and {rules['ok']} right ones; unanswered: {report['unanswered']}",
        f"caught by the model: {caught['rejected']} of {caught['of']} wrong claims that pass the rules",
        f"falsely rejected by the model: {wrong['rejected']} of {wrong['of']} right claims",
    ]
    for label, name in (("bad", "caught"), ("ok", "falsely rejected")):
        lines += [f"  {name:16} {k:18} {n['rejected']:4} / {n['of']}" for k, n in report["types"][label].items()]
    for name in ("missed", "false rejections"):
        lines += [f"{name}: {m['id']} ({m['type']}) {m['claim']} {m['reason']}".rstrip() for m in report[name]]
    tokens = report["tokens"]
    return "\n".join([*lines, f"{tokens['calls']} calls, {tokens['in']:,} tokens in, {tokens['out']:,} out"])


async def run(rows: Iterable[dict[str, Any]], model: Model, together: int, folder: Path) -> dict[str, Any]:
    """The whole evaluation. Raises StopRun as the command does."""
    meter = Meter(folder / "calls.sqlite")
    meter.start(date.min, "eval")
    llm = ChatLLM(models=[model], meter=meter)
    claims, papers = labelled(rows)
    try:
        report = summary(await judge(claims, papers, llm=llm, together=together))
    finally:
        await llm.aclose()
    usage = meter.usage()
    tokens = {"calls": sum(u.calls for u in usage), "in": sum(u.input_tokens for u in usage)}
    return {**report, "tokens": {**tokens, "out": sum(u.output_tokens for u in usage)}}


def main(arguments: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(prog="python -m evals.judge", description=__doc__)
    parser.add_argument("--claims", type=Path, required=True, help="JSON Lines of labelled claims")
    parser.add_argument("--model", required=True, help="openai:NAME, at OPENAI_BASE_URL where that is set")
    parser.add_argument("--timeout", type=float, default=3600.0, help="seconds until a call counts as unanswered")
    parser.add_argument("--together", type=int, default=TOGETHER, help="claims in one call")
    parser.add_argument("--json", action="store_true", help="one JSON object instead of a table")
    options = parser.parse_args(arguments)
    if not options.claims.is_file():
        parser.error(f"there is no file {options.claims}: give a JSON Lines file of claims")
    with tempfile.TemporaryDirectory() as folder:
        try:
            model = open_model(options.model, timeout=options.timeout)
            report = asyncio.run(run(read(options.claims), model, options.together, Path(folder)))
        except (StopRun, UnknownModel) as stop:
            parser.error(str(stop))
    print(json.dumps(report, ensure_ascii=False, indent=2) if options.json else table(report))
    return 0


if __name__ == "__main__":
    sys.exit(main())
