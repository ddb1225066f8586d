"""What each kind of source answers, and the source that is given an answer."""

import html
import json
import random
from abc import ABC, abstractmethod
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import httpx

from sources import Source
from sources.arxiv import Arxiv
from sources.deeplearn import Deeplearn
from sources.feed import Feed
from sources.files import Files
from sources.huggingface import HuggingFace
from sources.reading.http import Web
from tests.sources import arxiv_answers

from . import mutations

DAY = date(2026, 8, 12)
NOW = datetime(2026, 8, 12, 2, tzinfo=UTC).timestamp()
LATER = NOW + 3 * 86_400
RECORDS = 6
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


class Kind(ABC):
    """One kind of source: its answer for some records, and the source that reads it."""

    name = ""
    media = "text/html; charset=utf-8"
    counts = True
    """Its answer says how many there should be, or is of one piece, so that a cut is seen."""
    whole_or_nothing = False
    """One broken record makes the whole of it unreadable, as in XML."""
    ends = False
    """It has an end that can be missed: a page of which whole sections may be cut off."""

    @abstractmethod
    def whole(self, records: list[Record], chance: random.Random) -> str:
        """The answer as it should be."""

    @abstractmethod
    def opened(self, answer: Answer, folder: Path) -> Source:
        """The source, which is given this answer. ``folder``: one of its own."""

    def bounded(self, records: list[Record], chosen: set[int], chance: random.Random) -> str:
        """The answer with only the chosen records spoiled, within their own bounds."""
        return self.whole([spoil(r, chance) if n in chosen else r for n, r in enumerate(records)], chance)


class OnTheWeb(Kind):
    """One that is asked over HTTP."""

    now = NOW

    @abstractmethod
    def source(self, web: Web) -> Source:
        """The source behind a client."""

    def reply(self, request: httpx.Request, answer: Answer) -> Answer:
        """What this request is answered with."""
        return answer

    def opened(self, answer: Answer, folder: Path) -> Source:
        return self.source(Served(lambda request: self.reply(request, answer), self.now))


class Hub(OnTheWeb):
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


class Arxivs(OnTheWeb):
    def source(self, web: Web) -> Source:
        return Arxiv(web, ("cs.AI",))


class ListingPage(Arxivs):
    name, ends = "arXiv, listing page", True

    def whole(self, records: list[Record], chance: random.Random) -> str:
        entries = [arxiv_answers.listed(*map(html.escape, (r.id, r.title, r.abstract))) for r in records]
        made = arxiv_answers.listing(
            "Wednesday, 12 August 2026", ("New", 4, entries[:4]), ("Cross", RECORDS - 4, entries[4:])
        )
        return str(made.body)


class AtomFeed(Arxivs):
    name, media, whole_or_nothing = "arXiv, feed", "application/atom+xml", True
    counts = False

    def reply(self, request: httpx.Request, answer: Answer) -> Answer:
        return Answer(b"", "text/plain", {}, 404) if request.url.path.startswith("/list/") else answer

    def whole(self, records: list[Record], chance: random.Random) -> str:
        # The helper gives every entry one title; ours tell them apart.
        entries = [
            arxiv_answers.fed(html.escape(r.id), abstract=html.escape(r.abstract)).replace(
                "A Paper of the Feed", html.escape(r.title)
            )
            for r in records
        ]
        return str(arxiv_answers.feed(*entries).body)


class Api(Arxivs):
    name, media, whole_or_nothing = "arXiv, API", "application/atom+xml; charset=utf-8", True
    now = LATER

    def whole(self, records: list[Record], chance: random.Random) -> str:
        entries = [arxiv_answers.found(*map(html.escape, (r.id, r.title, r.abstract))) for r in records]
        return str(arxiv_answers.answer(RECORDS, *entries).body)


class Hot(OnTheWeb):
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


class AnyFeed(OnTheWeb):
    name, media, whole_or_nothing = "feed", "application/rss+xml", True

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

    def opened(self, answer: Answer, folder: Path) -> Source:
        path = folder / "papers.json"
        path.write_bytes(answer.body)
        return Files((path,))

    def bounded(self, records: list[Record], chosen: set[int], chance: random.Random) -> str:
        rows = [self._row(record, n) for n, record in enumerate(records)]
        return self._laid_out([mutations.value(r, chance) if n in chosen else r for n, r in enumerate(rows)], chance)


KINDS = (Hub(), ListingPage(), AtomFeed(), Api(), Hot(), AnyFeed(), OwnFiles())
