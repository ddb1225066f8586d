"""One polite way to ask a site: who we are, how often, how long we wait, how much we take, what we keep."""

import asyncio
import hashlib
import json
import logging
import time
from collections.abc import Awaitable, Callable, Mapping
from datetime import UTC
from email.utils import parsedate_to_datetime
from http import HTTPStatus
from itertools import count
from pathlib import Path
from typing import Literal, NamedTuple

import httpx

from .source import BadSource, Unavailable

_log = logging.getLogger(__name__)

Media = Literal["json", "html", "xml"]

_ACCEPTED: dict[Media, tuple[str, ...]] = {
    "json": ("application/json",),
    "html": ("text/html", "application/xhtml+xml"),
    "xml": ("application/atom+xml", "application/rss+xml", "application/xml", "text/xml"),
}
_ATTEMPTS = 3
_HOPS = 5
_PATIENCE = 15 * 60
"""Seconds; a site that asks for a longer wait is left alone."""
_SHORT, _LONG = 3.0, 60.0
"""Seconds before the second attempt, three times that before the third: after a fault, and after 429. arXiv's limits
of 2026 are only lifted after minutes."""
_REST = 300.0
"""Seconds for which a site that failed every attempt is not asked for anything else."""


class Lane(NamedTuple):
    """What asks one at a time: a site, or all the hosts of one."""

    name: str
    interval: float
    """Seconds from the start of one request to the start of the next, at least."""


class Fetched(NamedTuple):
    """An answer that was read whole."""

    url: str
    text: str
    next: str | None
    """The address of the page after it, as its Link header gives it."""
    kept: bool = False
    """It comes from the cache."""


class _Fault(Exception):
    """Something that may pass."""

    def __init__(self, text: str, *, wait: float | None = None, backoff: float = _SHORT) -> None:
        super().__init__(text)
        self.wait, self.backoff = wait, backoff


