"""A letter as a mail: composed, and handed to a server, never in the open where that was not asked for."""

import re
import smtplib
import ssl
import uuid
from datetime import datetime
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime, parseaddr
from typing import NamedTuple

from domain.deliveries import Server, alias

from .errors import NotSent, Refused, Unsure
from .posting import Parcel

_IDS = uuid.uuid5(uuid.NAMESPACE_OID, "daily-ai-insights mail")


class Patience(NamedTuple):
    """Seconds until a server without an answer has failed."""

    before: float = 60
    """Until it has the whole mail."""
    after: float = 600
    """For its word that it took the mail, after which nobody need wonder whether it did."""


def compose(parcel: Parcel, sender: str, when: datetime) -> EmailMessage:
    """The mail: plain text, the same as HTML, its pictures within. The same post always has the same Message-ID."""
    letter, post = parcel.letter, parcel.post
    domain = parseaddr(sender)[1].rpartition("@")[2]
    mail = EmailMessage(policy=SMTP)
    mail["Subject"] = letter.subject
    mail["From"] = sender
    mail["To"] = parcel.to
    mail["Date"] = format_datetime(when)
    mail["Message-ID"] = f"<{uuid.uuid5(_IDS, '/'.join(post))}@{domain}>"
    mail["Auto-Submitted"] = "auto-generated"
    # Base64 bears lines of any length, whatever is on the way.
    mail.set_content(letter.text, cte="base64")
    mail.add_alternative(letter.html, subtype="html", cte="base64")
    html = mail.get_body(("html",))
    assert isinstance(html, EmailMessage)
    for picture in letter.pictures:
        html.add_related(
            picture.content, "image", "png", cid=f"<{picture.name}>", filename=picture.name, disposition="inline"
        )
    return mail


def send(mail: EmailMessage, server: Server, password: str, patience: Patience) -> None:
    """Hands a mail for one address to a server. Raises NotSent, Refused or Unsure."""
    whole = False
    try:
        sender = parseaddr(str(mail["From"]))[1]
        with _connected(server, sender.rpartition("@")[2], patience.before) as smtp:
            smtp.ehlo_or_helo_if_needed()
            if server.user:
                smtp.login(server.user, password)
            _expect(smtp.mail(sender), 250)
            _expect(smtp.rcpt(str(mail["To"])), 250, 251)
            _expect(smtp.docmd("DATA"), 354)
            smtp.send(_dotted(mail.as_bytes()))
            assert smtp.sock
            smtp.sock.settimeout(patience.after)
            whole = True
            smtp.send(b".\r\n")
            _expect(smtp.getreply(), 250)
            whole = False
    except smtplib.SMTPNotSupportedError:
        raise Refused(f"{server.host} cannot encrypt, and nothing is sent in the open; see the setting smtp") from None
    except smtplib.SMTPResponseException as error:
        raise _answered(error.smtp_code, error.smtp_error, str(mail["To"])) from None
    except ssl.SSLCertVerificationError as error:
        raise Refused(f"the certificate of {server.host} cannot be trusted: {error.verify_message}") from None
    except (OSError, smtplib.SMTPException) as error:
        told = str(error) or type(error).__name__
        why = "it took too long" if isinstance(error, TimeoutError) or "timed out" in told else told
        if whole:
            raise Unsure(f"{server.host} has the mail and did not say what it did with it ({why})") from None
        raise NotSent(f"{server.host}: {why}") from None


def _connected(server: Server, name: str, timeout: float) -> smtplib.SMTP:
    """``name``: what this machine calls itself, as asking the network for its name can take long."""
    if server.security == "tls":
        return _Smtps(server.host, server.port, name, timeout=timeout, context=ssl.create_default_context())
    smtp = _Smtp(server.host, server.port, name, timeout=timeout)
    if server.security == "starttls":
        try:
            smtp.starttls(context=ssl.create_default_context())
        except BaseException:
            smtp.close()
            raise
    return smtp


class _Parting:
    """Leaves without a word: what it would be answered changes nothing any more."""

    def __exit__(self, *_: object) -> None:
        assert isinstance(self, smtplib.SMTP)
        try:
            if self.sock:
                self.sock.settimeout(2)
                self.putcmd("quit")
        except (OSError, smtplib.SMTPException):
            pass
        finally:
            self.close()


class _Smtp(_Parting, smtplib.SMTP):
    pass


class _Smtps(_Parting, smtplib.SMTP_SSL):
    pass


def _expect(answer: tuple[int, bytes], *codes: int) -> None:
    if answer[0] not in codes:
        raise smtplib.SMTPResponseException(*answer)


def _answered(code: int, said: bytes | str, to: str) -> NotSent:
    told = said.decode(errors="replace") if isinstance(said, bytes) else said
    text = f"the mail server answered {code} {' '.join(told.split()).replace(to, alias(to))}"
    return Refused(text) if code >= 500 else NotSent(text)


def _dotted(content: bytes) -> bytes:
    """Lines that begin with a dot have one more, as the end of a mail is a lone dot."""
    lines = re.sub(rb"\r\n|\r|\n", b"\r\n", content)
    return re.sub(rb"(?m)^\.", b"..", lines if lines.endswith(b"\r\n") else lines + b"\r\n")
