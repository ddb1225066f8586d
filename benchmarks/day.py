"""How long a day takes that a model writes, and where the time goes.

    python -m benchmarks.day [12] [60] [--papers FILE] [--language en] [--first 0.4] [--rate 80] [-- OPTION …]

Runs the command in a process of its own, with an empty data folder, against a server on loopback that streams at the
given speed. Its answers are made of the papers' own sentences, as long as those of a capable writer; the judge sends
some back. The exam, canaries and frame are part of it. Papers are those that are bundled with the project (made more by
telling some again under other titles) or those of a file. Options after -- go to ``insights run``.

Prints wall time, calls, tokens, the process's own time on the processor, and the slowest path through the run.
"""

import argparse
import os
import subprocess
import sys
import tempfile
from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import date
from pathlib import Path
from time import perf_counter
from typing import Any

from bench.frozen import DAYS, days_in, load
from cli.exit_codes import COMPLETE, PARTIAL
from domain.papers import Paper, paper_id
from domain.reports import Report
from domain.sentences import sentences
from graph.paths import SlowestPath, slowest_path
from graph.traces import place_of, read
from publishing import layout
from publishing.files import read_report
from sources import sample
from sources.files import read_file
from tests import answering
from tests.answering import Judged, Question

from .days import INSIGHTS, machine
from .paced import FIRST, RATE, Paced, serve

DAY = date(2024, 10, 6)


