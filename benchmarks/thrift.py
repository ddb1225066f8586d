"""What a day costs in model tokens, against what one plain call per category would cost.

    python -m benchmarks.thrift [--recordings FOLDER] [--seeds FOLDER]

The bundled 12-paper day is written by a scripted model, which needs no recording; then each recorded day is replayed
through the whole graph. Prints tokens in and out per agent and the total as a ratio to three baselines, each one call
per category with the same abstracts:

    writer  the writer's own calls, instructions and citations included: what a report of this form costs unchecked
    bare    a one-line prompt, the papers without labels, and the bare text that the writer really wrote
    older   the same prompt, answered at the length of the older system's sections (about 560 tokens)

No tokenizer of a chat model is part of the project, so tokens are estimated twice: four characters a token, as the
scripted servers count, and the same but for Hangul, of which 1.5 make one. Replies count as
compact JSON, as structured output writes it. Schemas of answers stand apart: servers charge for them differently.
Exits 1 when a 12-paper day costs more than twice the writer's calls by either estimate.
"""

import argparse
import asyncio
import json
import re
import sys
import tempfile
from collections import Counter, defaultdict
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from domain.claims import Draft
from graph.context import Context
from graph.runs import run_day
from tests.answering import Question, Said, answer, read, text
from tests.graph.test_recordings import RECORDINGS, SEEDS, Replayed, key
from tests.model_server import Say, asked_for, serve

BUNDLED = date(2024, 10, 6)
DAYS = ("2024-10-06", "2024-10-13", "2024-11-14")
AGENTS = {
    "Choices": "classify",
    "Draft": "synthesize",
    "Verdicts": "critique",
    "Edit": "edit",
    "Overview": "overview",
    "Flow": "flow",
}
PLAIN = "Summarise these papers for researchers in Korean."
OLDER_SECTION = 560
MOST = 2.0

_HANGUL = re.compile(r"[\u1100-\u11ff\u3130-\u318f\uac00-\ud7a3]")

Estimate = Callable[[str], float]


def by_characters(text: str) -> float:
    """As the scripted servers count."""
    return len(text) / 4


def by_script(text: str) -> float:
    """Nearer to what Korean costs."""
    hangul = len(_HANGUL.findall(text))
    return hangul / 1.5 + (len(text) - hangul) / 4


@dataclass(frozen=True)
class Exchange:
    """One request and its reply."""

    agent: str
    sent: tuple[str, ...]
    reply: str
    schema: str


@dataclass(frozen=True)
class Cost:
    """What a day's exchanges cost by one estimate."""

    rows: dict[str, tuple[int, float, float]]
    """Agent → calls, tokens in, tokens out."""
    writer: float
    bare: float
    older: float
    schemas: float
    """Of all calls, and counted nowhere else."""
    writers_schemas: float

    @property
    def total(self) -> float:
        return sum(sent + reply for _, sent, reply in self.rows.values())


def exchange(request: dict[str, Any], reply: str) -> Exchange:
    with suppress(json.JSONDecodeError):  # an answer that is no JSON was paid for as it is
        reply = json.dumps(json.loads(reply), ensure_ascii=False, separators=(",", ":"))
    schema = json.dumps(request["response_format"], separators=(",", ":"))
    sent = tuple(str(message["content"]) for message in request["messages"])
    return Exchange(AGENTS.get(asked_for(request), asked_for(request)), sent, reply, schema)


def cost(exchanges: Sequence[Exchange], tokens: Estimate) -> Cost:
    calls = Counter(each.agent for each in exchanges)
    sent, replied = defaultdict[str, float](float), defaultdict[str, float](float)
    bare = older = 0.0
    for each in exchanges:
        sent[each.agent] += sum(map(tokens, each.sent))
        replied[each.agent] += tokens(each.reply)
        if each.agent == "synthesize":
            papers = tokens(PLAIN) + tokens("\n".join(re.findall(r"^P\d+\.\d+ (.*)$", each.sent[1], re.MULTILINE)))
            bare += papers + tokens("\n".join(s.text for _, _, s in Draft.model_validate_json(each.reply).statements()))
            older += papers + OLDER_SECTION
    return Cost(
        rows={agent: (calls[agent], sent[agent], replied[agent]) for agent in AGENTS.values() if calls[agent]},
        writer=sent["synthesize"] + replied["synthesize"],
        bare=bare,
        older=older,
        schemas=sum(tokens(each.schema) for each in exchanges),
        writers_schemas=sum(tokens(each.schema) for each in exchanges if each.agent == "synthesize"),
    )


