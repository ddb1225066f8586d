"""Makes the answers that are recorded beside the frozen days of ``evals/days``, and with ``--freeze`` the days too:
``python -m evals.record_days [--freeze] [--into FOLDER]``.

``written.en.yaml`` has the invented papers and what a writer and a judge are made to say of them and of the bundled
sample's day. Answers are made of the days as they were frozen, so that they are the same each time, whatever the
product makes of a paper by then. To freeze them, each day is run without a model after the ones before it: memory,
categories and what a sentence is good for are then the product's own of that time. Three versions of the writer's
prompt get answers: the one that the project had when this was written, one in other words with answers as good, and
one that invites over-claims, leaves results out and writes twice as much.
"""

import argparse
import asyncio
import json
import tempfile
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from pathlib import Path
from types import MappingProxyType
from typing import Any

import yaml

import prompts
from agents.canaries import spoiled
from agents.framer import Lead, Outline, Overview, Together
from agents.synthesizer import Written
from bench import recorded
from bench.claims import GivenPaper, LabelledLine, LabelledPapers
from bench.freezing import freeze
from bench.frozen import DAYS, find, load, save
from bench.recorded import Answers, RecordedVerdict
from domain.papers import Paper, paper_id
from domain.sentences import sentences
from graph.context import Context
from graph.runs import run_day

LANGUAGE = "en"
IDLE = "Progress of this kind could change how the whole field works."
"""What every digest says and no abstract does."""
PADDING = (
    "{name} is worth a closer look, and the lines that follow take it step by step, as somebody would want to have it "
    "who comes to the subject for the first time.",
    "The point from which {name} starts out is one that many readers will know from their own work, and it is good to "
    "keep it in mind while reading on.",
    "What makes {name} interesting becomes clear only when one looks at the whole picture and not at one part: it "
    "pays to go through it slowly.",
    "Before turning to what {name} does, it helps to recall what was said above, since everything else is built on it.",
    "With that said, it is time to look at {name} itself, which is what the rest of this text is about.",
)
"""What a prompt gets that asks for more of everything: it says nothing, so that nothing is wrong with it."""


def versions(folder: Path) -> dict[str, str]:
    """The versions of prompts that have answers, by their files' names."""
    found: dict[str, str] = {}
    for path in sorted((folder / "prompts").glob("*.md")):
        role = path.name.partition(".")[0]
        found[path.stem] = prompts.edited(f"{LANGUAGE}/{role}", path.read_text(encoding="utf-8")).version
    return found


def paper_of(row: dict[str, Any]) -> dict[str, Any]:
    """A paper as a file of papers has it."""
    return {
        "id": paper_id(row["title"]),
        "title": row["title"],
        "abstract": " ".join(row["abstract"]),
        "categories": row["categories"],
        "votes": row.get("votes", 0),
        "authors": ["A. Nobody"],
    }


def answers(day: dict[str, Any], papers: dict[str, Paper], known: dict[str, str]) -> Answers:
    """What is recorded of a day. ``papers``: by id."""
    items: dict[str, dict[str, tuple[Written, ...]]] = {
        version: {} for name, version in known.items() if name.startswith("synthesize")
    }
    verdicts: dict[str, RecordedVerdict] = {}
    digests: dict[str, str] = {}
    for row in day["papers"]:
        paper = papers[row.get("id") or paper_id(row["title"])]
        slips, others = row.get("slips", ()), row.get("other", ())
        verdicts |= {text: _ok(paper, places) for text, places in _lines(row)}
        verdicts |= {text: _mend(paper, *rest) for text, *rest in slips}
        verdicts |= {text: _mend(paper, *rest) for _, text, *rest in others}
        verdicts |= {row[name][0]: RecordedVerdict(verdict="drop", why=row[name][1]) for name in ("over", "boast")}
        items[known["synthesize.recorded"]][paper.id] = (_written(row),)
        reworded = {slip[0]: slip[1] for slip in slips} | dict(_two(others))
        items[known["synthesize.reworded"]][paper.id] = (_written(row, reworded),)
        items[known["synthesize.worse"]][paper.id] = (_worse(row, paper),)
        verdicts |= {line.format(name=row["name"]): RecordedVerdict(cites={paper.id: (0,)}) for line in PADDING}
        verdicts |= {
            text: RecordedVerdict(cites={paper.id: (place,)}) for place, text in paper.evidence if text not in verdicts
        }
        told = [f"{row['over'][0]}.", *(text for text, _ in (*row["method"], *row["results"][:1])), IDLE]
        digests[paper.id] = " ".join(told)
        verdicts[told[0]] = RecordedVerdict(verdict="drop", why=row["over"][1])
    verdicts[IDLE] = RecordedVerdict(verdict="drop", why="nothing carries it")
    first = day["papers"][0].get("id") or paper_id(day["papers"][0]["title"])
    outline = Outline(
        day=(Overview(text=day["opening"], papers=tuple(papers)),),
        stories=(Lead(paper=first, text=_sentence(day["papers"][0]), reader="for whoever reads one paper today"),),
        groups=(Together(title="Papers of the day", papers=tuple(papers)),),
        threads=(),
    )
    verdicts |= {
        text: RecordedVerdict(cites=dict.fromkeys(papers, (0,))) for text in (day["opening"], "Papers of the day")
    }
    story, reader = outline.stories[0].text, outline.stories[0].reader
    verdicts |= {
        story: RecordedVerdict(cites={first: tuple(day["papers"][0]["hook"][1])}),
        reader: RecordedVerdict(cites={first: (0,)}),
    }
    return Answers(
        day=day["day"],
        language=LANGUAGE,
        items=items,
        outlines={known["frame.recorded"]: outline},
        digests={prompts.load(f"{LANGUAGE}/digest").version: digests},
        # What is recorded last stands for versions that nobody recorded.
        verdicts={known["critique.lax"]: _lax(day, verdicts), known["critique.recorded"]: verdicts},
    )


