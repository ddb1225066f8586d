"""Papers: what one is, when two are the same one, and how two records of it become one."""

import hashlib
import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Self, cast

from pydantic import model_validator
from rapidfuzz import fuzz, process

from .resources import Resource, merged_resources, resources
from .sentences import Sentence
from .uses import breaks_off, split
from .value import Day, Value

_ARXIV_NEW = r"\d{4}\.\d{4,5}"
_ARXIV_OLD = r"[a-z\-]+(?:\.[A-Z]{2})?/\d{7}"
_ARXIV = re.compile(
    rf"(?:^|arxiv\.org/(?:abs|pdf|html)/|arxiv[:.]|oai:arXiv\.org:)({_ARXIV_NEW}|{_ARXIV_OLD})(?:v\d+)?(?:\.pdf)?/?(?:[?#].*)?$",
    re.IGNORECASE,
)


# All but letters, digits and the point between two digits.
_MARKS = re.compile(r"(?!(?<=\d)\.\d)[\W_]")


class Paper(Value):
    """One paper as the sources describe it."""

    id: str
    """``arxiv:2411.09703`` (no version), or ``title:<16 hex>`` where no source knows an arXiv id."""
    title: str
    abstract: str
    """Plain text in one line; empty where no source carries one."""
    authors: tuple[str, ...] = ()
    links: tuple[str, ...] = ()
    """Every address under which it was listed, the canonical one first."""
    published: Day | None = None
    """Day of the first version, where the source tells."""
    categories: tuple[str, ...] = ()
    """arXiv categories, the primary one first."""
    sources: tuple[str, ...] = ()
    """Names of the sources that listed it."""
    votes: int = 0
    withdrawn: str = ""
    """The notice by which it was withdrawn or removed, in its own words; empty for a paper that stands."""
    sentences: tuple[Sentence, ...] = ()
    """The abstract, split once: a place in it is 1-based, stays for ever, and 0 is the title everywhere. A paper that
    is made without them, or was stored before there were any, gets them from its abstract."""
    resources: tuple[Resource, ...] = ()
    """What the abstract and the sources say lies where, in the order in which they say it."""

    @model_validator(mode="before")
    @classmethod
    def _split(cls, values: Any) -> Any:
        if not isinstance(values, dict):
            return cast("object", values)
        fields = cast("dict[str, Any]", values)
        if "sentences" not in fields and "abstract" in fields:
            said = split(fields["abstract"], fields.get("title"))
            fields = {"resources": resources(s.text for s in said if s.use != "order"), **fields, "sentences": said}
        return fields

    def model_copy(self, *, update: Mapping[str, Any] | None = None, deep: bool = False) -> Self:
        """A copy with changed fields; another abstract brings its own sentences."""
        if update and "abstract" in update and "sentences" not in update:
            update = {**update, "sentences": split(update["abstract"], update.get("title", self.title))}
        return super().model_copy(update=update, deep=deep)

    @property
    def evidence(self) -> tuple[tuple[int, str], ...]:
        """Place and text of the sentences that may carry what is said of the paper."""
        return tuple((n, s.text) for n, s in enumerate(self.sentences, start=1) if s.use == "evidence")

    @property
    def reported(self) -> str:
        """The abstract with […] for what speaks to its reader instead of reporting."""
        if all(sentence.use != "order" for sentence in self.sentences):
            return self.abstract
        return " ".join("[…]" if sentence.use == "order" else sentence.text for sentence in self.sentences)

    @property
    def breaks_off(self) -> bool:
        """Whether the abstract ends in the middle of a sentence."""
        return bool(self.sentences) and self.sentences[-1].use == "fragment"

    @property
    def url(self) -> str:
        """Where a reader is sent."""
        return address(self.id, self.links)


def address(id: str, links: Sequence[str]) -> str:
    """Where a reader of a paper is sent: the arXiv abstract page, else the first link."""
    if id.startswith("arxiv:"):
        return f"https://arxiv.org/abs/{id.removeprefix('arxiv:')}"
    return links[0] if links else ""


def arxiv_id(text: str) -> str | None:
    """The arXiv id without version in an id or address of any spelling; None where there is none.

    >>> arxiv_id("http://arxiv.org/abs/2409.14674v1")
    '2409.14674'
    """
    found = _ARXIV.search(text.strip())
    # The subject class of an old id (math.GT/0309136) is no part of it: arXiv knows the paper as math/0309136.
    return re.sub(r"\.[a-z]{2}(?=/)", "", found.group(1).lower()) if found else None


def paper_id(title: str, *addresses: str) -> str:
    """The canonical id: from the first address (or bare id) that holds an arXiv id, else from the title."""
    for address in addresses:
        if known := arxiv_id(address):
            return f"arxiv:{known}"
    return f"title:{hashlib.sha256(title_key(title).encode()).hexdigest()[:16]}"


def title_key(title: str) -> str:
    """A title without case, accents, punctuation, TeX macros and spaces: equal for every way of printing it.

    The point of a decimal stays: a 1.5B model is not a 15B model.
    """
    plain = re.sub(r"\\[a-zA-Z]+|[${}]", " ", title)
    if plain.isascii() and (kept := _MARKS.sub("", plain.lower())):
        return kept  # the same, sooner
    decomposed = unicodedata.normalize("NFKD", plain).casefold()
    kept = _MARKS.sub("", "".join(c for c in decomposed if not unicodedata.combining(c)))
    # A title made only of symbols still needs a key of its own.
    return unicodedata.normalize("NFC", kept) or " ".join(title.split()).casefold()


