"""From one raw record to one paper. A record that gives none says why, and costs nothing but itself."""

import re
from collections.abc import Callable, Iterable, Sequence
from datetime import date
from typing import Any, TypeVar, cast
from urllib.parse import quote

from domain.papers import Paper, one_line, paper_id
from domain.reports import Drop
from domain.resources import Resource, merged_resources
from domain.resources import resources as told_resources
from domain.sentences import sentences
from domain.withdrawals import notice

from . import fields
from .authors import names
from .fields import Unusable as Unusable
from .tex import without_tex

_HUB = "https://huggingface.co/papers/"

_ARXIV_CATEGORY = re.compile(r"[a-z]+(?:-[a-z]+)*(?:\.[A-Za-z]+(?:-[a-z]+)*)?")
_ENDLESS = re.compile(r"(\S{300})(?=\S)")
_T = TypeVar("_T")


def gather(
    source: str, raws: Iterable[_T], read: Callable[[_T], Paper], label: Callable[[_T], str]
) -> tuple[tuple[Paper, ...], tuple[Drop, ...]]:
    """Each record as a paper or as a drop that names it: by ``label`` where that knows a word, else by its place."""
    papers: list[Paper] = []
    drops: list[Drop] = []
    for place, raw in enumerate(raws, 1):
        try:
            papers.append(read(raw))
        except ValueError as fault:
            named = label(raw) or f"record {place}"
            drops.append(Drop(step="retrieve", what=f"{source}: {named}", reason=str(fault)))
    return tuple(papers), tuple(drops)


def paper(
    *,
    source: str,
    title: str,
    abstract: str,
    addresses: Sequence[str],
    authors: Iterable[str] = (),
    links: Iterable[str] = (),
    categories: Iterable[str] = (),
    published: date | None = None,
    votes: int = 0,
    comment: str = "",
    withdrawn: str = "",
    resources: Iterable[Resource] = (),
) -> Paper:
    """A paper as a source tells it. ``addresses`` may hold its arXiv id; ``comment`` is what arXiv shows beside it,
    ``withdrawn`` a notice that is known already, ``resources`` what the source has fields of its own for. Raises
    Unusable without title or abstract."""
    title, abstract, comment = _clean(title), _clean(abstract), _clean(comment)
    if not title:
        raise Unusable("no title")
    withdrawn = withdrawn or notice(title, abstract, comment)
    if not abstract and not withdrawn:
        raise Unusable("no abstract")
    found = Paper(
        id=paper_id(title, *addresses),
        title=title,
        abstract=abstract,
        authors=tuple(name for author in authors if (name := one_line(without_tex(author)))),
        categories=arxiv_categories(categories),
        published=published,
        sources=(source,),
        votes=votes,
        withdrawn=withdrawn,
    )
    told = told_resources(sentences(comment))
    given = (resource for resource in resources if not resource.url or is_link(resource.url))
    return found.model_copy(
        update={
            "links": tuple(dict.fromkeys(filter(is_link, (found.url, *links)))),
            "resources": merged_resources((given, found.resources, told)),
        }
    )


def _clean(text: str) -> str:
    """One line without TeX; a word without end is opened, since it breaks pages and takes the rules for ever."""
    return _ENDLESS.sub(r"\1 ", one_line(without_tex(text)))


def is_link(address: str) -> bool:
    """Whether a page may carry the address as a link: what a source gives may also be a script."""
    return re.fullmatch(r"https?://[^\s\"'<>]+", address) is not None


def arxiv_categories(terms: Iterable[str]) -> tuple[str, ...]:
    """The arXiv categories among the subject terms of a paper, which also hold ACM and MSC classes."""
    return tuple(dict.fromkeys(term for term in terms if _ARXIV_CATEGORY.fullmatch(term)))


def from_hub(raw: object, source: str) -> Paper:
    """An entry of the Hugging Face daily papers API: the paper inside ``paper``, its votes too. Raises ValueError."""
    entry = _object(raw)
    held = fields.lowered(_object(entry.get("paper"), "paper"))
    page = quote(fields.text(held, "id"), safe="")
    if not page:
        raise Unusable("no id")
    return _row({"title": entry.get("title"), "summary": entry.get("summary"), **_filled(held)}, source, (_HUB + page,))


def from_row(raw: object, source: str) -> Paper:
    """A row as people keep it: of an arXiv day or the arXiv metadata dump, of Semantic Scholar, or a paper in our own
    shape, whose id is worked out again and whose text is cleaned. Raises ValueError."""
    record = fields.lowered(_object(raw))
    found = _row(record, source, fields.links(record))
    ours = str(record.get("id", "")).startswith(("arxiv:", "title:"))
    sources = fields.texts(record, "sources") if ours else ()
    return found.model_copy(update={"sources": sources}) if sources else found


def _row(record: dict[str, Any], source: str, links: Sequence[str]) -> Paper:
    return paper(
        source=source,
        title=fields.text(record, "title"),
        abstract=fields.text(record, "summary", "abstract"),
        comment=fields.text(record, "comment", "comments", "arxiv_comment"),
        addresses=fields.addresses(record),
        authors=names(record.get("authors_parsed") or record.get("authors") or record.get("author")),
        links=links,
        categories=fields.categories(record),
        published=fields.published(record),
        votes=fields.votes(record),
        withdrawn=fields.text(record, "withdrawn"),
        resources=fields.resources(record),
    )


def _object(raw: object, what: str = "") -> dict[str, Any]:
    if not isinstance(raw, dict):
        raise Unusable(f"{what}: not a JSON object" if what else "not a JSON object")
    return cast("dict[str, Any]", raw)


def _filled(record: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in record.items() if value}


def name_of(raw: object) -> str:
    """The title or id by which a raw JSON record can be found again; empty where it has neither."""
    if not isinstance(raw, dict):
        return ""
    record = cast("dict[str, Any]", raw)
    inner = record.get("paper")
    for held in (record, cast("dict[str, Any]", inner) if isinstance(inner, dict) else {}):
        for field in ("title", "id", "arxiv_id"):
            if isinstance(value := fields.lowered(held).get(field), str | int) and (name := one_line(str(value))):
                return name[:200]
    return ""
