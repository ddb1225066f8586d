"""Every letter once: through servers that fail, hang and answer late, and through a process that is killed."""

import os
import signal
import socket
import subprocess
import sys
from collections.abc import Callable, Generator, Sequence
from email.message import EmailMessage
from pathlib import Path

import pytest

from delivery import mail, notify
from delivery.outbox import DeliveryStatus, Outbox, OutboxError, Post
from delivery.posting import CUT_OFF, TRIES, Parcel, deliver
from domain.deliveries import Letter, Picture, Server, alias

from .servers import Hook, Hours, Mailbox, mailbox, webhook

LETTER = Letter(
    subject="제목: one",
    text="Text\n.\nwith a dot\n",
    html="<p>HTML</p><img src='cid:a.png'>",
    short="short\nlines",
    pictures=(Picture("a.png", b"PNG"),),
)
MAIL = Parcel(Post("2026-11-17", "ko", "me", alias("me@mail.example")), LETTER, "me@mail.example")
HOOK = Parcel(Post("2026-11-17", "ko", "team", ""), LETTER)
SENDER = "Insights <news@mail.example>"


@pytest.fixture
def box() -> Generator[Mailbox]:
    with mailbox() as box:
        yield box


@pytest.fixture
def hook() -> Generator[Hook]:
    with webhook() as hook:
        yield hook


@pytest.fixture
def hours() -> Hours:
    return Hours()


class Office:
    """Delivers from one outbox, as often as it is asked, to servers on this machine."""

    def __init__(self, path: Path, hours: Hours, smtp: int = 0, web: int = 0) -> None:
        self.path, self.hours, self.smtp, self.web = path, hours, smtp, web
        self.told: list[str] = []
        self.patience, self.answer = mail.Patience(30, 30), 30.0

    def send(self, parcel: Parcel) -> None:
        if parcel.to:
            server = Server("127.0.0.1", self.smtp, "", "none")
            composed = mail.compose(parcel, SENDER, self.hours.time)
            mail.send(composed, server, "", self.patience)
        else:
            notify.notify(parcel.letter, f"json://127.0.0.1:{self.web}/secret-token", connect=30, answer=self.answer)

    def deliver(self, *parcels: Parcel) -> list[DeliveryStatus]:
        with Outbox.open(self.path) as outbox:
            return list(
                deliver(parcels, outbox, self.send, self.hours.clock, lambda post, told: self.told.append(told))
            )

    @property
    def log(self) -> list[str]:
        with Outbox.open(self.path) as outbox:
            return [note.told for note in outbox.notes()]


@pytest.fixture
def office(tmp_path: Path, hours: Hours, box: Mailbox, hook: Hook) -> Office:
    return Office(tmp_path / "outbox.sqlite", hours, box.port, hook.port)


def states(entries: Sequence[DeliveryStatus]) -> list[str]:
    return [entry.state for entry in entries]


def test_a_letter_is_sent_once_however_often_it_is_asked_for(office: Office, box: Mailbox, hook: Hook) -> None:
    for _ in range(3):
        assert states(office.deliver(MAIL, HOOK)) == ["sent", "sent"]
    assert (len(box.mails), len(hook.bodies), box.to) == (1, 1, ["me@mail.example"])
    assert office.log == ["sent", "sent"] and office.told[2:4] == ["sent already, on 2026-11-18 at 06:00"] * 2


def test_a_mail_has_text_html_and_pictures_and_dots_arrive_as_dots(office: Office, box: Mailbox) -> None:
    office.deliver(MAIL)
    (got,) = box.mails
    assert got.get_content_type() == "multipart/alternative"
    kinds = [part.get_content_type() for part in got.walk() if not part.is_multipart()]
    assert kinds == ["text/plain", "text/html", "image/png"]
    parts = {part.get_content_type(): part for part in got.walk()}
    text, picture = parts["text/plain"].get_payload(decode=True), parts["image/png"]
    assert isinstance(text, bytes) and text.decode().replace("\r\n", "\n") == LETTER.text
    assert (picture["Content-ID"], picture.get_payload(decode=True)) == ("<a.png>", b"PNG")
    assert got["Message-ID"].endswith("@mail.example>") and got["From"] == SENDER


