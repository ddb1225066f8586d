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
from delivery.outbox import DeliveryStatus, Outbox, Post
from delivery.posting import Clock, Parcel, deliver
from domain.deliveries import Channel, Letter, Picture, alias, server
from domain.errors import UsageError
from domain.weeks import Week, WeekId
from graph.context import Context
from graph.settings import Delivery, Secrets, read_secrets
from publishing import layout
from publishing.site import paths
from publishing.site.archive import Card, read_archive
from publishing.site.build import in_order, place_of
from publishing.site.mail import day_letter, notice
from publishing.site.site import Site
from publishing.site.week import week_letter
from publishing.weeks import read_weeks

from .console import open_console, print_json
from .exit_codes import BROKEN, COMPLETE, PARTIAL
from .settings import Loaded
from .site import read_interests
from .stopping import stoppable
from .week import FOLDER

Issue = date | WeekId
"""What a letter is of: a day, or a week."""
OUTBOX = "outbox.sqlite"
OPERATOR = "operator"
LATE = timedelta(days=7)
"""How long a letter that could not be sent is tried again."""
_LEFT = (
    "left to do: letters of {issue}. 'insights deliver --status' shows which were sent; 'insights deliver {issue}' "
    "sends the others"
)
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
            place = place_of(language, in_order(ctx.reports, ctx.language))
            root = paths.address(self.delivery.site_url, place)
            self._sites[language] = Site(archive, read_interests(ctx), {}, address=root)
        return self._sites[language]

    def card(self, day: date, language: str) -> Card | None:
        return self.site(language).archive.by_day.get(day)

    def language(self, channel: Channel) -> str:
        return channel.language or self.ctx.language

    def week(self, week: WeekId, language: str) -> Week | None:
        held = read_weeks(self.ctx.folder / FOLDER, language)
        return next((one for one in held if one.week == str(week)), None)

    def faults(self, issue: Issue) -> dict[str, str]:
        """Why there is no report to send, by language; empty where all is well."""
        languages = dict.fromkeys(self.language(c) for c in self.delivery.channels.values() if not c.operator)
        return {language: why for language in languages if (why := self._fault(issue, language))}

    def _fault(self, issue: Issue, language: str) -> str:
        if isinstance(issue, WeekId):
            week = self.week(issue, language)
            return (
                "" if week and week.days_told else f"there is nothing of that week; 'insights week {issue}' writes it"
            )
        card = self.card(issue, language)
        if card is None:
            unread = dict(self.site(language).archive.unread)
            return unread.get(issue) or f"there is no report; 'insights run {issue}' writes it"
        if card.status == "broken":
            return self.site(language).archive.page(card).report.reason or "no report could be made"
        return ""

    def parcels(self, issue: Issue) -> Iterator[Parcel]:
        """Everything that is to be sent of a day or a week: to readers, or word to operators that there is none."""
        faults = self.faults(issue)
        for name, channel in self.delivery.channels.items():
            language = self.language(channel)
            if channel.operator and faults:
                letter = self.notice(issue, faults)
            elif not channel.operator and language not in faults:
                letter = self.letter(issue, language)
            else:
                continue
            edition = OPERATOR if channel.operator else language
            for to in channel.to or ("",):
                yield Parcel(Post(str(issue), edition, name, alias(to) if to else ""), letter, to)

    def letter(self, issue: Issue, language: str) -> Letter:
        if isinstance(issue, WeekId):
            week = self.week(issue, language)
            assert week
            return week_letter(self.site(language), week)
        card = self.card(issue, language)
        assert card
        names = (layout.picture_name(issue), layout.trend_name(issue))
        pictures: list[Picture] = []
        for name in names:
            with suppress(FileNotFoundError):
                pictures.append(Picture(name, (card.path.parent / name).read_bytes()))
        return day_letter(self.site(language), card, pictures)

    def notice(self, issue: Issue, faults: dict[str, str]) -> Letter:
        run = f"insights week {issue}" if isinstance(issue, WeekId) else f"insights run {issue} --again"
        lines = [f"The report of {issue} ({language}) was not sent: {why}" for language, why in faults.items()]
        lines += ["Readers were sent nothing. Once it is there, 'insights deliver' sends it:"]
        lines += [
            f"{run} && insights deliver {issue}",
            f"Reports are in {self.ctx.reports.resolve()}",
        ]
        return notice(f"{issue}: no report", lines)

    def send(self, parcel: Parcel) -> None:
        """Sends one letter once. Raises NotSent, Refused or Unsure."""
        name, told = parcel.post.channel, self.delivery
        if parcel.to:
            mail = compose(parcel, told.sender, CLOCK.now())
            send_mail(mail, server(told.smtp), self.secrets.smtp_password.get_secret_value(), PATIENCE)
        else:
            notify(parcel.letter, self.secrets.apprise[name].get_secret_value())


def deliver_issue(issue: Issue | None, loaded: Loaded, *, dry_run: bool, into: Path | None) -> int:
    """Sends the letters of a day or a week, and those of the last days that wait; the exit code tells what became of
    them."""
    ctx = Context.of(loaded.settings)
    room = Mailroom(ctx, loaded.delivery, read_secrets())
    room.check()
    issue = issue or ctx.default_day()
    faults = room.faults(issue)
    parcels = list(room.parcels(issue))
    for language, why in faults.items():
        typer.echo(f"insights: the report of {issue} ({language}) is not sent: {why}", err=True)
    if faults and not any(channel.operator for channel in loaded.delivery.channels.values()):
        typer.echo("insights: no channel has operator = true, so nobody is told", err=True)
    if dry_run:
        _rehearse(parcels, room, into)
        return BROKEN if faults else COMPLETE
    with stoppable(_LEFT.format(issue=issue)), Outbox.open(ctx.folder / OUTBOX) as outbox:
        waiting = list(_late(room, outbox, issue)) if isinstance(issue, date) else []
        entries = deliver([*waiting, *parcels], outbox, room.send, CLOCK, _say)
    return _code(entries, faults)


def _late(room: Mailroom, outbox: Outbox, day: date) -> Iterator[Parcel]:
    """The letters of earlier days that wait, or were being sent when a process ended."""
    opened = {entry.post.issue for entry in outbox.entries() if entry.state in ("waiting", "sending")}
    for late in sorted(date.fromisoformat(issue) for issue in opened if "W" not in issue):
        if day - LATE <= late < day:
            held = {parcel.post: parcel for parcel in room.parcels(late)}
            yield from (parcel for post, parcel in held.items() if outbox.entry(post))


def _code(entries: Sequence[DeliveryStatus], faults: dict[str, str]) -> int:
    if faults:
        return BROKEN
    return COMPLETE if all(entry.state == "sent" for entry in entries) else PARTIAL


def _say(post: Post, told: str) -> None:
    typer.echo(f"{post.issue} {post.edition} → {post.place}: {told}")


def _rehearse(parcels: Sequence[Parcel], room: Mailroom, into: Path | None) -> None:
    """Says what would be sent, and where asked writes it into a folder."""
    for parcel in parcels:
        post, letter = parcel.post, parcel.letter
        _say(post, f"would be sent: {letter.subject}")
        if into:
            into.mkdir(parents=True, exist_ok=True)
            name = "-".join((post.issue, post.edition, post.channel, *filter(None, [post.target[-8:]])))
            if parcel.to:
                mail = compose(parcel, room.delivery.sender, CLOCK.now())
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
