"""What the rules, and a judge, do with claims that nobody here has seen:
``python -m evals.first_sight CLAIMS.jsonl [--model openai:NAME]``.

CLAIMS is JSON Lines, written by somebody who knows neither the rules nor their tests: ``id``, ``papers`` (each with
``title`` and ``abstract``) and ``lines`` (each with ``role``, ``text``, ``label`` ok or bad, for a bad one ``kind``,
perhaps ``why``), perhaps ``language``. Its hash must be committed in ``evals/first_sight/SHA256`` before anything runs
over it (``sha256sum CLAIMS.jsonl``); the file itself stays outside of the project. The result goes into
``evals/history.jsonl``; after the first one the set counts as seen.

Rules alone hold each line against all sentences of its papers. With a model the lines of a record are judged together,
as those of a desk are, by the critic as a run has it, canaries and rules included.
"""

import argparse
import asyncio
import hashlib
import json
import re
import sys
import tempfile
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from datetime import date
from pathlib import Path

from bench.claims import BadClaims, Judged, LabelledPapers, by_critic, read
from domain.grounding.rules import check_line
from domain.grounding.statement import Cited, Statement
from models.chat import ChatLLM
from models.llm import StopRun, UnknownModel
from models.meter import Meter
from models.provider import Model, open_model

from . import history
from .commits import git
from .history import Count, Judge, Result

HASHES = Path(__file__).parent / "first_sight" / "SHA256"
_MEASURED = ("domain", "agents", "models", "prompts")
_OF_FIGURES = re.compile(r"figure|number|unit|scale|percent|arithmetic|by-vs-to|수치|단위", re.IGNORECASE)


class Unready(Exception):
    """It must not run; the text says what to do first."""


def by_rules(record: LabelledPapers) -> list[Judged]:
    """Each line as the rules see it over all sentences of its papers."""
    cited = tuple(
        Cited(title=paper.title, abstract=paper.abstract, sentences=tuple(text for _, text in paper.evidence))
        for paper in record.shown()
    )
    judged: list[Judged] = []
    for line in record.lines:
        faults = check_line(Statement(text=line.text, language=record.tongue, cited=cited))
        names = tuple(dict.fromkeys(fault.rule for fault in faults))
        judged.append(Judged(line=line, passed=not faults, rules=names, why="; ".join(f.reason for f in faults)))
    return judged


def result(judged: Iterable[Judged], *, path: Path, sha256: str, commit: str, judge: Judge, model: str) -> Result:
    """The counts."""
    every = list(judged)
    answered = [one for one in every if one.passed is not None]
    wrong = [one for one in answered if one.line.label == "bad"]
    right = [one for one in answered if one.line.label == "ok"]
    kinds: dict[str, list[Judged]] = defaultdict(list)
    for one in wrong:
        kinds[one.line.kind].append(one)
    raised = Counter(rule for one in answered for rule in one.rules)
    found = Counter(rule for one in wrong for rule in one.rules)
    return Result(
        day=date.today().isoformat(),
        name=path.name,
        sha256=sha256,
        commit=commit,
        judge=judge,
        model=model,
        wrong=_caught(wrong),
        figures=_caught([one for one in wrong if _OF_FIGURES.search(one.line.kind)]),
        right=_caught(right),
        unanswered=len(every) - len(answered),
        kinds={kind: _caught(those) for kind, those in sorted(kinds.items())},
        rules={rule: Count(found=found[rule], of=raised[rule]) for rule in sorted(raised)},
    )


def _caught(judged: Sequence[Judged]) -> Count:
    return Count(found=sum(not one.passed for one in judged), of=len(judged))


