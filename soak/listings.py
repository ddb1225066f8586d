"""Ten thousand spoiled answers of each kind of source: no crash, and no record lost without a word.

An answer holds six records. Where the spoiling stays within one record or two, all others must come out as papers, and
each of the six as a paper or as a drop that is named; where it goes through the whole answer, what is missing must be
told: the source is unavailable, or its health counts or notes it.
"""

import asyncio
import html
import json
import random
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any
from xml.etree.ElementTree import ParseError

import httpx
from defusedxml import DefusedXmlException
from defusedxml.ElementTree import fromstring

from agents import retriever
from domain.errors import InsightsError
from domain.papers import Paper, title_key
from domain.reports import Listing
from sources import Source
from sources.arxiv import Arxiv
from sources.deeplearn import Deeplearn
from sources.feed import Feed
from sources.files import Files
from sources.huggingface import HuggingFace
from sources.reading.http import Web
from tests.sources import arxiv_answers

from . import mutations
from .batches import Batch, in_forks
from .trial import Soak
from .world import World

DAY = date(2026, 8, 12)
NOW = datetime(2026, 8, 12, 2, tzinfo=UTC).timestamp()
LATER = NOW + 3 * 86_400
RECORDS = 6
SLOW = 20.0
"""Seconds of processor time after which reading one answer counts as a fault."""
WORDS = ("Sparse", "Robot", "Quantum", "Speech", "Graph", "Vision", "Protein", "Causal", "Latent", "Federated")


@dataclass(frozen=True)
class Record:
    """What a source tells of one paper."""

    id: str
    title: str
    abstract: str

    @property
    def names(self) -> set[str]:
        """By which its paper is known again."""
        return {self.title, f"arxiv:{self.id}"}


@dataclass(frozen=True)
class Answer:
    """One HTTP answer."""

    body: bytes
    kind: str
    headers: dict[str, str]
    status: int = 200


class Served(Web):
    """The client without a wire, a wait or a cache."""

    def __init__(self, answer: Callable[[httpx.Request], Answer], now: float) -> None:
        async def at_once(_: float) -> None:
            pass

        super().__init__(contact="", sleep=at_once, clock=lambda: now)
        self._answer = answer

    def _open(self) -> httpx.AsyncClient:
        def handle(request: httpx.Request) -> httpx.Response:
            told = self._answer(request)
            return httpx.Response(
                told.status, headers={"content-type": told.kind, **told.headers}, stream=httpx.ByteStream(told.body)
            )

        return httpx.AsyncClient(transport=httpx.MockTransport(handle), follow_redirects=False)


def drawn(chance: random.Random) -> list[Record]:
    """Six papers of different titles."""
    return [
        Record(
            f"2608.{10_000 + 1_000 * n + chance.randrange(1_000)}",
            f"{chance.choice(WORDS)} {chance.choice(WORDS)} Study {n}",
            f"We study {chance.choice(WORDS).lower()} models. Experiments show that it improves accuracy by "
            f"{chance.randint(2, 99)}.5% over the baseline. Limits remain.",
        )
        for n in range(RECORDS)
    ]


def spoil(record: Record, chance: random.Random) -> Record:
    """One field of it, as text."""
    name = chance.choice(("id", "title", "abstract"))
    return Record(**{**record.__dict__, name: mutations.text(getattr(record, name), chance)})


class Kind:
    """One kind of source: its answer for some records, and the source that reads it."""

    name = ""
    media = "text/html; charset=utf-8"
    now = NOW
    counts = True
    """Its answer says how many there should be, or is of one piece, so that a cut is seen."""

    def whole(self, records: list[Record], chance: random.Random) -> str:
        raise NotImplementedError

    def source(self, web: Web) -> Source:
        raise NotImplementedError

    def bounded(self, records: list[Record], chosen: set[int], chance: random.Random) -> str:
        """The answer with only the chosen records spoiled, within their own bounds."""
        return self.whole([spoil(r, chance) if n in chosen else r for n, r in enumerate(records)], chance)