def quotes(question: Question) -> list[Said]:
    """A draft of the length that people wrote: the papers' own sentences, so that the rules have nothing to reject."""
    said: list[Said] = []
    for paper, held in question.papers.items():
        fit = [
            (label, sentence) for label, sentence in held.items() if "http" not in sentence and label != f"{paper}.0"
        ]
        part = ("themes", "findings", "findings", "findings", "impact", "outlook")
        said += [Said(part, sentence, (label,)) for part, (label, sentence) in zip(part, fit, strict=False)]
        said += [Said("keywords", " ".join(held[f"{paper}.0"].split(":")[0].split()[:4]), (f"{paper}.0",))]
    first, held = next(iter(question.papers.items()))
    last = next(label for label in reversed(held) if label == f"{first}.0" or "http" not in held[label])
    return [Said("headline", held[last], (last,)), *(s for s in said if s.text != held[last])]


async def scripted(data: Path) -> list[Exchange]:
    """What the bundled day asks of a scripted model, in English."""
    asked: list[Exchange] = []

    def say(request: dict[str, Any], number: int) -> Say:
        reply = text(answer(read(request), quotes))
        asked.append(exchange(request, reply))
        return Say(reply)

    with serve(say) as server:
        context = Replayed(url=server.url, data=str(data), sources=("sample",), language="en")
        await run_day(BUNDLED, context)
    return asked


async def recorded(path: Path, day: date, data: Path, **settings: Any) -> tuple[list[Exchange], int]:
    """What a day asks of its recordings, and how many questions they do not answer."""
    known = await asyncio.to_thread(_replies, path)
    asked: list[Exchange] = []
    missing = 0

    def say(request: dict[str, Any], number: int) -> Say:
        nonlocal missing
        if (reply := known.get(key(request))) is None:
            missing += 1
            return Say(status=503)
        asked.append(exchange(request, reply))
        return Say(reply)

    with serve(say) as server:
        await run_day(day, Replayed(url=server.url, data=str(data), **settings))
    return asked, missing


def _replies(path: Path) -> dict[str, str]:
    entries = map(json.loads, path.read_text(encoding="utf-8").splitlines())
    return {entry["key"]: entry["reply"] for entry in entries}


def show(name: str, papers: int, exchanges: Sequence[Exchange]) -> bool:
    """Prints a day; whether it costs at most twice the writer's calls by both estimates."""
    fine = True
    for label, tokens in (("characters / 4", by_characters), ("Hangul / 1.5, others / 4", by_script)):
        found = cost(exchanges, tokens)
        print(f"{name}, {papers} papers, tokens by {label}")
        for agent, (calls, sent, replied) in found.rows.items():
            print(f"  {agent:11}{calls:4} calls {sent:8,.0f} in {replied:8,.0f} out")
        base = {"writer": found.writer, "bare": found.bare, "older": found.older}
        ratios = ", ".join(f"{found.total / tokens:.2f} x {name} ({tokens:,.0f})" for name, tokens in base.items())
        with_schemas = (found.total + found.schemas) / (found.writer + found.writers_schemas)
        print(f"  total {found.total:,.0f}: {ratios}; with the schemas of answers {with_schemas:.2f} x writer")
        fine = fine and found.total <= MOST * found.writer
    return fine


async def run(recordings: Path, seeds: Path | None, scratch: Path) -> bool:
    """``seeds``: the papers of the seed days, where there are any."""
    exchanges = await scripted(scratch / "scripted")
    fine = show("scripted, en", _papers(exchanges), exchanges)
    days: list[tuple[str, date, dict[str, Any]]] = [("sample", BUNDLED, {"sources": ("sample",)})]
    days += [(d, date.fromisoformat(d), {"papers": (f"{seeds}/{d}.jsonl",)}) for d in DAYS if seeds]
    for name, day, settings in days:
        for before in (d for d in DAYS[:2] if name != "sample" and d < name):
            context = Context(papers=(f"{seeds}/{before}.jsonl",), data=str(scratch / name))
            await run_day(date.fromisoformat(before), context)
        exchanges, missing = await recorded(recordings / f"{name}.jsonl", day, scratch / name, **settings)
        if missing:
            print(f"{name}: {missing} questions are not among the recordings: record the day again (README there)")
            fine = False
            continue
        papers = _papers(exchanges)
        fine = (show(name, papers, exchanges) or papers != 12) and fine
    return fine


def _papers(exchanges: Sequence[Exchange]) -> int:
    """Papers that the writer was shown."""
    shown = [each.sent[1] for each in exchanges if each.agent == "synthesize"]
    return sum(len(re.findall(r"^P\d+\.0 ", sent, re.MULTILINE)) for sent in shown)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--recordings", type=Path, default=RECORDINGS)
    parser.add_argument("--seeds", type=Path, default=SEEDS, help="folder with the papers of the seed days")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as scratch:
        seeds = options.seeds if options.seeds.is_dir() else None
        return 0 if asyncio.run(run(options.recordings, seeds, Path(scratch))) else 1


if __name__ == "__main__":
    sys.exit(main())