def ready(path: Path, root: Path = HASHES.parents[2]) -> tuple[str, str]:
    """The set's hash and the commit that is measured. Raises Unready where the hash is not committed, and where what is
    measured is not."""
    sha256 = hashlib.sha256(path.read_bytes()).hexdigest()
    known = git(root, "show", f"HEAD:{HASHES.relative_to(HASHES.parents[2]).as_posix()}")
    if sha256 not in known.split():
        raise Unready(f"{path} has the hash {sha256}: write it and the name into {HASHES}, commit that, then run")
    if changed := git(root, "status", "--porcelain", "--", *_MEASURED):
        raise Unready(f"what is measured is not committed ({changed.splitlines()[0].strip()}): commit it, then run")
    return sha256, git(root, "rev-parse", "--short", "HEAD").strip()


def table(found: Result) -> str:
    """The result as lines."""
    seen = "a set that was seen before" if found.seen else "at first sight"
    lines = [f"{found.name}, {found.judge}{f' with {found.model}' if found.model else ''}, {seen}, at {found.commit}"]
    lines += [
        f"  {name:24} {count.found:4} / {count.of}"
        for name, count in (
            ("wrong lines caught", found.wrong),
            ("wrong figures caught", found.figures),
            ("right lines rejected", found.right),
        )
    ]
    lines += [f"  unanswered               {found.unanswered}"] if found.unanswered else []
    lines += ["by kind"] + [f"  {kind or '-':24} {count.found:4} / {count.of}" for kind, count in found.kinds.items()]
    lines += ["by rule: wrong lines, right lines"]
    lines += [f"  {rule:24} {count.found:4} {count.of - count.found:4}" for rule, count in found.rules.items()]
    return "\n".join(lines)


def mistakes(judged: Iterable[Judged]) -> list[str]:
    """The lines that were judged wrongly."""
    told: list[str] = []
    for one in judged:
        if one.passed is not None and one.passed == (one.line.label == "bad"):
            what = f"{'missed' if one.passed else 'rejected'} ({one.line.kind or 'ok'}; {', '.join(one.rules)})"
            told.append(f"{what} {one.line.text} | {one.why}")
    return told


async def _judge(records: Sequence[LabelledPapers], model: Model) -> list[Judged]:
    with tempfile.TemporaryDirectory() as folder:
        meter = Meter(Path(folder) / "calls.sqlite")
        meter.start(date.today(), "first sight")
        llm = ChatLLM(models=[model], meter=meter)
        try:
            answers = await asyncio.gather(*(by_critic(record, llm, second_look=True) for record in records))
        finally:
            await llm.aclose()
    return [one for answer in answers for one in answer]


def main(arguments: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(prog="python -m evals.first_sight", description=__doc__)
    parser.add_argument("claims", type=Path, help="JSON Lines of labelled lines with their papers")
    parser.add_argument("--model", help="a judge besides: openai:NAME, at OPENAI_BASE_URL where that is set")
    parser.add_argument("--timeout", type=float, default=3600.0, help="seconds until a call counts as unanswered")
    parser.add_argument("--mistakes", action="store_true", help="also the lines that were judged wrongly")
    parser.add_argument("--json", action="store_true", help="the result as JSON")
    options = parser.parse_args(arguments)
    if not options.claims.is_file():
        parser.error(f"there is no file {options.claims}: give a JSON Lines file of claims")
    try:
        sha256, commit = ready(options.claims)
        records = read(options.claims)
        runs: list[tuple[Judge, str, list[Judged]]] = [("rules", "", [one for r in records for one in by_rules(r)])]
        if options.model:
            answered = asyncio.run(_judge(records, open_model(options.model, timeout=options.timeout)))
            runs.append(("critic", options.model, answered))
            later = [one.model_copy(update={"passed": one.again}) for one in answered]
            runs.append(("second look", options.model, later))
    except (Unready, BadClaims, StopRun, UnknownModel) as stop:
        parser.error(str(stop))
    for judge, model, judged in runs:
        counted = result(judged, path=options.claims, sha256=sha256, commit=commit, judge=judge, model=model)
        kept = history.append(counted)
        print(json.dumps(kept.model_dump(), ensure_ascii=False) if options.json else table(kept))
        if options.mistakes:
            print("\n".join(mistakes(judged)))
    return 0


if __name__ == "__main__":
    sys.exit(main())
