"""Reads abstracts without a model: what role a sentence plays, how central it is, which phrases a group is about."""

import gzip
import json
import math
import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

PHRASES = Path(__file__).with_name("phrases.json.gz")

_RESULT = re.compile(
    r"\b(outperform|achiev|surpass|improv|reduc|exceed|state-of-the-art|results? (?:show|demonstrate|indicate|suggest)"
    r"|experiments? (?:show|demonstrate|on|across)|we (?:find|show|demonstrate|observe|prove)|significant(?:ly)?"
    r"|yield|attain|reach|gains?|speed-?up|faster|accuracy|evaluations?)\w*",
    re.IGNORECASE,
)
_METHOD = re.compile(
    r"\b(we (?:propose|introduce|present|develop|design|study|investigate|explore|formulate|release|build|describe"
    r"|address|analy[sz]e|examine|train|construct|curate)|this (?:paper|work|study|article) \w+|(?:is|are) proposed"
    r"|our (?:method|approach|framework|model|key|system))\b",
    re.IGNORECASE,
)
_IMPACT = re.compile(
    r"\b(enabl\w+|paves? the way|implications?|practical|real-world|deploy\w*|applicab\w+|facilitat\w+|democrati[sz]\w+"
    r"|without (?:requiring|the need)|open-?sourc\w+|publicly available|potential|insights?|foundation for|low-cost"
    r"|useful|support\w*|benefit\w*)\b",
    re.IGNORECASE,
)
_OUTLOOK = re.compile(
    r"\b(future|limitations?|remain\w*|however|challeng\w+|open (?:question|problem)s?|still|lack\w*|underexplored"
    r"|further (?:research|work|study)|yet to|fail\w*|struggl\w+|gap|unclear|need(?:s|ed)? for)\b",
    re.IGNORECASE,
)
_FIGURE = re.compile(r"(?<![\w-])[~≈]?\d[\d.,]*\s?(?:%|x\b|×|[KMBT]\b|k\b)?")
_ADDRESS = re.compile(r"https?://|github\.com|project page|www\.", re.IGNORECASE)


def cue(role: str, sentence: str) -> float:
    """How much a sentence reads as ``method``, ``result``, ``impact`` or ``outlook``: distinct cue words, 0 to 3."""
    patterns = {"method": _METHOD, "result": _RESULT, "impact": _IMPACT, "outlook": _OUTLOOK}
    if _ADDRESS.search(sentence):
        return 0.0  # 'Code is available at …' says nothing about the field
    return float(min(3, len({match.group(0).casefold() for match in patterns[role].finditer(sentence)})))


def figures(sentence: str) -> int:
    """How many figures a sentence carries."""
    return len(_FIGURE.findall(sentence))


def centrality(vectors: NDArray[np.float32]) -> NDArray[np.float32]:
    """Cosine of each row to the mean of all rows. Shape (n, d) to (n,); rows are L2-normalised."""
    mean = vectors.mean(axis=0)
    length = float(np.linalg.norm(mean)) or 1.0
    return np.asarray(vectors @ (mean / length), dtype=np.float32)


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


def keyphrases(papers: Sequence[Sequence[str]], most: int = 5) -> list[tuple[str, list[tuple[int, int]]]]:
    """What a group of papers is about, against what all papers are about (class-based TF-IDF over papers).

    ``papers``: the title and the sentences of each paper. Returns each phrase as written with the (paper, sentence)
    places, 0-based, where it stands, one per paper, best first. Phrases that several papers share come before those of
    one.
    """
    total, counted = background(PHRASES)
    rarest = min(counted.values()) / 4
    places: dict[str, dict[int, int]] = {}
    written: dict[str, Counter[str]] = {}
    counts: Counter[str] = Counter()
    for p, sentences in enumerate(papers):
        for s, sentence in enumerate(sentences):
            for phrase in phrases(sentence):
                key = phrase.casefold()
                places.setdefault(key, {}).setdefault(p, s)
                written.setdefault(key, Counter())[phrase] += 1
                counts[key] += 1

    def weight(key: str) -> float:
        rarity = math.log(total / counted.get(key, rarest))
        length = (0.45, 1.0, 1.1)[min(key.count(" "), 2)]
        return math.sqrt(counts[key]) * len(places[key]) * rarity * length

    chosen: list[str] = []
    titles = {phrase.casefold() for sentences in papers for phrase in phrases(sentences[0])}
    for key in sorted(places, key=lambda k: (-weight(k), k)):
        name = written[key].most_common(1)[0][0]
        common = counted.get(key, 0) > total / 60
        if " " not in key and (counts[key] < 2 or common or name.islower()):
            continue  # a word alone is a topic only as a name: an acronym, a system
        if counts[key] < 2 and key not in titles and key not in counted:
            continue  # words that meet by chance
        if any(set(key.split()) & set(other.split()) for other in chosen):
            continue
        chosen.append(key)
        if len(chosen) == most:
            break
    return [(written[k].most_common(1)[0][0], sorted(places[k].items())) for k in chosen]


def background_table(abstracts: Iterable[str], *, at_least: int) -> dict[str, object]:
    """What ``phrases.json.gz`` holds: the phrases that stand in ``at_least`` papers, with their number of papers."""
    counts: Counter[str] = Counter()
    papers = 0
    for abstract in abstracts:
        papers += 1
        counts.update({phrase.casefold() for phrase in phrases(abstract)})
    kept = {phrase: n for phrase, n in sorted(counts.items()) if n >= at_least}
    return {"papers": papers, "phrases": kept}
