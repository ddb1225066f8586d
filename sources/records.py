"""From one raw record to one paper. A record that gives none says why, and costs nothing but itself."""

import re
from collections.abc import Callable, Iterable, Sequence
from datetime import date, datetime
from typing import Any, TypeVar, cast
from urllib.parse import quote

from pydantic import AliasChoices, BaseModel, ConfigDict, Field, ValidationError

from domain.papers import Paper, one_line, paper_id
from domain.reports import Drop

from .tex import plain

_ARXIV_CATEGORY = re.compile(r"[a-z]+(?:-[a-z]+)*(?:\.[A-Za-z]+(?:-[a-z]+)*)?")
_ENDLESS = re.compile(r"(\S{300})(?=\S)")
_T = TypeVar("_T")


class Unusable(ValueError):
    """A record that gives no paper; the text says why."""


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
            drops.append(Drop(step="retrieve", what=f"{source}: {named}", reason=_reason(fault)))
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
) -> Paper:
    """A paper as a source tells it; ``addresses`` may hold its arXiv id. Raises Unusable without title or abstract."""
    title, abstract = _clean(title), _clean(abstract)
    if not title:
        raise Unusable("no title")
    if not abstract:
        raise Unusable("no abstract")
    found = Paper(
        id=paper_id(title, *addresses),
        title=title,
        abstract=abstract,
        authors=tuple(name for author in authors if (name := one_line(author))),
        categories=arxiv_categories(categories),
        published=published,
        sources=(source,),
        votes=votes,
    )
    return found.model_copy(update={"links": tuple(dict.fromkeys(filter(is_link, (found.url, *links))))})


def _clean(text: str) -> str:
    """One line without TeX; a word without end is opened, since it breaks pages and takes the rules for ever."""
    return _ENDLESS.sub(r"\1 ", one_line(plain(text)))


def is_link(address: str) -> bool:
    """Whether a page may carry the address as a link: what a source gives may also be a script."""
    return re.fullmatch(r"https?://[^\s\"'<>]+", address) is not None


def arxiv_categories(terms: Iterable[str]) -> tuple[str, ...]:
    """The arXiv categories among the subject terms of a paper, which also hold ACM and MSC classes."""
    return tuple(dict.fromkeys(term for term in terms if _ARXIV_CATEGORY.fullmatch(term)))


class _Raw(BaseModel):
    model_config = ConfigDict(extra="ignore")


class _Author(_Raw):
    name: str | None = None


class _HubPaper(_Raw):
    id: str
    title: str | None = None
    summary: str | None = None
    authors: tuple[_Author, ...] | None = None
    published: datetime | None = Field(None, validation_alias="publishedAt")
    upvotes: int | None = None


class _HubEntry(_Raw):
    paper: _HubPaper
    title: str | None = None
    summary: str | None = None


class _Row(_Raw):
    id: str | None = Field(None, validation_alias=AliasChoices("id", "arxiv_id"))
    title: str | None = None
    abstract: str | None = Field(None, validation_alias=AliasChoices("summary", "abstract"))
    authors: tuple[str, ...] | None = None
    categories: tuple[str, ...] | None = None
    abs: str | None = None
    pdf: str | None = None


def from_hub(raw: object, source: str) -> Paper:
    """An entry of the Hugging Face daily papers API: the paper inside ``paper``, its votes too. Raises ValueError."""
    entry = _HubEntry.model_validate(raw)
    held = entry.paper
    return paper(
        source=source,
        title=held.title or entry.title or "",
        abstract=held.summary or entry.summary or "",
        addresses=(held.id,),
        authors=(author.name or "" for author in held.authors or ()),
        links=(f"https://huggingface.co/papers/{quote(held.id, safe='')}",),
        published=held.published.date() if held.published else None,
        votes=max(held.upvotes or 0, 0),
    )


def from_row(raw: object, source: str) -> Paper:
    """A row of an arXiv day: id, title, summary (or abstract), authors, categories, abs, pdf. Raises ValueError."""
    row = _Row.model_validate(raw)
    return paper(
        source=source,
        title=row.title or "",
        abstract=row.abstract or "",
        addresses=(row.id or "", row.abs or "", row.pdf or ""),
        authors=row.authors or (),
        links=(row.abs or row.pdf or "",),
        categories=row.categories or (),
    )


def from_paper(raw: object, source: str) -> Paper:
    """A paper in our own shape; its id is worked out again and its text cleaned. Raises ValueError."""
    held = Paper.model_validate(raw)
    cleaned = paper(
        source=source,
        title=held.title,
        abstract=held.abstract,
        addresses=(held.id, *held.links),
        authors=held.authors,
        links=held.links,
        categories=held.categories,
        published=held.published,
        votes=max(held.votes, 0),
    )
    return cleaned.model_copy(update={"sources": held.sources or cleaned.sources})


def name_of(raw: object) -> str:
    """The title or id by which a raw JSON record can be found again; empty where it has neither."""
    if not isinstance(raw, dict):
        return ""
    record = cast("dict[str, Any]", raw)
    inner = record.get("paper")
    for held in (record, cast("dict[str, Any]", inner) if isinstance(inner, dict) else {}):
        for field in ("title", "id", "arxiv_id"):
            if isinstance(value := held.get(field), str) and (name := one_line(value)):
                return name[:200]
    return ""


def _reason(fault: ValueError) -> str:
    if not isinstance(fault, ValidationError):
        return str(fault)
    first = fault.errors(include_url=False, include_input=False)[0]
    return f"{'.'.join(str(part) for part in first['loc']) or 'record'}: {first['msg']}"
