"""Single fields of a raw record, under the names and in the forms that people's files have for them."""

import re
from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from datetime import date, datetime
from email.utils import parsedate_to_datetime
from typing import Any, cast

from pydantic import ValidationError

from domain.kinds import ResourceKind
from domain.papers import one_line
from domain.resources import Resource, resource_kind, tidy

from .raw_json import NumberLiteral

_IDS = ("id", "arxiv_id", "arxivid", "arxiv", "paper_id", "entry_id", "identifier", "doi")
_ADDRESSES = ("abs", "abs_url", "url", "link", "html_url", "arxiv_url", "pdf", "pdf_url")
_RESOURCES: dict[ResourceKind, tuple[str, ...]] = {
    "code": ("githubrepo", "github", "github_url", "code", "code_url", "repo", "repository"),
    "project": ("projectpage", "project_page", "project", "project_url", "homepage", "website"),
    "data": ("dataset_url", "data_url"),
    "weights": ("model_url", "weights_url"),
    "demo": ("demo", "demo_url"),
}
_DIGITS = re.compile(r"(\d{3,4})\.(\d{1,5})(?=$|v\d+$)")


class Unusable(ValueError):
    """A record that gives no paper; the text says why."""


def lowered(raw: dict[str, Any]) -> dict[str, Any]:
    """The record with the names of its fields in small letters."""
    return {key.strip().casefold(): value for key, value in raw.items()}


def text(record: dict[str, Any], *names: str) -> str:
    """The first of these fields that holds something. Raises Unusable where it holds no text."""
    for name in names:
        value: object = record.get(name)
        if isinstance(value, list | tuple) and len(cast("Sequence[object]", value)) == 1:
            value = cast("Sequence[object]", value)[0]  # as Crossref gives titles
        if value is None or value != value or value == "":
            continue
        if isinstance(value, bool) or not isinstance(value, str | int | float):
            raise Unusable(f"{name}: text was expected, not {value!r:.40}")
        if told := str(value).strip():
            return told
    return ""


def texts(record: dict[str, Any], *names: str) -> tuple[str, ...]:
    """The strings of the first of these fields that has some: a list, one string, or a list of ``{"term": …}``."""
    for name in names:
        value: object = record.get(name)
        if isinstance(value, str):
            return tuple(part for part in re.split(r"[\s,;|]+", value) if part)
        if isinstance(value, list | tuple):
            items = (_term(item) for item in cast("Iterable[object]", value))
            if found := tuple(item for item in items if item):
                return found
    return ()


def categories(record: dict[str, Any]) -> tuple[str, ...]:
    """Subject terms. Tags of a file's own making look like them, so only those of Atom count."""
    if told := texts(record, "categories", "category", "arxiv_categories", "primary_category"):
        return told
    tags: object = record.get("tags")
    if not isinstance(tags, list):
        return ()
    return tuple(_term(tag) for tag in cast("list[object]", tags) if not isinstance(tag, str))


def _term(item: object) -> str:
    if isinstance(item, dict):
        item = cast("dict[str, object]", item).get("term")
    return item if isinstance(item, str) else ""


def addresses(record: dict[str, Any]) -> tuple[str, ...]:
    """Ids and web addresses, the ids first. Raises Unusable for an arXiv id that lost digits, where no other field
    has it whole."""
    found: list[str] = []
    cut = ""
    outer: object = record.get("externalids")  # Semantic Scholar's
    others = lowered(cast("dict[str, Any]", outer)) if isinstance(outer, dict) else {}
    for value in (*(record.get(name) for name in _IDS), others.get("arxiv")):
        try:
            found.append(_id(value))
        except Unusable as fault:
            cut = cut or str(fault)
    found += [value for name in _ADDRESSES if isinstance(value := record.get(name), str)]
    found += texts(record, "links")
    found = [one_line(value) for value in found if value.strip()]
    if cut and not any(re.search(r"\d{4}\.\d{4,5}", value) for value in found):
        raise Unusable(cut)
    return tuple(found)


def _id(value: object) -> str:
    """An id as text. A number of a new arXiv id (0704.0001) lost the zeros at its ends, and nothing else."""
    if isinstance(value, bool) or not isinstance(value, str | int | float):
        return ""
    digits = _DIGITS.match(str(value))
    month = digits[1].zfill(4) if digits else ""
    if not digits or not 1 <= int(month[2:]) <= 12 or month < "0704":
        return str(value)
    length = 4 if month < "1501" else 5
    number, version = digits[2], str(value)[digits.end() :]
    if isinstance(value, NumberLiteral | float):
        number = number.ljust(length, "0")
    if len(number) != length:
        raise Unusable(f"id {value}: arXiv ids of 20{month[:2]} have {length} digits after the point")
    return f"{month}.{number}{version}"


def links(record: dict[str, Any]) -> tuple[str, ...]:
    """Where the record says that the paper is: its page, else its file, and its own list of links."""
    pages = (value for name in _ADDRESSES if isinstance(value := record.get(name), str) and value)
    return (next(pages, ""), *texts(record, "links"))


def resources(record: dict[str, Any]) -> Iterator[Resource]:
    """What fields of their own say lies where; a paper in our own shape has them told apart already."""
    for kind, names in _RESOURCES.items():
        for name in names:
            if isinstance(value := record.get(name), str) and (url := tidy(value.strip())):
                yield Resource(url=url, kind=resource_kind(url) if kind == "project" else kind)
    ours: object = record.get("resources")
    for one in cast("list[object]", ours) if isinstance(ours, list) else ():
        with suppress(ValidationError):
            yield Resource.model_validate(one)


def published(record: dict[str, Any]) -> date | None:
    """Day of the first version, where the record tells it in a known form."""
    versions: object = record.get("versions")
    if isinstance(versions, list) and versions and isinstance(first := cast("list[object]", versions)[0], dict):
        record = {"published": cast("dict[str, object]", first).get("created"), **record}
    for name in ("published", "publishedat", "published_at", "submitted", "date"):
        if isinstance(told := record.get(name), str) and (day := _day(told.strip())):
            return day
    return None


def _day(told: str) -> date | None:
    try:
        return datetime.fromisoformat(told).date()
    except ValueError:
        pass
    try:
        return parsedate_to_datetime(told).date()
    except ValueError:
        return None


def votes(record: dict[str, Any]) -> int:
    """How often it was voted for; 0 where nothing that can be counted says so."""
    told = record.get("votes", record.get("upvotes"))
    number = str(told).partition(".")[0]
    return int(number) if not isinstance(told, bool) and number.isdecimal() and len(number) < 10 else 0
