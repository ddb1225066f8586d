"""Ten thousand spoiled answers of a model: whole days against a server that spoils every second answer.

Whatever comes back, the day is published, every paper stands in it once, told or quoted, every line rests on sentences
of its paper, and what was lost is named. What is spoiled hangs on the question and how often it was asked, so that a
day can be done again from its number.
"""

import asyncio
import hashlib
import json
import random
import re
import shutil
import time
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from http.server import ThreadingHTTPServer
from pathlib import Path
from typing import Any

from domain.errors import InsightsError
from domain.reports import Receipt
from graph.runs import Outcome, run_day
from models.llm import StopRun
from publishing import files
from tests import answering
from tests.answering import Judged, ModelContext, Question
from tests.graph.model_days import SEVERAL
from tests.model_server import Say, events, serve
from tests.scripted import DAY, Shelf

from . import mutations
from .batches import Batch, in_forks
from .trial import Soak
from .world import World

SLOW = 60.0
"""Seconds of processor time after which a day counts as a fault."""
_MARKUP = re.compile(r"<(?!sub|sup|br|a |/|details|summary|img|b>|i>|p|ul|li)\w+|\x00|\ud800")
"""What no page has."""
_A_DAY = 9
"""Answers that are spoiled in a day, about; what is really spoiled is counted."""


@dataclass
class Spoiler:
    """Answers well or badly."""

    chance: random.Random
    share: float
    spoiled: Counter[str] = field(default_factory=Counter[str])
    times: Counter[str] = field(default_factory=Counter[str])
    seed: str = ""

    def __post_init__(self) -> None:
        self.seed = str(self.chance.random())

    def answer(self, request: dict[str, Any], _: int) -> Say:
        question = answering.read(request)
        good = well(question)
        said = json.dumps(request["messages"], sort_keys=True)
        self.times[said] += 1
        mark = hashlib.sha256(f"{self.seed}{self.times[said]}{said}".encode()).hexdigest()
        chance = random.Random(mark)
        if chance.random() > (self.share if not question.is_exam else self.share / 10):
            return good
        self.spoiled[question.schema] += 1
        return spoil(request, good, chance)


def well(question: Question) -> Say:
    """A right answer with all that one may hold, so that there is something to spoil: of a writer sentences, words in
    bold, bullets and the rows of a table; of a judge mended lines and results that were missing."""
    told = answering.answer(question, laid_out)
    if question.schema == "Verdicts" and not question.is_exam:
        told = answering.verdicts(question, mends=reworded)
        told["missing"] = [
            {"paper": paper, "cites": [f"{paper}.2"], "line": held[2]}
            for paper, held in question.sentences.items()
            if 2 in held and question.language == "en"
        ]
    return Say(answering.text(told))


def laid_out(question: Question) -> dict[str, Any]:
    told = answering.item(question)
    (found,) = told["results"]
    figure = re.findall(r"[\d.]+%", found)[0]
    korean = question.language == "ko"
    first, second, over = (
        ("실험", "시험", "기준 대비 정확도") if korean else ("Tests", "Trials", "accuracy over the baseline")
    )
    return told | {
        "method": [told["method"], f"- {told['method']}"],
        "results": [
            found.replace(figure, f"**{figure}**"),
            f"- {figure}: {found}",
            *(f"| | {over} |", "|---|---|", f"| {first} | {figure} |", f"| {second} | {figure} |"),
        ],
    }


def reworded(line: Judged) -> str:
    """A note is mended once."""
    said = line.text.replace("아직 ", "").replace(" remain ", " are ")
    return said if line.role == "note" and said != line.text else ""


def spoil(request: dict[str, Any], good: Say, chance: random.Random) -> Say:
    """One bad answer: as JSON, as text, as bytes, or as a message over the wire."""
    match chance.randrange(16):
        case 0 | 1 | 2:
            return Say(mutations.dumped(mutations.value(json.loads(good.text), chance)))
        case 3 | 4 | 5:
            return Say(mutations.dumped(mutations.texts(json.loads(good.text), chance)))
        case 6 | 7:
            return Say(mutations.text(good.text, chance))
        case 8:
            whole = b"".join(events(request, good)).decode()
            body = mutations.encoded(whole, chance)
            return Say(raw=body, headers={"Content-Type": "text/event-stream"})
        case 9:
            whole: Any = {
                "choices": [{"index": 0, "message": {"content": good.text}, "finish_reason": "stop"}],
                "usage": {},
            }
            return Say(raw=mutations.dumped(mutations.value(whole, chance)).encode("utf-8", errors="replace"))
        case 10:
            text = mutations.encoded(good.text, chance).decode("utf-8", errors="replace")
            return Say(text, finish=chance.choice(("length", "content_filter", "stop", None, "tool_calls", "")))
        case 11:
            return Say(status=chance.choice((400, 404, 408, 413, 422, 429, 500, 502, 503, 529)), text="no")
        case 12:
            return Say(good.text, breaks=True) if chance.random() < 0.5 else Say(drop=True)
        case 13:
            said = chance.choice(mutations.STRANGE_TEXT)
            return Say(endless=f"{said} and so on ") if said.strip() and chance.random() < 0.2 else Say(said)
        case 14:
            return Say(message=_message(good.text, chance))
        case _:
            return Say(refusal=chance.choice(mutations.STRANGE_TEXT) or "no")