def test_a_line_that_is_a_lone_dot_ends_no_mail(box: Mailbox, hours: Hours) -> None:
    plain = EmailMessage()
    plain["From"], plain["To"] = SENDER, "me@mail.example"
    plain.set_content("one\n.\n..two\nthree\n", cte="7bit")
    mail.send(plain, Server("127.0.0.1", box.port, "", "none"), "", mail.Patience(30, 30))
    assert str(box.mails[0].get_payload()).splitlines() == ["one", ".", "..two", "three"]


@pytest.mark.parametrize("place", ["recipient_answers", "data_answers"])
def test_a_mail_server_that_fails_for_a_while_gets_the_letter_after_doubling_waits(
    place: str, office: Office, box: Mailbox
) -> None:
    getattr(box, place).extend(["451 greylisted", "421 busy", "452 full"])
    (entry,) = office.deliver(MAIL)
    assert (entry.state, entry.tries, len(box.mails)) == ("sent", 4, 1)
    assert office.hours.waits == [30, 60, 120]
    assert office.log[0] == "waiting: the mail server answered 451 greylisted"


def test_a_webhook_that_fails_for_a_while_gets_the_letter_after_doubling_waits(office: Office, hook: Hook) -> None:
    hook.answers.extend([503, 429, 500])
    (entry,) = office.deliver(HOOK)
    assert (entry.state, entry.tries, len(hook.bodies), office.hours.waits) == ("sent", 4, 1, [30, 60, 120])


def test_a_failing_letter_holds_up_no_other_and_waits_for_the_next_call(
    office: Office, box: Mailbox, hook: Hook
) -> None:
    box.recipient_answers.extend(["451 later"] * TRIES)
    assert states(office.deliver(MAIL, HOOK)) == ["waiting", "sent"]
    assert len(hook.bodies) == 1 and box.mails == [] and len(office.hours.waits) == TRIES - 1
    assert states(office.deliver(MAIL, HOOK)) == ["sent", "sent"]
    assert (len(box.mails), len(hook.bodies)) == (1, 1)


def test_what_a_server_refuses_is_not_tried_again_until_somebody_asks(office: Office, box: Mailbox, hook: Hook) -> None:
    box.recipient_answers.append("550 no such user here")
    hook.answers.append(403)
    mailed, hooked = office.deliver(MAIL, HOOK)
    assert (mailed.state, mailed.said) == ("refused", "the mail server answered 550 no such user here")
    assert (hooked.state, hooked.said) == ("refused", "it was answered with HTTP 403")
    assert office.hours.waits == []
    assert states(office.deliver(MAIL, HOOK)) == ["sent", "sent"]


def test_an_answer_that_comes_too_late_leaves_exactly_one_letter(office: Office, box: Mailbox, hook: Hook) -> None:
    box.data_answers.append("late")
    hook.answers.append(0)
    office.patience, office.answer = mail.Patience(30, 0.1), 0.1
    for _ in range(2):
        mailed, hooked = office.deliver(MAIL, HOOK)
        assert (mailed.state, hooked.state) == ("unsure", "unsure")
        assert box.late.wait(60) and hook.late.wait(60)
    assert (len(box.mails), len(hook.bodies)) == (1, 1)
    assert "127.0.0.1 has the mail and did not say what it did with it (it took too long)" in mailed.said
    assert "no answer came" in hooked.said


def test_a_server_that_never_speaks_is_tried_again_and_gets_exactly_one_letter(
    office: Office, box: Mailbox, hook: Hook, tmp_path: Path
) -> None:
    with socket.create_server(("127.0.0.1", 0)) as silent:
        port = silent.getsockname()[1]
        deaf = Office(office.path, office.hours, port)
        deaf.patience = mail.Patience(0.05, 30)
        (entry,) = deaf.deliver(MAIL)
        assert (entry.state, entry.tries, entry.said) == ("waiting", TRIES, "127.0.0.1: it took too long")
    gone = Office(office.path, office.hours, port, port)
    assert states(gone.deliver(MAIL, HOOK)) == ["waiting", "waiting"]
    assert states(office.deliver(MAIL, HOOK)) == ["sent", "sent"]
    assert (len(box.mails), len(hook.bodies)) == (1, 1)