def one_line(text: str) -> str:
    """Text without line breaks, control or invisible format characters (zero-width, direction marks)."""
    folded = " ".join(text.split())
    if folded.isprintable():
        return folded  # the same, sooner
    return " ".join("".join(map(_visible, text)).split())


def _visible(character: str) -> str:
    """What is left of a character: a control character parts what stands around it."""
    category = unicodedata.category(character)
    return " " if category in {"Cc", "Zl", "Zp"} else "" if category in {"Cf", "Cs", "Co", "Cn"} else character


def same_work(one: Paper, other: Paper) -> bool:
    """Whether two records with different ids are one work, by title and abstract.

    Thresholds were measured on 74,728 arXiv papers: equal normalised titles are always re-posts of one work;
    near titles are one work only when their numbers agree (EuroLLM-9B is not EuroLLM-22B) and so do the abstracts.
    """
    if title_key(one.title) == title_key(other.title):
        return True
    if _numbers(one.title) != _numbers(other.title):
        return False
    likeness = fuzz.ratio(_words(one.title), _words(other.title), score_cutoff=90)
    if one.abstract and other.abstract:
        return likeness >= 90 and fuzz.token_set_ratio(one.abstract, other.abstract) >= 85
    return likeness >= 95 and not one.abstract and not other.abstract


def _numbers(title: str) -> list[str]:
    return re.findall(r"\d+(?:\.\d+)?", title)


def _words(title: str) -> str:
    return " ".join(re.findall(r"\w+", title.casefold()))


def _is_cut(title: str) -> bool:
    return title.rstrip().endswith(("…", "..."))


def _unfold_ellipsis(papers: Sequence[Paper]) -> dict[str, str]:
    """Titles that their source cut with an ellipsis, each with the one whole title it begins (40 characters up)."""
    whole = [title_key(p.title) for p in papers if not _is_cut(p.title)]
    unfolded: dict[str, str] = {}
    for paper in papers:
        if _is_cut(paper.title) and len(start := title_key(paper.title)) >= 40:
            matches = {key for key in whole if key.startswith(start)}
            if len(matches) == 1:
                unfolded[start] = matches.pop()
    return unfolded


def merge(records: Iterable[Paper]) -> tuple[Paper, ...]:
    """Each work once, in the order of first appearance, with every link, source and vote kept.

    Records of one id meet first, then records of equal or near titles. An arXiv id wins over a title id, and the
    cleanest abstract over the others.
    """
    records = list(records)
    unfolded = _unfold_ellipsis(records)
    works: list[list[Paper]] = []
    titles: list[str] = []
    by_id: dict[str, list[Paper]] = {}
    by_title: dict[str, list[Paper]] = {}
    for record in records:
        key = title_key(record.title)
        key = unfolded.get(key, key)
        known, titled = by_id.get(record.id), by_title.get(key)
        if known and titled and known is not titled:
            # Two works so far, and this record has the id of one and the title of the other.
            known = _unite(known, titled, works, by_id, by_title)
        work = known or titled or _near(record, works, titles)
        if work is None:
            work = list[Paper]()
            works.append(work)
            titles.append(_words(record.title))
        work.append(record)
        by_id[record.id] = work
        by_title[key] = work
    return tuple(_join(work) for work in works if work)


def _unite(
    one: list[Paper], other: list[Paper], works: list[list[Paper]], *tables: dict[str, list[Paper]]
) -> list[Paper]:
    """The earlier of two works with the records of both; the later one is left empty."""
    earlier, later = (work for work in works if work is one or work is other)
    for table in tables:
        table.update({key: earlier for key, work in table.items() if work is later})
    earlier += later
    later.clear()
    return earlier


def _near(record: Paper, works: list[list[Paper]], titles: list[str]) -> list[Paper] | None:
    if not (words := _words(record.title)):
        return None  # titles of symbols alone are all alike
    candidates = process.extract(words, titles, scorer=fuzz.ratio, score_cutoff=90, limit=5)
    return next((w for _, _, place in candidates if (w := works[place]) and same_work(record, w[0])), None)


def _join(records: Sequence[Paper]) -> Paper:
    if len(records) == 1:
        return records[0]
    abstracts = {p.abstract for p in records}
    clean = {one: cleanness(one) if len(abstracts) > 1 else () for one in abstracts}
    best = max(records, key=lambda p: (p.id.startswith("arxiv:"), not _is_cut(p.title), clean[p.abstract]))
    richest = max(records, key=lambda p: (clean[p.abstract], p.id.startswith("arxiv:")))
    return Paper(
        id=best.id,
        title=best.title,
        abstract=richest.abstract,
        sentences=richest.sentences,
        resources=merged_resources(p.resources for p in (richest, *records)),
        authors=max((p.authors for p in records), key=len),
        links=_distinct(link for p in (best, *records) for link in p.links),
        published=min((p.published for p in records if p.published), default=None),
        categories=max((p.categories for p in records), key=len),
        sources=_distinct(source for p in records for source in p.sources),
        votes=max(p.votes for p in records),
        withdrawn=next((p.withdrawn for p in records if p.withdrawn), ""),
    )


def cleanness(abstract: str) -> tuple[bool, bool, int, int]:
    """Orders abstracts of one paper: some over none, whole ones over such as break off, fewest glued words
    (``languagemodels``), then the longest."""
    glued = sum(1 for word in abstract.split() if len(word) > 24 and word.isalpha())
    return bool(abstract), not breaks_off(abstract), -glued, len(abstract)


def _distinct(items: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(items))