class Hub(Kind):
    name, media = "huggingface", "application/json"

    def _entry(self, record: Record) -> dict[str, Any]:
        paper = {
            "id": record.id,
            "authors": [{"name": "Mina Park", "hidden": False}],
            "publishedAt": "2026-08-11T17:59:02.000Z",
            "title": record.title,
            "summary": record.abstract,
            "upvotes": 34,
        }
        return {"paper": paper, "publishedAt": "2026-08-12T01:11:19.304Z", "title": record.title, "numComments": 1}

    def whole(self, records: list[Record], chance: random.Random) -> str:
        return mutations.dumped([self._entry(record) for record in records])

    def bounded(self, records: list[Record], chosen: set[int], chance: random.Random) -> str:
        entries = [self._entry(record) for record in records]
        return mutations.dumped([mutations.value(e, chance) if n in chosen else e for n, e in enumerate(entries)])

    def source(self, web: Web) -> Source:
        return HuggingFace(web)


class ListingPage(Kind):
    name = "arXiv, listing page"

    def whole(self, records: list[Record], chance: random.Random) -> str:
        entries = [arxiv_answers.listed(*map(html.escape, (r.id, r.title, r.abstract))) for r in records]
        made = arxiv_answers.listing(
            "Wednesday, 12 August 2026", ("New", 4, entries[:4]), ("Cross", RECORDS - 4, entries[4:])
        )
        return str(made.body)

    def source(self, web: Web) -> Source:
        return Arxiv(web, ("cs.AI",))


class AtomFeed(ListingPage):
    name, media = "arXiv, feed", "application/atom+xml"
    counts = False

    def whole(self, records: list[Record], chance: random.Random) -> str:
        # The helper gives every entry one title; ours tell them apart.
        entries = [
            arxiv_answers.fed(html.escape(r.id), abstract=html.escape(r.abstract)).replace(
                "A Paper of the Feed", html.escape(r.title)
            )
            for r in records
        ]
        return str(arxiv_answers.feed(*entries).body)


class Api(ListingPage):
    name, media = "arXiv, API", "application/atom+xml; charset=utf-8"
    now = LATER

    def whole(self, records: list[Record], chance: random.Random) -> str:
        entries = [arxiv_answers.found(*map(html.escape, (r.id, r.title, r.abstract))) for r in records]
        return str(arxiv_answers.answer(RECORDS, *entries).body)


class Hot(Kind):
    name = "deeplearn"
    counts = False

    def whole(self, records: list[Record], chance: random.Random) -> str:
        told = "".join(
            f'<div class="title"><a href="/arxiv/{n}/{html.escape(r.id)}">{html.escape(r.title)}</a></div>\n'
            for n, r in enumerate(records)
        )
        return f'<html><body><div class="panel"><h3 class="panel-title">Hot Papers</h3>{told}</div></body></html>'

    def source(self, web: Web) -> Source:
        return Deeplearn(web)


class AnyFeed(Kind):
    name, media = "feed", "application/rss+xml"

    def whole(self, records: list[Record], chance: random.Random) -> str:
        if chance.random() < 0.5:
            items = "".join(
                f"<item><title>{html.escape(r.title)}</title><link>https://arxiv.org/abs/{html.escape(r.id)}</link>"
                f"<description>{html.escape(r.abstract)}</description>"
                "<pubDate>Wed, 12 Aug 2026 09:00:00 GMT</pubDate></item>\n"
                for r in records
            )
            return f'<?xml version="1.0"?><rss version="2.0"><channel><title>Papers</title>{items}</channel></rss>'
        entries = "".join(
            f"<entry><id>urn:{n}</id><title>{html.escape(r.title)}</title>"
            f'<link href="https://arxiv.org/abs/{html.escape(r.id)}"/><summary>{html.escape(r.abstract)}</summary>'
            "<updated>2026-08-12T01:00:00Z</updated></entry>\n"
            for n, r in enumerate(records)
        )
        return f'<?xml version="1.0"?><feed xmlns="http://www.w3.org/2005/Atom"><title>F</title>{entries}</feed>'

    def source(self, web: Web) -> Source:
        return Feed(web, "https://example.org/papers")