def test_nothing_goes_in_the_open_to_a_server_that_was_to_encrypt(box: Mailbox, hours: Hours) -> None:
    composed = mail.compose(MAIL, SENDER, hours.time)
    with pytest.raises(mail.Refused, match="nothing is sent in the open"):
        mail.send(composed, Server("127.0.0.1", box.port, "", "starttls"), "", mail.Patience(30, 30))
    with pytest.raises(mail.NotSent):
        mail.send(composed, Server("127.0.0.1", box.port, "", "tls"), "", mail.Patience(0.5, 30))
    assert box.mails == []


def test_no_word_about_a_channel_tells_its_address(office: Office, box: Mailbox, hook: Hook) -> None:
    hook.answers.extend([500, 404])
    box.recipient_answers.append("550 <me@mail.example> is unknown")
    office.deliver(HOOK, MAIL)
    said = " ".join((*office.told, *office.log))
    assert "secret-token" not in said and "me@mail.example" not in said and "m…@mail.example" in said
    assert b"secret-token" not in office.path.read_bytes() and b"me@mail.example" not in office.path.read_bytes()


def test_two_processes_do_not_deliver_from_one_outbox(office: Office) -> None:
    with Outbox.open(office.path), pytest.raises(OutboxError, match="another process delivers"):
        office.deliver(MAIL)


KILLED = """
import os, signal, sys
from pathlib import Path
from tests.delivery.servers import Hours
from tests.delivery.test_delivery import MAIL, Office

class Mortal(Office):
    def send(self, parcel):
        if sys.argv[3] == "after":
            super().send(parcel)
        os.kill(os.getpid(), signal.SIGKILL)

Mortal(Path(sys.argv[1]), Hours(), int(sys.argv[2])).deliver(MAIL)
"""


@pytest.fixture
def killed(office: Office, box: Mailbox) -> Callable[[str], None]:
    """A process that is killed right before or right after its server took the letter."""

    def kill(when: str) -> None:
        arguments = [sys.executable, "-c", KILLED, str(office.path), str(box.port), when]
        root = str(Path(__file__).parents[2])
        done = subprocess.run(arguments, cwd=root, env=os.environ | {"PYTHONPATH": root}, check=False)
        assert done.returncode == -signal.SIGKILL

    return kill


def test_killed_before_it_was_sent_a_letter_arrives_once(
    office: Office, box: Mailbox, killed: Callable[[str], None]
) -> None:
    killed("before")
    assert box.mails == []
    assert states(office.deliver(MAIL)) == states(office.deliver(MAIL)) == ["sent"]
    assert len(box.mails) == 1


def test_killed_between_sending_and_writing_it_down_one_letter_more_at_most_arrives_and_the_log_says_so(
    office: Office, box: Mailbox, killed: Callable[[str], None]
) -> None:
    killed("after")
    (entry,) = office.deliver(MAIL)
    assert (entry.state, entry.doubted, len(box.mails)) == ("sent", True, 2)
    assert office.log == [f"{CUT_OFF}, and it is sent once more: it may arrive twice", "sent"]
    assert box.mails[0]["Message-ID"] == box.mails[1]["Message-ID"]
    office.deliver(MAIL)
    assert len(box.mails) == 2


def test_killed_twice_a_letter_is_left_to_a_person(office: Office, box: Mailbox, killed: Callable[[str], None]) -> None:
    killed("after")
    killed("after")
    (entry,) = office.deliver(MAIL)
    assert (entry.state, len(box.mails)) == ("unsure", 2)
    assert "a second time, and it is not sent again" in entry.said
