"""Ten thousand spoiled answers of each kind of source: no crash, and no record lost without a word.

An answer holds six records. Where the spoiling stays within one record or two, all others must come out as papers, and
each of the six as a paper or as a drop that is named; where it goes through the whole answer, what is missing must be
told: the source is unavailable, or its health counts or notes it.
"""

import asyncio
import html
import json
import random
import re
import time
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from xml.etree.ElementTree import ParseError

from defusedxml import DefusedXmlException
from defusedxml.ElementTree import fromstring

from agents import retriever
from domain.errors import InsightsError
from domain.papers import Paper, title_key
from domain.reports import Listing
from sources import Source

from . import mutations
from .batches import Batch, in_forks
from .sources import DAY, KINDS, RECORDS, Answer, Kind, Record, drawn
from .trial import Soak, Trial, sentence
from .world import World, clear

SLOW = 20.0
"""Seconds of processor time after which reading one answer counts as a fault, for each million bytes of it."""


def listings(soak: Soak, world: World, full: int) -> None:
    """``full``: answers of each kind in a full round."""
    for kind in KINDS:
        if soak.wants(kind.name):
            batch = Batch(f"mutated answers: {kind.name}", kind.name, len(soak.rounds(full)), patience=3_600)
            in_forks(soak, world, batch, lambda numbers, folder, kind=kind: answers(soak, kind, numbers, folder))


def again(soak: Soak, world: World, name: str, seed: str) -> bool:
    """Reads answers of a kind once more, by the seed that stands in the log. False where they are none."""
    found = re.search(r"(?:(\d+)|range\((\d+), (\d+)\))$", seed)
    kind = next((kind for kind in KINDS if kind.name == name), None)
    if not found or not kind:
        return False
    first = int(found[1] or found[2])
    numbers, place = range(first, int(found[3] or first + 1)), world.room()
    told = answers(soak, kind, numbers, place.folder)
    bad = "; ".join(f"{number}: {bad}" for number, bad, _, _ in told if bad)
    soak.record(
        Trial(f"mutated answers: {kind.name}", kind.name, bad, sentence(told[0][2])[:160], len(numbers), seed=seed)
    )
    clear(place)
    return True


def answers(soak: Soak, kind: Kind, numbers: range, folder: Path) -> list[tuple[int, str, str, int]]:
    """(number, what went wrong, what the source told, one) of spoiled answers by number."""
    return asyncio.run(_answers(soak, kind, numbers, folder))


async def _answers(soak: Soak, kind: Kind, numbers: range, folder: Path) -> list[tuple[int, str, str, int]]:
    found: list[tuple[int, str, str, int]] = []
    for number in numbers:
        chance = soak.chance("listing", kind.name, number)
        began, given = time.process_time(), spoiled(kind, chance)
        try:
            bad, seen = await one(kind, given, folder)
        except Exception as error:
            bad, seen = f"{type(error).__name__}: {error} at {_where(error)}", ""
        if (passed := time.process_time() - began) > SLOW * max(1.0, len(given.answer.body) / 1e6):
            bad = bad or f"it took {passed:.0f} s"
        found.append((number, bad, seen, 1))
    return found


def _where(error: BaseException) -> str:
    trace = error.__traceback__
    while trace and trace.tb_next:
        trace = trace.tb_next
    return f"{trace.tb_frame.f_code.co_filename}:{trace.tb_lineno}" if trace else ""


@dataclass(frozen=True)
class Spoiled:
    """An answer that was made worse."""

    records: list[Record]
    """What it held before."""
    left: list[Record]
    """Those that were not chosen to be touched."""
    bounded: bool
    """Only records were touched, within their own bounds."""
    answer: Answer


def spoiled(kind: Kind, chance: random.Random) -> Spoiled:
    """One answer of a kind, by its chance."""
    records = drawn(chance)
    chosen = set(chance.sample(range(RECORDS), chance.randint(1, 2)))
    left = [record for n, record in enumerate(records) if n not in chosen]
    if chance.random() < 0.6:
        body = kind.bounded(records, chosen, chance).encode("utf-8", errors="replace")
        return Spoiled(records, left, True, Answer(body, kind.media, {}))
    return Spoiled(records, left, False, _through(kind, kind.whole(records, chance), chance))


async def one(kind: Kind, given: Spoiled, folder: Path) -> tuple[str, str]:
    """(what went wrong, what the source told) of one spoiled answer."""
    answer, records, bounded = given.answer, given.records, given.bounded
    source = kind.opened(answer, folder)
    try:
        listing = await source.listing(DAY)
    except InsightsError as told:
        others = bounded and not kind.whole_or_nothing
        return (f"the source gave up: {told}" if others else ""), str(told)
    caught = await retriever.retrieve(DAY, (_Told(listing, source),))
    caught.model_dump_json()  # as it is kept
    got = {paper.title for paper in listing.papers} | {paper.id for paper in listing.papers}
    if merged := _merged(listing, caught):
        return f"the retriever lost {merged}", ""
    out, told = len(listing.papers) + len(listing.drops), _told(listing)
    if bounded and (lost := [r.title for r in given.left if not r.names & got]):
        return f"lost without being touched: {sorted(lost)}; {listing.health.note}", ""
    if bounded and out < RECORDS and not told:
        return f"{len(listing.papers)} papers and {len(listing.drops)} drops of {RECORDS} records", ""
    if bounded or told or listing.drops or out >= RECORDS:
        return "", listing.health.note or (listing.drops[0].reason if listing.drops else "")
    if "xml" in kind.media and (fault := _ill_formed(answer)):
        return f"the answer is in pieces ({fault}), and nothing says so", ""
    if kind.counts and (lost := [r.title for r in records if _is_in(r, answer) and not r.names & got]):
        return f"lost though they stand there: {sorted(lost)}", ""
    if kind.ends and _is_cut(answer):
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
    """What is wrong with its XML, and not because of bytes that are no characters: those cost no entry."""
    fault = ""
    for body in (answer.body, answer.body.decode("utf-8", errors="replace").encode()):
        try:
            fromstring(body)
        except (ParseError, DefusedXmlException, ValueError) as error:
            fault = fault or str(error)
        else:
            return ""
    return fault


def _is_cut(answer: Answer) -> bool:
    """A listing page without its end, from which whole sections are missing."""
    text = answer.body.decode("utf-8", errors="replace")
    return f"Total of {RECORDS} entries" in text and not text.rstrip().endswith("</html>")


def _merged(listing: Listing, caught: retriever.Catch) -> list[Paper]:
    """Papers that are not among the day's, neither themselves nor as another record of the same work: one of the same
    id or title."""
    if listing.health.signal:
        return []
    kept = {name for paper in (*caught.papers, *caught.withdrawn) for name in _names(paper)}
    works: dict[str, set[str]] = {}
    for paper in listing.papers:  # a record with the id of one and the title of another makes one work of both
        joined = set(_names(paper)).union(*(works.get(name, ()) for name in _names(paper)))
        works |= dict.fromkeys(joined, joined)
    return [p for p in listing.papers if not works[p.id] & kept]


def _names(paper: Paper) -> tuple[str, str]:
    """By which two records are of the same work."""
    return paper.id, title_key(paper.title)


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
