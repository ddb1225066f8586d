"""What arXiv answers, as papers: listing pages (HTML), and Atom from its feed and its API."""

import re
from collections.abc import Iterable
from datetime import date, datetime
from typing import NamedTuple
from urllib.parse import urljoin
from xml.etree.ElementTree import Element, ParseError

from bs4 import BeautifulSoup
from bs4.element import Tag
from defusedxml import DefusedXmlException
from defusedxml.ElementTree import fromstring

from domain.papers import Paper, arxiv_id, one_line
from domain.reports import Drop

from . import records
from .source import Unavailable

_SECTION = re.compile(
    r"(New|Cross|Replacement) submissions.*?showing (?:first |last )?([\d,]{1,9}) of ([\d,]{1,9}) entries"
)
_DATED = re.compile(r"Showing new listings for \w+, (\d{1,2} \w+ \d{4})")
_TOTAL = re.compile(r"Total of ([\d,]{1,9}) entries")
_PIECE = re.compile(r"<(?=(h3|dt)[\s/>])", re.IGNORECASE)
"""Where a heading or an entry begins."""
MOST_ENTRIES = 2000
"""Entries that a listing page is asked for."""
_MOST_TAGS = 1_000
"""Tags of one entry. Real ones have less than a hundred; what is never closed is nested, and reading it takes longer
with the square of them."""
_MOST_LETTERS = 200_000
_SUBJECT = re.compile(r"\(([\w.-]+)\)\s*(?:;|$)")
_HIDDEN = re.compile(r"this \w+ URL")
_FEED_LEAD = re.compile(r"^arXiv:\S+ Announce Type: (\S+) Abstract:\s*")
_ATOM = "{http://www.w3.org/2005/Atom}"
_ARXIV = "{http://arxiv.org/schemas/atom}"
_DC = "{http://purl.org/dc/elements/1.1/}"
_OPENSEARCH = "{http://a9.com/-/spec/opensearch/1.1/}"


class Batch(NamedTuple):
    """One answer of arXiv. ``papers`` and ``drops`` are its new papers and cross-lists, without replacements."""

    papers: tuple[Paper, ...]
    drops: tuple[Drop, ...]
    day: date | None
    """The date that it gives for itself."""
    listed: int
    """How many it says there are, here or on further pages."""

    @property
    def held(self) -> int:
        """How many records there are, broken ones too."""
        return len(self.papers) + len(self.drops)


def listing_page(html: str, source: str, category: str) -> Batch:
    """The page ``/list/{category}/new``. Raises Unavailable when it has another form than the known one, and for more
    entries than it was asked for. Each entry is read by itself, so that one that is not closed spoils no other."""
    day: date | None = None
    listed = stated = 0
    section = ""
    entries: list[str] = []
    for name, piece in _pieces(html):
        if name == "dt":
            if section in ("New", "Cross"):
                entries.append(piece)
            elif not section:
                raise Unavailable("arXiv's listing page does not say which of its entries are new")
        elif found := _DATED.search(text := _heading(piece)):
            day = _date(found[1])
        elif found := _SECTION.search(text):
            section, number = found[1], int(found[3].replace(",", ""))
            listed += 0 if section == "Replacement" else number
            stated += number
    if day is None:
        raise Unavailable("arXiv's listing page does not state its date")
    if len(entries) > MOST_ENTRIES:
        raise Unavailable(f"arXiv's listing page holds {len(entries):,} entries, and {MOST_ENTRIES:,} were asked for")
    if total := _TOTAL.search(html):
        listed += max(int(total[1].replace(",", "")) - stated, 0)  # a page that was cut lacks whole sections
    papers, drops = records.gather(
        f"{source} {category}", entries, lambda entry: _listed_paper(entry, source), _listed_name
    )
    return Batch(papers, drops, day, listed)


def _pieces(html: str) -> Iterable[tuple[str, str]]:
    """Every heading and every entry, with what follows it until the next one."""
    _, *parts = _PIECE.split(html)
    for name, piece in zip(parts[::2], parts[1::2], strict=True):
        yield name.lower(), f"<{piece}"


def feed(xml: str, source: str, category: str) -> Batch:
    """The newest batch in the Atom feed of a category (rss.arxiv.org). Its date is that of its entries: the date over
    the feed was seen to be of the day when the entries were not. Raises Unavailable for anything but Atom."""
    entries = [entry for entry in _atom(xml).iter(f"{_ATOM}entry") if not _announce_type(entry).startswith("replace")]
    day = max((published for entry in entries if (published := _published(entry))), default=None)
    batch = [entry for entry in entries if _published(entry) in (day, None)]
    where = f"{source} {category}"
    papers, drops = records.gather(where, batch, lambda entry: _fed_paper(entry, source), _atom_name)
    return Batch(papers, drops, day, len(batch))


