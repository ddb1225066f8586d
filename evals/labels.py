"""How papers are filed at first sight, against people who filed them without knowing what the program says.

    python -m evals.labels sheet DAY.jsonl … > SHEET.md
    python -m evals.labels count DAY.jsonl … --labels A.txt --labels B.txt [--model openai:NAME]

``sheet`` writes what a reader gets: the categories with a line each, then the papers, numbered. A reader answers with
a line for each paper, its number and a key (``12 rl``). ``count`` takes the answers of two readers or more: how often
they agree, and how many of the papers on which all agree the program files there too: the classifier alone, and with
a model that looks again where the classifier may be wrong. Papers that the classifier has learned from are left out.
DAY is a file of papers of any form that ``sources/files.py`` reads.
"""

import argparse
import asyncio
import sys
import tempfile
from collections.abc import Sequence
from datetime import date
from pathlib import Path

from agents.classifier import UNSURE_BELOW, Classifier, classify, load_examples
from agents.second_look import second_look
from domain.errors import InsightsError
from domain.papers import Paper, title_key
from domain.reports import Filing
from domain.taxonomy import Taxonomy
from models.chat import ChatLLM
from models.meter import Meter
from models.provider import open_model
from prompts.taxonomy import load_taxonomy
from sources.files import read_file
from vectorstore.embedding import open_embedder

from .fit_bag import read_filed


class BadLabels(Exception):
    """An answer that cannot be counted; the text says where and why."""


def papers_of(paths: Sequence[Path]) -> list[Paper]:
    """The papers of all files, each once, in their order."""
    return list({paper.id: paper for path in paths for paper in read_file(path, "labels")[0]}.values())


def sheet(papers: Sequence[Paper], taxonomy: Taxonomy) -> str:
    """What a reader gets, as Markdown."""
    lines = ["# Where does each paper belong?", ""]
    lines += ["Answer with one line for each paper: its number and the key of the one category that its main"]
    lines += ["contribution belongs to, such as `12 rl`. Nothing else.", ""]
    lines += [f"- `{category.key}`: {category.description}" for category in taxonomy.all]
    for number, paper in enumerate(papers, start=1):
        lines += ["", f"## {number}. {paper.title}", "", paper.reported]
    return "\n".join(lines) + "\n"


def read_labels(path: Path, papers: Sequence[Paper], taxonomy: Taxonomy) -> dict[str, str]:
    """By paper id, the category that a reader chose. Raises BadLabels for a line that is no answer."""
    chosen: dict[str, str] = {}
    for line, text in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1):
        if not text.strip():
            continue
        number, _, key = text.strip().partition(" ")
        if not number.rstrip(".").isdecimal() or not 1 <= int(number.rstrip(".")) <= len(papers):
            raise BadLabels(f"{path}:{line}: expected is the number of a paper, from 1 to {len(papers)}, and a key")
        if (category := taxonomy.find(key.strip(" `"))) is None:
            raise BadLabels(f"{path}:{line}: there is no category {key!r}")
        chosen[papers[int(number.rstrip(".")) - 1].id] = category.key
    return chosen


def agreed(labels: Sequence[dict[str, str]]) -> dict[str, str]:
    """By paper id, the category that all readers chose."""
    first, *others = labels
    return {id: key for id, key in first.items() if all(other.get(id) == key for other in others)}


def share(filings: Sequence[Filing], wanted: dict[str, str]) -> str:
    """How many of the papers are filed where readers agree."""
    judged = [filing for filing in filings if filing.paper_id in wanted]
    right = sum(filing.category == wanted[filing.paper_id] for filing in judged)
    return f"{right} of {len(judged)}" + (f", {right / len(judged):.1%}" if judged else "")


async def looked_again(
    papers: Sequence[Paper], filings: Sequence[Filing], classifier: Classifier, name: str
) -> tuple[Filing, ...]:
    """The filings after a model was asked about those of which the classifier is unsure."""
    with tempfile.TemporaryDirectory() as folder:
        meter = Meter(Path(folder) / "calls.sqlite")
        meter.start(date.today(), "labels")
        llm = ChatLLM(models=[open_model(name, timeout=600.0)], meter=meter)
        try:
            look = await second_look(papers, filings, classifier, llm=llm)
        finally:
            await llm.aclose()
    for drop in look.drops:
        print(f"{drop.what}: {drop.reason}")
    print(f"{name} was asked about {look.asked} of {len(papers)} papers")
    return look.filings


def count(papers: Sequence[Paper], labels: Sequence[dict[str, str]], taxonomy: Taxonomy, model: str | None) -> None:
    """Prints what the program does with the papers on which readers agree."""
    titles, ids = {title_key(example.title) for example in load_examples()}, read_filed()
    learned = {p.id for p in papers if title_key(p.title) in titles or p.id.removeprefix("arxiv:") in ids}
    if learned:
        print(f"{len(learned)} papers are left out: the classifier has learned from them")
    papers = [paper for paper in papers if paper.id not in learned]
    both = [paper for paper in papers if all(paper.id in one for one in labels)]
    alike = agreed(labels)
    wanted = {paper.id: alike[paper.id] for paper in both if paper.id in alike}
    print(f"{len(labels)} readers filed {len(both)} papers, and agree on {len(wanted)}")
    classifier = Classifier.fit(taxonomy, open_embedder("minilm"))
    filings = classify(papers, {}, classifier)
    ranks = dict(zip((paper.id for paper in papers), classifier.rank(papers), strict=True))
    two = sum(wanted[id] in [key for key, _ in ranks[id][:2]] for id in wanted)
    sure = [filing for filing in filings if filing.certainty >= UNSURE_BELOW]
    print(f"{classifier.name}, first place      {share(filings, wanted)}")
    print(f"one of the first two              {two} of {len(wanted)}")
    print(f"of those with {UNSURE_BELOW} certainty       {share(sure, wanted)}")
    if model:
        filings = asyncio.run(looked_again(papers, filings, classifier, model))
        print(f"after {model} looked again   {share(filings, wanted)}")
    for paper, filing in zip(papers, filings, strict=True):
        if paper.id in wanted and filing.category != wanted[paper.id]:
            told = f"{filing.category} ({filing.certainty:.2f}), readers say {wanted[paper.id]}"
            print(f"  {paper.title}: {told}")


def main(arguments: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(
        prog="python -m evals.labels", description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("what", choices=("sheet", "count"))
    parser.add_argument("papers", type=Path, nargs="+", help="files of papers")
    parser.add_argument("--labels", type=Path, action="append", default=[], help="a reader's answers; repeatable")
    parser.add_argument("--model", help="looks again: openai:NAME")
    options = parser.parse_args(arguments)
    taxonomy = load_taxonomy()
    try:
        papers = papers_of(options.papers)
        if options.what == "sheet":
            print(sheet(papers, taxonomy), end="")
        elif not options.labels:
            parser.error("count needs the answers of at least one reader: --labels FILE")
        else:
            read = [read_labels(path, papers, taxonomy) for path in options.labels]
            count(papers, read, taxonomy, options.model)
    except (BadLabels, InsightsError) as fault:
        parser.error(str(fault))
    return 0


if __name__ == "__main__":
    sys.exit(main())