class Web:
    """Asks for pages, politely. ``sleep`` takes and ``clock`` gives seconds, the latter since 1970."""

    def __init__(
        self,
        *,
        contact: str,
        cache: Path | None = None,
        read_timeout: float = 30.0,
        deadline: float = 180.0,
        max_bytes: int = 32_000_000,
        sleep: Callable[[float], Awaitable[None]] = asyncio.sleep,
        clock: Callable[[], float] = time.time,
    ) -> None:
        """``read_timeout`` bounds the silence between two parts of an answer, ``deadline`` one whole attempt (both in
        seconds), ``max_bytes`` an answer's size after decompression. Raises BadSource for a contact that no header can
        carry."""
        if not (contact.isascii() and contact.isprintable()):
            raise BadSource(f"the contact {contact!r} must be an e-mail or web address in plain ASCII, on one line")
        self.user_agent = f"daily-ai-insights ({contact})" if contact else "daily-ai-insights"
        self.clock = clock
        self._sleep = sleep
        self._cache = cache
        self._timeout = httpx.Timeout(read_timeout, connect=min(read_timeout, 10.0))
        self._deadline = deadline
        self._max_bytes = max_bytes
        self._locks: dict[str, asyncio.Lock] = {}
        self._free: dict[str, float] = {}
        self._given_up: dict[str, tuple[float, str]] = {}

    async def get(self, url: str, *, lane: Lane, media: Media, params: Mapping[str, str] | None = None) -> Fetched:
        """The page at an address: from the cache where ``keep`` put it, else asked for, up to three times. Raises
        Unavailable for every failure, also for an answer that is too large or of another kind than ``media``."""
        try:
            address = httpx.URL(url, params=dict(params)) if params else httpx.URL(url)
        except httpx.InvalidURL as fault:
            raise Unavailable(f"{url!r} is not a web address: {fault}") from fault
        if page := await asyncio.to_thread(self._kept, str(address)):
            return page
        # Opening a client reads the certificates from disk, which may not block the event loop.
        async with (
            self._locks.setdefault(lane.name, asyncio.Lock()),
            await asyncio.to_thread(self._open) as client,
        ):
            return await self._ask(client, address, lane, media)

    async def keep(self, page: Fetched, seconds: float | None) -> None:
        """Answers from the cache when the page is asked for again within so many seconds; None is for ever. To be
        called when the page has been understood, so that a broken one is never kept."""
        if self._cache and not page.kept:
            await asyncio.to_thread(self._store, self._cache, page, seconds)

    async def _ask(self, client: httpx.AsyncClient, address: httpx.URL, lane: Lane, media: Media) -> Fetched:
        host = address.netloc.decode()
        until, given_up = self._given_up.get(host, (0.0, ""))
        if self.clock() < until:
            raise Unavailable(given_up)
        for attempt in count(1):
            try:
                async with asyncio.timeout(self._deadline):
                    return await self._fetch(client, address, lane, media)
            except (httpx.RequestError, TimeoutError, _Fault) as caught:
                fault = _fault(caught, address.host)
                wait = fault.backoff * 3 ** (attempt - 1) if fault.wait is None else fault.wait
                if wait > _PATIENCE:
                    given_up = f"{fault} and asks to wait {wait / 60:.0f} minutes; try again later"
                elif attempt == _ATTEMPTS:
                    given_up = f"{fault}, {_ATTEMPTS} times in a row; try again later"
                else:
                    await self._sleep(wait)
                    continue
                self._given_up[host] = (self.clock() + max(wait, _REST), given_up)
                raise Unavailable(given_up) from caught
        raise AssertionError("unreachable")

    def _open(self) -> httpx.AsyncClient:
        return httpx.AsyncClient(
            headers={"User-Agent": self.user_agent},
            timeout=self._timeout,
            limits=httpx.Limits(max_connections=1),
            follow_redirects=False,
        )

    async def _fetch(self, client: httpx.AsyncClient, address: httpx.URL, lane: Lane, media: Media) -> Fetched:
        request = client.build_request("GET", address, headers={"Accept": ", ".join(_ACCEPTED[media])})
        for _ in range(_HOPS):
            await self._turn(lane)
            response = await client.send(request, stream=True)
            try:
                if response.next_request is None:
                    return await self._read(response, str(address), media)
                _same_host(request.url, response.next_request.url)
                request = response.next_request
            finally:
                await response.aclose()
        raise Unavailable(f"{address.host} redirects {address.path} again and again")

    async def _turn(self, lane: Lane) -> None:
        now = self.clock()
        # Bounded, so that a clock that is set back does not hold a run for hours.
        wait = min(max(self._free.get(lane.name, now) - now, 0.0), lane.interval)
        self._free[lane.name] = now + wait + lane.interval
        if wait:
            await self._sleep(wait)

    async def _read(self, response: httpx.Response, address: str, media: Media) -> Fetched:
        host = response.url.host
        status = response.status_code
        told = f"{host} answered {status} {response.reason_phrase}".rstrip()
        if status == HTTPStatus.TOO_MANY_REQUESTS:
            raise _Fault(told, wait=self._retry_after(response), backoff=_LONG)
        if status >= 500 or status == HTTPStatus.REQUEST_TIMEOUT:
            raise _Fault(told, wait=self._retry_after(response))
        if not response.is_success:
            raise Unavailable(f"{told} for {response.url}")
        kind = response.headers.get("content-type", "").partition(";")[0].strip().lower()
        if kind not in _ACCEPTED[media]:
            hint = " (a log-in, maintenance or robot-check page?)" if kind == "text/html" else ""
            raise Unavailable(f"{host} answered with {kind or 'an unnamed type'}{hint} where {media.upper()} was due")
        body = bytearray()
        async for part in response.aiter_bytes():
            body += part
            if len(body) > self._max_bytes:
                raise Unavailable(f"{host} answered with more than {self._max_bytes:,} bytes, which is not a listing")
        following = response.links.get("next", {}).get("url")
        if following:
            following = response.url.join(following)
            _same_host(response.url, following)
        return Fetched(
            url=address,
            text=_decoded(bytes(body), response.charset_encoding),
            next=str(following) if following else None,
        )

    def _retry_after(self, response: httpx.Response) -> float | None:
        told = response.headers.get("retry-after", "").strip()
        if told.isdecimal():
            return float(told)
        try:
            moment = parsedate_to_datetime(told)
        except ValueError:
            return None
        return max((moment if moment.tzinfo else moment.replace(tzinfo=UTC)).timestamp() - self.clock(), 0.0)

    def _kept(self, address: str) -> Fetched | None:
        if not self._cache:
            return None
        try:
            held = json.loads(_place(self._cache, address).read_text(encoding="utf-8"))
            page = Fetched(url=held["url"], text=held["text"], next=held["next"], kept=True)
            fresh = held["until"] is None or self.clock() < held["until"]
        except (OSError, ValueError, KeyError, TypeError):
            # A cache that is missing or damaged costs one request, nothing else.
            return None
        return page if fresh and page.url == address else None

    def _store(self, folder: Path, page: Fetched, seconds: float | None) -> None:
        place = _place(folder, page.url)
        until = None if seconds is None else self.clock() + seconds
        try:
            folder.mkdir(parents=True, exist_ok=True)
            draft = place.with_suffix(".part")
            held = {"url": page.url, "text": page.text, "next": page.next, "until": until}
            draft.write_text(json.dumps(held), encoding="utf-8")
            draft.replace(place)
        except OSError as fault:
            _log.warning("%s is not kept, the cache folder %s cannot be written: %s", page.url, folder, fault.strerror)


def _place(folder: Path, address: str) -> Path:
    return folder / f"{hashlib.sha256(address.encode()).hexdigest()[:32]}.json"


def _fault(caught: httpx.RequestError | TimeoutError | _Fault, host: str) -> _Fault:
    if isinstance(caught, _Fault):
        return caught
    if isinstance(caught, TimeoutError):
        return _Fault(f"{host} did not finish its answer in time")
    if isinstance(caught, httpx.TimeoutException):
        return _Fault(f"{host} did not answer in time")
    if isinstance(caught, httpx.ConnectError):
        return _Fault(f"{host} cannot be reached ({caught})")
    return _Fault(f"{host} broke off its answer ({caught})")


def _same_host(old: httpx.URL, new: httpx.URL) -> None:
    if (old.scheme, old.host, old.port) != (new.scheme, new.host, new.port):
        raise Unavailable(f"{old.host} leads to {new.copy_with(query=None)}, which was not followed")


def _decoded(body: bytes, charset: str | None) -> str:
    """The text, by UTF-8 where the site names no charset, an unknown one or a codec that does not make text (hex)."""
    try:
        return body.decode(charset or "utf-8", errors="replace")
    except (LookupError, ValueError):
        return body.decode("utf-8", errors="replace")
