"""``insights deliver``: a finished day to its readers, a broken one to whoever runs the program."""

import time
from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from functools import cached_property
from pathlib import Path

import typer
from rich.table import Table

from delivery.mail import Patience, compose
from delivery.mail import send as send_mail
from delivery.notify import is_usable, notify
from delivery.outbox import Entry, Outbox, Post
from delivery.posting import Clock, Parcel, deliver
from domain.deliveries import Channel, Letter, Picture, server
from domain.errors import UsageError
from graph.context import Context
from graph.settings import Delivery, Secrets, read_secrets
from publishing import layout
from publishing.site import paths
from publishing.site.archive import Card, read_archive
from publishing.site.mail import day_letter, notice
from publishing.site.site import Site

from .console import open_console, print_json
from .exit_codes import BROKEN, COMPLETE, PARTIAL
from .settings import Loaded
from .site import read_interests

OUTBOX = "outbox.sqlite"
OPERATOR = "operator"
LATE = timedelta(days=7)
"""How long a letter that could not be sent is tried again."""
CLOCK = Clock(lambda: datetime.now(UTC), time.sleep)
PATIENCE = Patience()


@dataclass(frozen=True)
class Mailroom:
    """What letters are made of and sent with."""

    ctx: Context
    delivery: Delivery
    secrets: Secrets

    def check(self) -> None:
        """Raises UsageError for what no letter could be sent with."""
        told = self.delivery
        if not told.channels:
            raise UsageError(
                'no channel is set; name one in insights.toml: [channels.me] and to = ["me@example.org"], or '
                "[channels.NAME] alone for an address of Apprise in the variable INSIGHTS_APPRISE"
            )
        faults: list[str] = []
        for name, channel in told.channels.items():
            address = self.secrets.apprise.get(name)
            if channel.to:
                faults += [f"channel {name} needs {what}" for what in ("smtp", "sender") if not getattr(told, what)]
            elif address is None:
                faults.append(f"channel {name} has neither 'to' nor an address in INSIGHTS_APPRISE")
            elif not is_usable(address.get_secret_value()):
                faults.append(f"the address of channel {name} in INSIGHTS_APPRISE is none that Apprise knows")
        if faults:
            raise UsageError("; ".join(faults))

    @cached_property
    def _sites(self) -> dict[str, Site]:
        return {}

    def site(self, language: str) -> Site:
        if language not in self._sites:
            ctx = self.ctx
            archive = read_archive(ctx.reports, language, ctx.taxonomy)
            root = paths.address(self.delivery.site_url, "" if language == ctx.language else language)
            self._sites[language] = Site(archive, read_interests(ctx), {}, (), root)
        return self._sites[language]

    def card(self, day: date, language: str) -> Card | None:
        return self.site(language).archive.by_day.get(day)

    def language(self, channel: Channel) -> str:
        return channel.language or self.ctx.language

    def faults(self, day: date) -> dict[str, str]:
        """Why there is no report to send, by language; empty where all is well."""
        found: dict[str, str] = {}
        for language in dict.fromkeys(self.language(c) for c in self.delivery.channels.values() if not c.operator):
            card = self.card(day, language)
            unread = dict(self.site(language).archive.unread)
            if card is None:
                found[language] = unread.get(day) or f"there is no report; 'insights run {day}' writes it"
            elif card.status == "broken":
                found[language] = self.site(language).archive.page(card).report.reason or "no report could be made"
        return found

    def parcels(self, day: date) -> Iterator[Parcel]:
        """Everything that is to be sent of a day: the report to readers, or word of a broken day to operators."""
        faults = self.faults(day)
        for name, channel in self.delivery.channels.items():
            language = self.language(channel)
            if channel.operator and faults:
                letter = self.notice(day, faults)
            elif not channel.operator and language not in faults:
                letter = self.letter(day, language)
            else:
                continue
            edition = OPERATOR if channel.operator else language
            yield from (Parcel(Post(str(day), edition, name, to), letter) for to in channel.to or ("",))

    def letter(self, day: date, language: str) -> Letter:
        card = self.card(day, language)
        assert card
        names = (layout.picture_name(day), layout.trend_name(day))
        pictures: list[Picture] = []
        for name in names:
            with suppress(FileNotFoundError):
                pictures.append(Picture(name, (card.path.parent / name).read_bytes()))
        return day_letter(self.site(language), card, pictures)

    def notice(self, day: date, faults: dict[str, str]) -> Letter:
        lines = [f"The report of {day} ({language}) was not sent: {why}" for language, why in faults.items()]
        lines += ["Readers were sent nothing. Once it is there, 'insights deliver' sends it:"]
        lines += [
            f"insights run {day} --again && insights deliver {day}",
            f"Reports are in {self.ctx.reports.resolve()}",
        ]
        return notice(f"{day}: no report", lines)

    def send(self, parcel: Parcel) -> None:
        """Sends one letter once. Raises NotSent, Refused or Unsure."""
        name, told = parcel.post.channel, self.delivery
        if parcel.post.target:
            mail = compose(parcel.letter, parcel.post, told.sender, CLOCK.now())
            send_mail(mail, server(told.smtp), self.secrets.smtp_password.get_secret_value(), PATIENCE)
        else:
            notify(parcel.letter, self.secrets.apprise[name].get_secret_value())