def bundled(number: int) -> list[Paper]:
    """That many papers, real ones and invented ones, with readers' votes."""
    folder = Path(sample.__file__).parent / "sample_days"
    held = [paper for path in sorted(folder.glob("*.jsonl")) for paper in read_file(path, "sample")[0]]
    held += [paper for path in days_in(DAYS) for paper in load(path).papers]
    known = list({paper.id: paper for paper in held if paper.abstract}.values())
    return [
        paper.model_copy(update={"id": paper_id(title), "title": title, "votes": (number - n) // 2, "links": ()})
        for n in range(number)
        for paper in [known[n % len(known)]]
        for title in [f"Volume {n // len(known) + 1} of {paper.title}" if n >= len(known) else paper.title]
    ]


def item(question: Question) -> dict[str, Any]:
    """The paper told in its own sentences: about 840 characters with what JSON needs, a short one 550."""
    short, (title, abstract) = question.short, question.paper
    held = [text for text in sentences(abstract) if "http" not in text]
    hook = min(held, key=len)
    others = [text for text in held if text != hook]
    return {
        "name": title.partition(":")[0][:40],
        "hook": hook,
        "problem": None if short else next(iter(others), None),
        "method": others[:1] if short else others[1:3],
        "results": others[1:3] if short else [f"- {text}" for text in others[3:5]],
        "note": None,
    }


def mended(line: Judged) -> str:
    """Of one line in six all but its last clause; empty for the others, and for one that was mended already."""
    whole, _, last = line.text.rpartition(", ")
    return f"{whole}." if whole and last and len(line.text) % 6 == 0 else ""


def outline(question: Question) -> dict[str, Any]:
    """A frame as long as a real one: an opening, three stories, groups of three, a thread."""
    labels = question.labels
    said = dict(_claims(question.user))
    return {
        "day": [{"text": said[label], "papers": [label]} for label in labels[:1]],
        "stories": [
            {"paper": label, "text": said[label], "reader": f"whoever {does}"}
            for label, does in zip(labels[1:4], ("builds such systems", "measures them", "pays for them"), strict=False)
        ],
        "groups": [
            {"title": title, "papers": labels[n * len(labels) // 4 : (n + 1) * len(labels) // 4]}
            for n, title in enumerate(("Models and data", "Methods at work", "What measures show", "Theory"))
        ],
        "threads": [{"headline": said[labels[-1]], "text": said[labels[-2]], "papers": labels[-2:]}][: len(labels) - 1],
        "terms": [],
    }


def _claims(user: str) -> Iterator[tuple[str, str]]:
    """Labels with an item each of what was found."""
    label = ""
    for line in user.splitlines():
        if line.startswith("P") and line[1:2].isdigit():
            label = line.partition(" ")[0]
        elif line.startswith("- ") and label:
            yield label, line[2:]


def answer(request: dict[str, Any]) -> dict[str, Any]:
    question = answering.read(request)
    match question.schema:
        case "Outline":
            return outline(question)
        case "Verdicts":
            said = answering.verdicts(question, mends=mended)
            told = [
                one if one["figure"] not in question.user else {**one, "words": one["figure"]} for one in said["words"]
            ]
            return {**said, "words": told}
        case _:
            return answering.answer(question, item)


def measure(papers: Sequence[Paper], options: Sequence[str], language: str, paced: Paced, scratch: Path) -> str:
    """One run, in a few lines. Raises CalledProcessError where the day is not complete."""
    listing, data = scratch / f"{DAY}.jsonl", scratch / "data"
    listing.write_text("".join(f"{paper.model_dump_json(exclude_defaults=True)}\n" for paper in papers))
    command = [*INSIGHTS, "run", str(DAY), "--papers", str(listing), "--model", "openai:paced"]
    command += ["--language", language, "--data", str(data), *options]
    environment = {**os.environ, "OPENAI_BASE_URL": paced.url, "OPENAI_API_KEY": "none"}
    environment.pop("PYTHONDONTWRITEBYTECODE", None)  # compiling is no part of a day
    started = perf_counter()
    with (scratch / "output").open("w+") as output:
        process = subprocess.Popen(command, stdout=output, stderr=output, env=environment)
        _, status, used = os.wait4(process.pid, 0)
        wall = perf_counter() - started
        process.returncode = os.waitstatus_to_exitcode(status)
        if process.returncode not in (COMPLETE, PARTIAL):
            output.seek(0)
            raise SystemExit(f"the run ended with {process.returncode}:\n{output.read()[-3000:]}")
    own = used.ru_utime + used.ru_stime
    spans = read(place_of(data, DAY, language))
    top = next(span for span in spans if span.kind == "run")
    report = read_report(data / "reports" / layout.place(DAY, language) / layout.REPORT)
    return "\n".join(_told(report, paced, slowest_path(spans, top), wall, own, top.seconds))


def _told(report: Report, paced: Paced, path: SlowestPath, wall: float, own: float, run: float) -> Iterator[str]:
    calls = Counter(answer.schema for answer in paced.answers)
    tokens_in, out = sum(t.tokens_in for t in paced.answers), sum(t.tokens_out for t in paced.answers)
    cached = sum(t.cached for t in paced.answers)
    quoted = sum(item.quoted for item in report.items)
    left = sum(not change.after for change in report.changes)
    mended = len(report.changes) - left
    yield (
        f"{len(report.papers)} papers, {report.status}: {len(report.items)} items, {quoted} of them quoted; "
        f"{left} lines left out, {mended} mended"
    )
    yield f"  wall {wall:.1f} s, of it {wall - run:.1f} before and after the run; own processor time {own:.1f} s"
    kinds = ", ".join(f"{n} {schema}" for schema, n in calls.items())
    yield f"  {len(paced.answers)} calls ({kinds}), at most {paced.most} at once, {path.calls} in a row"
    yield f"  tokens {tokens_in:,} in ({cached:,} cached), {out:,} out"
    yield f"  slowest path: {path.waited:.1f} s of answers, {path.own:.1f} s of the program's own"
    for leg in path.legs:
        if leg.seconds >= 0.03:
            desk = f" {leg.desk}" if leg.desk else ""
            yield f"    {leg.begun:6.2f}  {leg.seconds:5.2f} s  {'answer' if leg.asked else 'own   '}  {leg.name}{desk}"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("sizes", nargs="*", type=int, default=[12, 60], metavar="PAPERS")
    parser.add_argument("--papers", type=Path, help="a file of papers, of which the first are taken")
    parser.add_argument("--language", default="en")
    parser.add_argument("--first", type=float, default=FIRST, help="seconds to the first token")
    parser.add_argument("--rate", type=float, default=RATE, help="tokens a second")
    given = [*sys.argv[1:], "--"]
    known, options = parser.parse_args(given[: given.index("--")]), given[given.index("--") + 1 : -1]
    print(f"{machine()}; load {os.getloadavg()[0]:.1f}")
    for size in known.sizes or [12, 60]:
        papers = read_file(known.papers, "files")[0][:size] if known.papers else bundled(size)
        with tempfile.TemporaryDirectory() as scratch, serve(answer, first=known.first, rate=known.rate) as paced:
            print(measure(papers, options, known.language, paced, Path(scratch)), flush=True)


if __name__ == "__main__":
    main()
