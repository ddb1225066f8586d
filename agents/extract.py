"""The phrases of a sentence, and how common each is among all papers: what stories are weighed against."""

import gzip
import json
import re
from collections import Counter
from collections.abc import Iterable, Mapping
from functools import cache
from pathlib import Path

PHRASES = Path(__file__).with_name("phrases.json.gz")

_WORD = re.compile(r"[A-Za-z][A-Za-z0-9]*(?:-[A-Za-z0-9]+)*")
_STOP = frozenset(
    """
    a about above across after against all also although among an and any approach approaches are as at based be
    because been before being best better between both but by can code compared current dataset datasets
    demonstrate demonstrates different do does due during each effective effectively efficient enable enables et
    etc evaluate evaluation even existing experiments explore extensive first for framework from further generate
    generation given have has having high however i if improve improved improves improving in including into
    introduce introduces investigate is issue it its key large leading learn less level leverage leverages
    leveraging limited low make makes many may method methods model models more most multiple need new no not
    novel number of often on one only or other our out outperform outperforms over paper performance perform
    present presents previous prior problem problems propose proposed proposes provide provides range real recent
    recently remain remains require requires research result results set several show shows significant
    significantly simple single small so some state-of-the-art studies study such suggest suggests superior system
    systems task tasks than that the their them then there these they this those three through thus to toward
    towards train two under understanding up use used user users using via was we well were what when where
    whether which while who why wide widely will with within without work works world yet achieve achieves
    achieving address addresses addressing aim aims ability across available challenge challenges challenging
    complex comprehensive consistent consistently crucial critical develop developed despite diverse enhance
    enhances enhancing ensure general good highly important increasing increasingly lack like long main major mean
    means often particular particularly popular powerful quality rather related resulting robust same second
    setting settings specific specifically strong success successful suffer synthetic target technique techniques
    traditional typically unlike various very way ways combine combines combining design designed input output
    part process time times types type allow allows full public publicly github https page project respectively
    furthermore moreover finally additionally similar thereby hundreds thousands hundred thousand million billion
    far fully four five six seven eight nine ten
    """.split()
)


@cache
def background(path: Path) -> tuple[int, Mapping[str, int]]:
    """(number of papers, papers that contain each common phrase), counted over 74,728 arXiv papers of 2025 and 2026."""
    with gzip.open(path, "rt", encoding="utf-8") as file:
        table = json.load(file)
    return table["papers"], table["phrases"]


def phrases(sentence: str) -> list[str]:
    """The runs of one to three content words that stand side by side in a sentence, as they are written there."""
    found: list[str] = []
    run: list[re.Match[str]] = []

    def flush() -> None:
        for length in (1, 2, 3):
            for start in range(len(run) - length + 1):
                words = run[start : start + length]
                found.append(sentence[words[0].start() : words[-1].end()])
        run.clear()

    for word in _WORD.finditer(sentence):
        if run and sentence[run[-1].end() : word.start()] != " ":
            flush()
        if word.group(0).casefold() in _STOP or len(word.group(0)) < 2:
            flush()
        else:
            run.append(word)
    flush()
    return found


def background_table(abstracts: Iterable[str], *, at_least: int) -> dict[str, object]:
    """What ``phrases.json.gz`` holds: the phrases that stand in ``at_least`` papers, with their number of papers."""
    counts: Counter[str] = Counter()
    papers = 0
    for abstract in abstracts:
        papers += 1
        counts.update({phrase.casefold() for phrase in phrases(abstract)})
    kept = {phrase: n for phrase, n in sorted(counts.items()) if n >= at_least}
    return {"papers": papers, "phrases": kept}