def api_answer(xml: str, source: str) -> Batch:
    """An answer of export.arxiv.org/api/query; ``listed`` counts all its slices. Raises Unavailable for anything but
    Atom, and for an error that the API reports as an entry."""
    root = _atom(xml)
    entries = list(root.iter(f"{_ATOM}entry"))
    for entry in entries:
        if "/api/errors" in _text(entry, f"{_ATOM}id"):
            raise Unavailable(f"arXiv's API answered with an error: {_text(entry, f'{_ATOM}summary')}")
    total = _text(root, f"{_OPENSEARCH}totalResults")
    if not (total.isdecimal() and len(total) < 10):
        raise Unavailable("arXiv's API does not say how many papers it found")
    papers, drops = records.gather(source, entries, lambda entry: _api_paper(entry, source), _atom_name)
    return Batch(papers, drops, None, int(total))


def _heading(piece: str) -> str:
    """A heading's first words: one that is never closed holds the rest of its piece."""
    heading = BeautifulSoup(piece[:2000], "html.parser").h3
    return one_line(heading.get_text())[:400] if heading else ""


def _date(text: str) -> date | None:
    try:
        return datetime.strptime(text, "%d %B %Y").date()
    except ValueError:
        return None


def _listed_id(entry: Tag) -> str:
    link = entry.find("a", title="Abstract", href=True)
    return arxiv_id(urljoin("https://arxiv.org", str(link["href"]))) or "" if link else ""


def _listed_name(piece: str) -> str:
    return _listed_id(BeautifulSoup(piece[:2000], "html.parser"))


def _listed_paper(piece: str, source: str) -> Paper:
    if (tags := piece.count("<")) > _MOST_TAGS or len(piece) > _MOST_LETTERS:
        raise records.Unusable(f"its entry has {tags:,} tags and {len(piece):,} letters, more than any paper's")
    entry = BeautifulSoup(piece, "html.parser")
    identifier = _listed_id(entry)
    if not identifier:
        raise records.Unusable("no arXiv id")
    details = entry.dd
    if details is None:
        raise records.Unusable("nothing but an id")
    authors = details.select_one("div.list-authors")
    return records.paper(
        source=source,
        title=_plain(details.select_one("div.list-title")),
        abstract=_plain(details.select_one("p.mathjax")),
        addresses=(identifier,),
        authors=(author.get_text() for author in (authors.select("a") if authors else ())),
        categories=_SUBJECT.findall(_plain(details.select_one("div.list-subjects"))),
        comment=_plain(details.select_one("div.list-comments")),
    )


def _plain(tag: Tag | None) -> str:
    """A part's text without its label, and with the addresses that the page hides behind words of its own."""
    if tag is None:
        return ""
    for label in tag.select("span.descriptor"):
        label.decompose()
    for line_break in tag.select("br"):
        line_break.replace_with(" ")
    for link in tag.select("a[href]"):
        if _HIDDEN.fullmatch(link.get_text()):
            link.replace_with(str(link["href"]))
    return one_line(tag.get_text())


def _atom(xml: str) -> Element:
    try:
        root = fromstring(xml)
    except (ParseError, DefusedXmlException) as fault:
        raise Unavailable(f"arXiv's answer is not well-formed XML: {fault}") from fault
    if root.tag != f"{_ATOM}feed":
        raise Unavailable(f"arXiv's answer is {root.tag}, where an Atom feed was due")
    return root


def _text(parent: Element, tag: str) -> str:
    return one_line(parent.findtext(tag) or "")


def _atom_name(entry: Element) -> str:
    return arxiv_id(_text(entry, f"{_ATOM}id")) or _text(entry, f"{_ATOM}title")


def _published(entry: Element) -> date | None:
    try:
        return datetime.fromisoformat(_text(entry, f"{_ATOM}published")).date()
    except ValueError:
        return None


def _categories(entry: Element) -> Iterable[str]:
    primary = entry.find(f"{_ARXIV}primary_category")
    if primary is not None:
        yield primary.get("term", "")
    for category in entry.findall(f"{_ATOM}category"):
        yield category.get("term", "")


def _announce_type(entry: Element) -> str:
    if told := _text(entry, f"{_ARXIV}announce_type"):
        return told
    lead = _FEED_LEAD.match(_text(entry, f"{_ATOM}summary"))
    return lead[1] if lead else ""


def _fed_paper(entry: Element, source: str) -> Paper:
    # The feed's own date of an entry is the announcement's, not the paper's.
    return records.paper(
        source=source,
        title=_text(entry, f"{_ATOM}title"),
        abstract=_FEED_LEAD.sub("", _text(entry, f"{_ATOM}summary")),
        addresses=_addresses(entry),
        authors=_text(entry, f"{_DC}creator").split(", "),
        categories=_categories(entry),
    )


def _api_paper(entry: Element, source: str) -> Paper:
    return records.paper(
        source=source,
        title=_text(entry, f"{_ATOM}title"),
        abstract=_text(entry, f"{_ATOM}summary"),
        addresses=_addresses(entry),
        authors=(author.findtext(f"{_ATOM}name") or "" for author in entry.findall(f"{_ATOM}author")),
        categories=_categories(entry),
        published=_published(entry),
        comment=_text(entry, f"{_ARXIV}comment"),
    )


def _addresses(entry: Element) -> tuple[str, ...]:
    addresses = (_text(entry, f"{_ATOM}id"), *(link.get("href", "") for link in entry.findall(f"{_ATOM}link")))
    if not any(map(arxiv_id, addresses)):
        raise records.Unusable("no arXiv id")
    return addresses