class OwnFiles(Kind):
    name, media = "files", ""

    def _row(self, record: Record, n: int) -> dict[str, Any]:
        return {
            "id": record.id,
            "title": record.title,
            ("summary" if n % 2 else "abstract"): record.abstract,
            "authors": ["A. Author", {"name": "B. Author"}][: 1 + n % 2],
            "categories": ["cs.AI"] if n % 3 else "cs.AI cs.LG",
            "published": "2026-08-11",
            "votes": n,
        }

    def _laid_out(self, rows: list[Any], chance: random.Random) -> str:
        match chance.randrange(4):
            case 0:
                return mutations.dumped(rows)
            case 1:
                return mutations.dumped({"papers": rows})
            case 2:
                return json.dumps(rows, indent=1, default=str)
            case _:
                return "\n".join(map(mutations.dumped, rows)) + "\n"

    def whole(self, records: list[Record], chance: random.Random) -> str:
        return self._laid_out([self._row(record, n) for n, record in enumerate(records)], chance)

    def bounded(self, records: list[Record], chosen: set[int], chance: random.Random) -> str:
        rows = [self._row(record, n) for n, record in enumerate(records)]
        return self._laid_out([mutations.value(r, chance) if n in chosen else r for n, r in enumerate(rows)], chance)


KINDS = (Hub(), ListingPage(), AtomFeed(), Api(), Hot(), AnyFeed(), OwnFiles())


def listings(soak: Soak, world: World, full: int) -> None:
    """``full``: answers of each kind in a full round."""
    for kind in KINDS:
        in_forks(
            soak,
            world,
            Batch(f"mutated answers: {kind.name}", kind.name, len(soak.rounds(full))),
            lambda numbers, folder, kind=kind: asyncio.run(_answers(soak, kind, numbers, folder)),
        )


async def _answers(soak: Soak, kind: Kind, numbers: range, folder: Path) -> list[tuple[int, str, str, int]]:
    found: list[tuple[int, str, str, int]] = []
    for number in numbers:
        chance = soak.chance("listing", kind.name, number)
        began = time.process_time()
        try:
            bad, seen = await one(kind, chance, folder)
        except Exception as error:
            bad, seen = f"{type(error).__name__}: {error} at {_where(error)}", ""
        if (passed := time.process_time() - began) > SLOW:
            bad = bad or f"it took {passed:.0f} s"
        found.append((number, bad, seen, 1))
    return found


def _where(error: BaseException) -> str:
    trace = error.__traceback__
    while trace and trace.tb_next:
        trace = trace.tb_next
    return f"{trace.tb_frame.f_code.co_filename}:{trace.tb_lineno}" if trace else ""


async def one(kind: Kind, chance: random.Random, folder: Path) -> tuple[str, str]:
    """(what went wrong, what the source told) of one spoiled answer."""
    records = drawn(chance)
    chosen = set(chance.sample(range(RECORDS), chance.randint(1, 2)))
    bounded = chance.random() < 0.6
    if bounded:
        body = kind.bounded(records, chosen, chance).encode("utf-8", errors="replace")
        answer = Answer(body, kind.media, {})
    else:
        answer = _through(kind, kind.whole(records, chance), chance)
    source = _opened(kind, answer, folder)
    try:
        listing = await source.listing(DAY)
    except InsightsError as told:
        others = bounded and not isinstance(kind, AtomFeed | Api | AnyFeed)  # XML is whole or nothing
        return (f"the source gave up: {told}" if others else ""), str(told)
    caught = await retriever.retrieve(DAY, (_Told(listing, source),))
    caught.model_dump_json()  # as it is kept
    got = {paper.title for paper in listing.papers} | {paper.id for paper in listing.papers}
    if merged := [p for p in listing.papers if not _goes_on(p, listing, caught)]:
        return f"the retriever lost {merged}", ""
    out, told = len(listing.papers) + len(listing.drops), _told(listing)
    left = [r for n, r in enumerate(records) if n not in chosen]
    if bounded and (lost := [r.title for r in left if not r.names & got]):
        return f"lost without being touched: {sorted(lost)}; {listing.health.note}", ""
    if bounded and out < RECORDS and not told:
        return f"{len(listing.papers)} papers and {len(listing.drops)} drops of {RECORDS} records", ""
    if bounded or told or listing.drops or out >= RECORDS:
        return "", listing.health.note or (listing.drops[0].reason if listing.drops else "")
    if "xml" in kind.media and (fault := _ill_formed(answer)):
        return f"the answer is in pieces ({fault}), and nothing says so", ""
    if kind.counts and (lost := [r.title for r in records if _is_in(r, answer) and not r.names & got]):
        return f"lost though they stand there: {sorted(lost)}", ""
    if isinstance(kind, ListingPage) and not isinstance(kind, AtomFeed | Api) and _is_cut(answer):
        return "the page ends early, and nothing says so", ""
    return "", listing.health.note or (listing.drops[0].reason if listing.drops else "")