def deliver_day(day: date | None, loaded: Loaded, *, dry_run: bool, into: Path | None) -> int:
    """Sends the letters of a day, and those of the last days that wait; the exit code tells what became of them."""
    ctx = Context.of(loaded.settings)
    room = Mailroom(ctx, loaded.delivery, read_secrets())
    room.check()
    day = day or ctx.default_day()
    faults = room.faults(day)
    parcels = list(room.parcels(day))
    for language, why in faults.items():
        typer.echo(f"insights: the report of {day} ({language}) is not sent: {why}", err=True)
    if faults and not any(channel.operator for channel in loaded.delivery.channels.values()):
        typer.echo("insights: no channel has operator = true, so nobody is told", err=True)
    if dry_run:
        _rehearse(parcels, room, into)
        return BROKEN if faults else COMPLETE
    with Outbox.open(ctx.folder / OUTBOX) as outbox:
        waiting = list(_late(room, outbox, day))
        entries = deliver([*waiting, *parcels], outbox, room.send, CLOCK, _say)
    return _code(entries, faults)


def _late(room: Mailroom, outbox: Outbox, day: date) -> Iterator[Parcel]:
    """The letters of earlier days that wait, or were being sent when a process ended."""
    days = {date.fromisoformat(entry.post.issue) for entry in outbox.entries() if entry.state in ("waiting", "sending")}
    for late in sorted(days):
        if day - LATE <= late < day:
            held = {parcel.post: parcel for parcel in room.parcels(late)}
            yield from (parcel for post, parcel in held.items() if outbox.entry(post))


def _code(entries: Sequence[Entry], faults: dict[str, str]) -> int:
    if faults:
        return BROKEN
    return COMPLETE if all(entry.state == "sent" for entry in entries) else PARTIAL


def _say(post: Post, told: str) -> None:
    typer.echo(f"{post.issue} {post.edition} → {post.place}: {told}")


def _rehearse(parcels: Sequence[Parcel], room: Mailroom, into: Path | None) -> None:
    """Says what would be sent, and where asked writes it into a folder."""
    for post, letter in parcels:
        _say(post, f"would be sent: {letter.subject}")
        if into:
            into.mkdir(parents=True, exist_ok=True)
            name = "-".join(filter(None, post)).replace("/", "_")
            if post.target:
                mail = compose(letter, post, room.delivery.sender, CLOCK.now())
                (into / f"{name}.eml").write_bytes(mail.as_bytes())
                (into / f"{name}.html").write_text(letter.html, encoding="utf-8")
            else:
                (into / f"{name}.txt").write_text(letter.short, encoding="utf-8")


def show_outbox(loaded: Loaded, *, as_json: bool) -> int:
    """What was sent where, and what waits; 3 where something did not go out."""
    path = loaded.settings.data / OUTBOX
    console = open_console()
    if not path.exists():
        entries, notes = (), ()
    else:
        with Outbox.open(path) as outbox:
            entries, notes = outbox.entries(), outbox.notes()
    if as_json:
        letters = [entry.post._asdict() | entry.model_dump(mode="json", exclude={"post"}) for entry in entries]
        log = [{"at": note.at.isoformat(), **note.post._asdict(), "told": note.told} for note in notes]
        print_json(console, {"letters": letters, "log": log})
    else:
        table = Table("issue", "edition", "to", "state", "tries", "when", "said", box=None, padding=(0, 2, 0, 0))
        for entry in entries:
            when = f"{entry.changed:%Y-%m-%d %H:%M}"
            said = f"{entry.said}; sent once more after a process ended" if entry.doubted else entry.said
            table.add_row(*entry.post[:2], entry.post.place, entry.state, str(entry.tries), when, said.lstrip("; "))
        console.print(table if entries else "nothing was sent yet")
    return COMPLETE if all(entry.state == "sent" for entry in entries) else PARTIAL