def _lax(day: dict[str, Any], verdicts: dict[str, RecordedVerdict]) -> dict[str, RecordedVerdict]:
    """A critic that lets bold headlines pass, and whatever it could have mended."""
    bold = {row["over"][0] for row in day["papers"]}
    return {
        text: said.model_copy(update={"verdict": "ok", "cites": said.cites or _anywhere(day)})
        if text in bold or said.verdict == "mend"
        else said
        for text, said in verdicts.items()
    }


def _anywhere(day: dict[str, Any]) -> dict[str, tuple[int, ...]]:
    return {row.get("id") or paper_id(row["title"]): (1,) for row in day["papers"]}


def claims(day: dict[str, Any], papers: dict[str, Paper]) -> list[LabelledPapers]:
    """The day's lines with whether they are right, for the critic's bench: a record a paper."""
    records: list[LabelledPapers] = []
    for row in day["papers"]:
        paper = papers[row.get("id") or paper_id(row["title"])]
        wrong: dict[str, tuple[Any, str, str]] = {row["over"][0]: ("hook", "over-claim", row["over"][1])}
        wrong |= {row["boast"][0]: ("result", "invented", row["boast"][1]), IDLE: ("result", "empty", "fits any paper")}
        for text, _, why, _ in row.get("slips", ()):
            wrong[text] = ("result", "strength", why)
        for _, text, _, why, _ in row.get("other", ()):
            wrong[text] = ("problem", "strength", why)
        held = [(role, text) for role, text in _roles(row) if text not in wrong]
        changed = [(role, spoiled(text, paper.abstract)) for role, text in held if role == "result"]
        wrong |= {text: (role, "figure", "changed by code") for role, text in changed if text}
        lines = [LabelledLine(role=role, text=text, label="ok") for role, text in held]
        lines += [
            LabelledLine(role=role, text=text, label="bad", kind=kind, why=why)
            for text, (role, kind, why) in wrong.items()
        ]
        given = GivenPaper(title=paper.title, abstract=paper.abstract)
        records.append(LabelledPapers(id=paper.id, papers=(given,), lines=tuple(lines), language=LANGUAGE))
    return records


def _roles(row: dict[str, Any]) -> Iterator[tuple[Any, str]]:
    yield from ((name, row[name][0]) for name in ("hook", "problem", "note") if name in row)
    yield from (("method", text) for text, _ in row["method"])
    yield from (("result", text) for text, _ in row["results"])


def _lines(row: dict[str, Any]) -> Iterator[tuple[str, list[int]]]:
    for name in ("hook", "problem", "note"):
        if name in row:
            yield row[name][0], row[name][1]
    yield from ((text, places) for text, places in (*row["method"], *row["results"]))


def _two(rows: Iterable[list[Any]]) -> Iterator[tuple[str, str]]:
    yield from ((row[0], row[1]) for row in rows)


def _ok(paper: Paper, places: list[int]) -> RecordedVerdict:
    return RecordedVerdict(cites={paper.id: tuple(places)})


def _mend(paper: Paper, line: str, why: str, places: list[int]) -> RecordedVerdict:
    return RecordedVerdict(verdict="mend", cites={paper.id: tuple(places)}, line=line, why=why)