@dataclass(frozen=True)
class _Told:
    """A source that has answered."""

    given: Listing
    source: Source

    @property
    def name(self) -> str:
        return self.source.name

    address = ""
    signal = False

    async def listing(self, day: date) -> Listing:
        return self.given


def _told(listing: Listing) -> bool:
    health = listing.health
    short = (health.listed or 0) > len(listing.papers) + len(listing.drops)
    return short or bool(health.note) or health.state in ("unavailable", "stale")


def _is_in(record: Record, answer: Answer) -> bool:
    """Whether all of a record stands in an answer, so that nothing excuses its loss."""
    text = answer.body.decode("utf-8", errors="replace")
    return all(html.escape(part) in text or json.dumps(part)[1:-1] in text for part in record.__dict__.values())


def _ill_formed(answer: Answer) -> str:
    try:
        fromstring(answer.body)
    except (ParseError, DefusedXmlException, ValueError) as fault:
        return str(fault)
    return ""


def _is_cut(answer: Answer) -> bool:
    """A listing page without its end, from which whole sections are missing."""
    text = answer.body.decode("utf-8", errors="replace")
    return f"Total of {RECORDS} entries" in text and not text.rstrip().endswith("</html>")


def _goes_on(paper: Paper, listing: Listing, caught: retriever.Catch) -> bool:
    """Whether it is among the day's papers, itself or as another record of the same work."""
    if listing.health.signal:
        return True
    kept = {name for p in (*caught.papers, *caught.withdrawn) for name in (p.id, title_key(p.title))}
    own = {paper.id, title_key(paper.title)}
    same = [p for p in listing.papers if own & {p.id, title_key(p.title)}]
    return any({p.id, title_key(p.title)} & kept for p in same)


def _opened(kind: Kind, answer: Answer, folder: Path) -> Source:
    if isinstance(kind, OwnFiles):
        path = folder / "papers.json"
        path.write_bytes(answer.body)
        return Files((path,))
    lost = Answer(b"", "text/plain", {}, 404)

    def of(request: httpx.Request) -> Answer:
        return lost if isinstance(kind, AtomFeed) and request.url.path.startswith("/list/") else answer

    return kind.source(Served(of, kind.now))


def _through(kind: Kind, whole: str, chance: random.Random) -> Answer:
    """The whole answer spoiled: its text, its bytes, or how it is sent."""
    good = whole.encode("utf-8", errors="replace")
    match chance.randrange(8):
        case 0 | 1 | 2:
            spoiled = whole
            for _ in range(chance.randint(1, 2)):
                spoiled = mutations.text(spoiled, chance)
            return Answer(spoiled.encode("utf-8", errors="replace"), kind.media, {})
        case 3 | 4:
            return Answer(mutations.encoded(whole, chance), kind.media, {})
        case 5:
            charset = chance.choice(("utf-16", "ascii", "hex", "no-such", "latin-1", "utf-7", "idna", "shift_jis"))
            return Answer(good, f"{kind.media.partition(';')[0]}; charset={charset}", {})
        case 6:
            packed = chance.choice(("gzip", "br", "zstd", "deflate", "x-none"))
            return Answer(good, kind.media, {"content-encoding": packed})
        case _:
            status = chance.choice((200, 204, 206, 301, 302, 400, 403, 404, 429, 500, 503))
            header = chance.choice(
                (
                    {"location": "https://elsewhere.example/"},
                    {"location": "//["},
                    {"retry-after": "999999"},
                    {"retry-after": "Wed, 99 Foo"},
                    {"link": "<http://[>; rel=next"},
                    {"link": "<?p=2>; rel=next"},
                    {"content-type": "text/html"},
                    {},
                )
            )
            return Answer(good, kind.media, header, status)