def _message(text: str, chance: random.Random) -> dict[str, Any]:
    return chance.choice(
        (
            {"content": None, "reasoning_content": text},
            {"content": [{"type": "text", "text": text}, {"type": "image"}, None]},
            {"content": text, "tool_calls": [{"index": 0, "function": {"arguments": text}}]},
            {"content": {"text": text}},
            {"content": text, "role": 7},
            {"content": "", "function_call": {"arguments": text[:20]}},
            {},
        )
    )


def models(soak: Soak, world: World, full: int) -> None:
    """``full``: answers in a full round."""
    days = max(1, len(soak.rounds(full)) // _A_DAY)
    in_forks(
        soak,
        world,
        Batch("mutated answers: a model", "run, with a model", days, size=20, patience=1_200),
        lambda numbers, folder: _days(soak, numbers, folder),
    )


def _days(soak: Soak, numbers: range, folder: Path) -> Iterator[tuple[int, str, str, int]]:
    ThreadingHTTPServer.handle_error = lambda *_: None  # type: ignore[method-assign]  a client hung up
    for number in numbers:
        chance, began = soak.chance("model", number), time.process_time()
        spoiler = Spoiler(chance, share=chance.choice((0.2, 0.5, 0.9)))
        data = folder / str(number)
        try:
            bad, seen = asyncio.run(day(spoiler, data, chance))
        except Exception as error:
            bad, seen = f"{type(error).__name__}: {error}", ""
            import traceback

            bad += "".join(traceback.format_exception(error)[-6:])
        if (passed := time.process_time() - began) > SLOW:
            bad = bad or f"it took {passed:.0f} s of the processor"
        if not bad:
            shutil.rmtree(data, ignore_errors=True)
        yield number, bad, seen, sum(spoiler.spoiled.values())


async def day(spoiler: Spoiler, data: Path, chance: random.Random) -> tuple[str, str]:
    """(what went wrong, what the report says is missing) of one day."""
    import os

    papers = SEVERAL[: chance.choice((3, 9))]
    settings: dict[str, Any] = {
        "data": str(data),
        "shelves": (Shelf({DAY: papers}),),
        "attempts": 2,
        "exam": chance.choice((0.0, 0.0, 0.0, 0.9)),
        "language": chance.choice(("ko", "ko", "en")),
        "revisions": chance.choice((0, 2)),
    }
    with serve(spoiler.answer) as server:
        os.environ |= {"OPENAI_BASE_URL": server.url, "OPENAI_API_KEY": "test"}
        try:
            outcome = await run_day(DAY, ModelContext(**settings))
        except StopRun as stopped:
            spoiler.share = 0.0
            outcome = await run_day(DAY, ModelContext(**settings))
            found = wrong(outcome, papers)
            return "; ".join(found), f"stopped: {stopped}"
        except InsightsError as error:
            return f"the day ended: {error}", ""
        found = wrong(outcome, papers)
        receipt = receipt_of(outcome)
        made = sum(u.calls - u.cached for u in receipt.usage)
        if made < len(server.asked):  # one that broke off before the server heard it is counted too
            found.append(f"{len(server.asked)} calls were made, {made} are counted")
    return "; ".join(found), outcome.report.reason


def receipt_of(outcome: Outcome) -> Receipt:
    return Receipt.model_validate_json((outcome.folder / "receipt.json").read_bytes())


def wrong(outcome: Outcome, papers: tuple[Any, ...]) -> list[str]:
    """What must hold for every report, and does not."""
    report, receipt = outcome.report, receipt_of(outcome)
    page = (outcome.folder / "report.md").read_text(encoding="utf-8")
    held = {p.id: f"{p.title} {p.abstract}" for p in papers}
    quoted = [item for item in report.items if item.quoted]
    rules = {
        "the files are not the report": files.read_report(outcome.folder / "report.json") == report,
        "papers are told other than once": sorted(i.paper_id for i in report.items) == sorted(held),
        "papers are on the page other than once": sorted(id for g in report.groups for id in g.papers) == sorted(held),
        "a title is not on the page": all(p.title in page for p in papers),
        "what is missing is not told": report.status == ("partial" if quoted or not report.opening else "complete"),
        "the receipt tells another status": (receipt.status, receipt.reason) == (report.status, report.reason),
        "a drop has no reason": all(drop.reason for drop in receipt.drops),
        "quoted, and nothing says why": not quoted or bool(receipt.drops),
        "a line rests on nothing": all(
            claim.evidence and all(e.quote in held[e.paper_id] for e in claim.evidence) for claim in report.claims()
        ),
        "a quoted line is not of the paper": all(claim.text in held[i.paper_id] for i in quoted for claim in i.claims),
        "there is markup": not _MARKUP.search(page),
        "lines left out are not in the receipt": [
            (d.what, d.reason) for d in receipt.drops if d.step.startswith("critique/")
        ]
        == [(c.before, c.why) for c in report.changes if not c.after],
    }
    return [fault for fault, fine in rules.items() if not fine]
