"""Hugging Face Daily Papers: what the community put forward on a day, with its votes.

Reference: https://huggingface.co/docs/hub/api and the OpenAPI page it names. ``date`` is the day on which the Hub
listed a paper, not its arXiv date; the list grows during that day and its votes for about two weeks.
"""

import json
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import cast

from domain.reports import Health, Listing

from .reading import records
from .reading.given import Given
from .reading.http import Fetched, Lane, Web
from .reading.source import Unavailable, takes_nothing

_LANE = Lane("huggingface.co", 1.0)
_PAGES = 50
_SETTLED = timedelta(days=14)
_HOUR = 3600.0


def open_source(what: str, given: Given) -> "HuggingFace":
    """Raises BadSource when it is told what to read: there is one list."""
    takes_nothing("huggingface", what)
    return HuggingFace(given.web)


@dataclass(frozen=True)
class HuggingFace:
    """The daily papers of the Hub."""

    web: Web
    address: str = "https://huggingface.co"
    name: str = "huggingface"
    signal: bool = False

    async def listing(self, day: date) -> Listing:
        """All pages of the day's list. Raises Unavailable."""
        today = datetime.fromtimestamp(self.web.clock(), UTC).date()
        # An answer of a day whose votes have settled is for ever; a younger one only spares a second run the request.
        fresh = None if today - day > _SETTLED else _HOUR
        first = f"{self.address}/api/daily_papers?date={day}"
        address: str | None = first
        asked: list[str] = []
        raws: list[object] = []
        while address and address not in asked and len(asked) < _PAGES:
            asked.append(address)
            page = await self.web.get(address, lane=_LANE, media="json")
            entries = _entries(page)
            await self.web.keep(page, fresh)
            raws += entries
            address = page.next if entries else None
        note = f"its pages do not end, so only {len(asked)} of them were read" if address else ""
        papers, drops = records.gather(self.name, raws, lambda raw: records.from_hub(raw, self.name), records.name_of)
        if raws and not papers:
            raise Unavailable(f"none of the {len(raws)} records of {first} could be read: {drops[0].reason}")
        return Listing(
            papers=papers,
            drops=drops,
            health=Health(
                source=self.name,
                asked=first,
                state="answered" if papers else "empty",
                listed=len(raws),
                held=len(papers),
                batch=day,
                note=note if papers else _why_empty(day, today),
            ),
        )


def _entries(page: Fetched) -> list[object]:
    try:
        answer: object = json.loads(page.text)
    except (ValueError, RecursionError) as fault:
        raise Unavailable(f"the answer of {page.url} is not JSON, or only part of it") from fault
    if not isinstance(answer, list):
        raise Unavailable(f"the answer of {page.url} is not a list of papers: {page.text[:120]}")
    return cast("list[object]", answer)


def _why_empty(day: date, today: date) -> str:
    if day.weekday() >= 5:
        return f"{day:%A}s have hardly any daily papers on Hugging Face"
    if day >= today:
        return f"Hugging Face has no daily papers for {day} yet; its list fills during the day"
    return f"Hugging Face lists no daily papers for {day}, which is unusual for a {day:%A}"
