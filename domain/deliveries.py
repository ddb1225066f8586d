"""What is sent to readers, and where it goes."""

import hashlib
from typing import Literal, NamedTuple
from urllib.parse import unquote, urlsplit

from pydantic import field_validator

from . import registry
from .value import Value

Security = Literal["starttls", "tls", "none"]
_SCHEMES: dict[str, tuple[Security, int]] = {
    "smtp": ("starttls", 587),
    "smtps": ("tls", 465),
    "smtp+plain": ("none", 25),
}


class Channel(Value):
    """One place where reports go, as it is set."""

    to: tuple[str, ...] = ()
    """Addresses of mail; none for a channel that Apprise knows."""
    language: str | None = None
    """Of its reports; None for that of the settings."""
    operator: bool = False
    """It is told of days that broke, and gets no reports."""

    @field_validator("language")
    @classmethod
    def _is_a_language(cls, code: str | None) -> str | None:
        if code is not None and (wrong := registry.fault("domain.languages", "language", code, folders=True)):
            raise ValueError(wrong)
        return code

    @field_validator("to")
    @classmethod
    def _are_addresses(cls, to: tuple[str, ...]) -> tuple[str, ...]:
        for one in to:
            if not is_address(one):
                raise ValueError(f"{one!r} is no address of mail")
        return to


def is_address(text: str) -> bool:
    """Whether a text can be one address of mail; whether it is one, its server knows."""
    name, at, host = text.rpartition("@")
    return bool(name and at and host) and text.isascii() and text.isprintable() and not any(c in text for c in ' ,;<>"')


def alias(address: str) -> str:
    """An address of mail as logs and the outbox may hold it, which others may come to see; always the same.

    >>> alias("ada@mail.example")
    'a…@mail.example 5b48ec4e'
    """
    host = address.rpartition("@")[2]
    return f"{address[:1]}…@{host} {hashlib.sha256(address.encode()).hexdigest()[:8]}"


class Server(NamedTuple):
    """A mail server."""

    host: str
    port: int
    user: str
    security: Security


def server(address: str) -> Server:
    """The mail server of an address such as ``smtp://me@example.org:587``. Raises ValueError, in words."""
    told = "it is no mail server; write it as smtp://USER@HOST:587"
    try:
        parts = urlsplit(address)
        port = parts.port
    except ValueError:
        raise ValueError(told) from None
    if parts.scheme not in _SCHEMES or not parts.hostname or parts.path.strip("/"):
        raise ValueError(told)
    if parts.password:
        raise ValueError("an address is shown; keep its password in INSIGHTS_SMTP_PASSWORD")
    security, usual = _SCHEMES[parts.scheme]
    if security == "none" and parts.username:
        raise ValueError("no password goes over a line that anybody can read; write smtp:// or smtps://")
    return Server(parts.hostname, port or usual, unquote(parts.username or ""), security)


class Picture(NamedTuple):
    """A picture that a mail shows."""

    name: str
    content: bytes


class Letter(NamedTuple):
    """One message, in each form that a channel may need."""

    subject: str
    text: str
    """The whole of it, as plain text."""
    html: str
    """The same as a whole page whose styles stand in its elements; pictures by ``cid:NAME``."""
    short: str
    """A few lines, for a chat."""
    pictures: tuple[Picture, ...] = ()