def _sentence(row: dict[str, Any]) -> str:
    return f"{row['hook'][0]}."


def _written(row: dict[str, Any], exchanged: Mapping[str, str] = MappingProxyType({})) -> Written:
    """The item, with some lines in other words."""

    def said(text: str) -> str:
        return exchanged.get(text, text)

    return Written(
        name=row["name"],
        hook=said(row["hook"][0]),
        problem=said(row["problem"][0]) if "problem" in row else None,
        method=tuple(said(text) for text, _ in row["method"]),
        results=tuple(said(text) for text, _ in row["results"]),
        note=said(row["note"][0]) if "note" in row else None,
    )


def _worse(row: dict[str, Any], paper: Paper) -> Written:
    """Over-claims in the place of the headline and the results, and the abstract said over again for a method."""
    figures = {place for _, places in row["results"] for place in places}
    own = {text for text, _ in _lines(row)}
    kept = [text for place, text in paper.evidence if place not in figures and "http" not in text and text not in own]
    background = [*(line.format(name=row["name"]) for line in PADDING), *kept]
    return Written(
        name=row["name"],
        hook=row["over"][0],
        problem=row["problem"][0] if "problem" in row else None,
        method=(*(text for text, _ in row["method"]), *background),
        results=(row["boast"][0],),
        note=row["note"][0] if "note" in row else None,
    )


async def freeze_days(days: Iterable[dict[str, Any]], into: Path) -> None:
    """Runs every day after the ones before it, and freezes it."""
    made: dict[str, dict[str, Any]] = {}
    with tempfile.TemporaryDirectory() as scratch:
        for day in days:
            when: date = day["day"]
            listing = Path(scratch) / f"{when}.jsonl"
            rows = [] if day.get("sample") else [paper_of(row) for row in day["papers"]]
            made |= {row["title"]: row for row in rows}
            rows += [made[title] for title in day.get("again", ())]
            listing.write_text("".join(f"{json.dumps(row)}\n" for row in rows), encoding="utf-8")
            data = Path(scratch) / "data"
            context = (
                Context(data=data, language=LANGUAGE, sources=("sample",))
                if day.get("sample")
                else Context(data=data, language=LANGUAGE, papers=(listing,))
            )
            await run_day(when, context, again=True)
            save(freeze(when, context), into)


def record(days: Iterable[dict[str, Any]], into: Path) -> list[Path]:
    """Writes what is answered and what is right of every day, as it was frozen there or comes with the project; gives
    the files."""
    known = versions(DAYS)
    into.mkdir(parents=True, exist_ok=True)
    files: list[Path] = []
    for day in days:
        (place,) = find([str(day["day"])], (into, DAYS))
        frozen = load(place)
        _check(day, frozen.papers)
        told = {row.get("id") or paper_id(row["title"]) for row in day["papers"]}
        held = answers(day, {p.id: p for p in frozen.papers if p.id in told}, known)
        path = recorded.path_of(into / place.name, LANGUAGE)
        path.write_text(held.model_dump_json(indent=1, exclude_defaults=True) + "\n", encoding="utf-8")
        lines = claims(day, {p.id: p for p in frozen.papers})
        beside = path.with_name(f"{day['day']}.claims.{LANGUAGE}.jsonl")
        beside.write_text("".join(f"{one.model_dump_json(exclude_defaults=True)}\n" for one in lines), encoding="utf-8")
        files += [path, beside]
    return files


def written() -> list[dict[str, Any]]:
    """The days, with what is said of their papers."""
    return yaml.safe_load((DAYS / "written.en.yaml").read_text(encoding="utf-8"))


def _check(day: dict[str, Any], papers: Iterable[Paper]) -> None:
    """Places count sentences: an abstract has to be split where it was written apart."""
    by_id = {paper.id: paper for paper in papers}
    for row in day["papers"]:
        if "abstract" in row and [*sentences(by_id[paper_id(row["title"])].abstract)] != row["abstract"]:
            raise SystemExit(f"{row['title']}: its sentences are not split as they are written")


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m evals.record_days", description=(__doc__ or "").split("\n\n")[0])
    parser.add_argument("--into", type=Path, default=DAYS, metavar="FOLDER")
    parser.add_argument("--freeze", action="store_true", help="run the days anew first, as the product does now")
    asked = parser.parse_args()
    if asked.freeze:
        asyncio.run(freeze_days(written(), asked.into))
    for path in record(written(), asked.into):
        print(path)


if __name__ == "__main__":
    main()
