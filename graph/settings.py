"""Every setting, declared once: the flags of the command, ``INSIGHTS_*``, insights.toml, .env and the graph's context.

A secret is never a setting of a run: it is read from the environment, or from .env, by the service that needs it.
"""

import json
from dataclasses import dataclass
from email.utils import parseaddr
from pathlib import Path
from typing import Annotated, Any, Literal, get_origin
from urllib.parse import urlsplit

from pydantic import BaseModel, ConfigDict, Field, SecretStr, ValidationError, ValidationInfo, field_validator
from pydantic_settings import BaseSettings, SettingsConfigDict

from domain import languages, registry
from domain.deliveries import Channel, is_address, server
from domain.errors import UsageError

PREFIX = "INSIGHTS_"
OFFLINE = "offline"
"""The name of no model."""
ENV_FILE = ".env"


@dataclass(frozen=True)
class Mark:
    """What is particular about one setting."""

    flag: str = ""
    """Its flag, where that is not its name."""
    same_run: bool = False
    """A run that was cut off may go on with another value: what it wrote stays true."""
    switch: tuple[str, str] | None = None
    """What its flag stands for, and its flag with ``no-``, where it takes no value."""
    shown: bool = True
    """What was given may be repeated in a message. Not so where it may hold a key by mistake."""


class _Decoded(BaseModel):
    """Takes the texts of flags and variables: a list as ``a,b`` or as JSON, a table as JSON."""

    @field_validator("*", mode="before")
    @classmethod
    def _decode(cls, value: Any, info: ValidationInfo) -> Any:
        kind = get_origin(cls.model_fields[info.field_name or ""].annotation)
        if isinstance(value, bool) and cls.model_fields[info.field_name or ""].annotation is not bool:
            raise ValueError("it is true or false")
        if not isinstance(value, str) or kind not in (tuple, dict):
            return value
        if kind is tuple and not value.lstrip().startswith("["):
            return [part.strip() for part in value.split(",") if part.strip()]
        try:
            return json.loads(value)
        except ValueError:
            raise ValueError("it is no JSON") from None


def _each(folder: str) -> str:
    return ", ".join(registry.names(folder))


def _see(folder: str, what: str, spec: str) -> None:
    if wrong := registry.fault(folder, what, spec):
        raise ValueError(wrong)


class Settings(_Decoded):
    """What one run may be told, whoever tells it. Holds no secret."""

    model_config = ConfigDict(frozen=True, extra="forbid", allow_inf_nan=False, hide_input_in_errors=True)

    model: Annotated[
        str,
        Field(
            description="offline (no key: it quotes the papers), or PROVIDER:NAME, as in openai:gpt-5-mini; providers: "
            f"{_each('models.providers')}"
        ),
    ] = OFFLINE
    language: Annotated[
        str, Field(description="language of the report", json_schema_extra={"enum": list(languages.codes())})
    ] = languages.HOME
    sources: Annotated[
        tuple[Annotated[str, Field(examples=list(registry.names("sources")))], ...],
        Field(
            min_length=1,
            description=f"where to look for papers: {_each('sources')}; NAME:WHAT where one is told what, as "
            "in arxiv:cs.CL+cs.LG",
        ),
        Mark(flag="--source"),
    ] = ("huggingface", "deeplearn")
    papers: Annotated[
        tuple[Path, ...],
        Field(description="files with the day's papers; when given, no other source is asked"),
        Mark(flag="--papers"),
    ] = ()
    cap: Annotated[
        int, Field(ge=1, le=50, description="new papers of one category that are synthesised; the others are listed")
    ] = 8
    in_full: Annotated[
        int, Field(ge=0, le=200, description="papers of a day that are told in full; the others in two lines")
    ] = 10
    papers_at_once: Annotated[
        int,
        Field(
            ge=1,
            le=20,
            description="papers told in full whose lines a call judges: fewer make a day faster, more cheaper",
        ),
    ] = 3
    revisions: Annotated[
        int, Field(ge=0, le=5, description="how often the editor may mend what the critic sends back")
    ] = 3
    shape: Annotated[
        str, Field(description="how the page is arranged: papers, or five-part, or a shape of your own")
    ] = "papers"
    review: Annotated[
        Literal["never", "problems", "always"],
        Field(description="when a person is asked before a day is published: problems: if anything was left out"),
        Mark(same_run=True, switch=("always", "never")),
    ] = "never"
    keep_days: Annotated[
        int,
        Field(ge=0, le=366, description="finished days whose steps are kept, for history, fork and review"),
        Mark(same_run=True),
    ] = 7
    data: Annotated[Path, Field(description="folder of memory, reports and unfinished runs"), Mark(same_run=True)] = (
        Path("data")
    )
    embedder: Annotated[
        str,
        Field(
            description=f"what makes vectors of texts: {_each('vectorstore.embedders')}; a server's with the model's "
            "name, as in openai:NAME. After a change, 'insights memory rebuild' embeds anew what is remembered"
        ),
    ] = "minilm"
    fallback_model: Annotated[
        str, Field(description="asked when the model fails for good; empty for none"), Mark(same_run=True)
    ] = ""
    critic_model: Annotated[
        str, Field(description="judges in the place of the model that writes; empty for the same one")
    ] = ""
    exam: Annotated[
        float,
        Field(
            ge=0,
            le=1,
            description="share of planted errors a judge must catch, of right lines it must pass; 0: no exam",
        ),
    ] = 0.9
    calls_at_once: Annotated[
        int,
        Field(ge=1, le=256, description="model calls under way at the same time at most: fewer if the server is slow"),
        Mark(same_run=True),
    ] = 32
    attempts: Annotated[
        int, Field(ge=1, le=10, description="tries of one model call, where trying again can help"), Mark(same_run=True)
    ] = 4
    timeout: Annotated[
        float,
        Field(gt=0, description="seconds until a model call without an answer counts as failed"),
        Mark(same_run=True),
    ] = 120.0
    budget_tokens: Annotated[
        int | None, Field(ge=1, description="stops a run before it takes more tokens"), Mark(same_run=True)
    ] = None
    budget_usd: Annotated[
        float | None,
        Field(gt=0, description="stops a run before it costs more; needs the model's price"),
        Mark(same_run=True),
    ] = None
    prices: Annotated[
        dict[str, Annotated[tuple[Annotated[float, Field(ge=0)], ...], Field(min_length=2, max_length=3)]],
        Field(
            description="by model, US dollars for a million tokens in and out, or in, in from the server's cache and "
            'out: {"gpt-5-mini": [0.25, 0.025, 2]}; they come before those of models/prices.toml'
        ),
        Mark(same_run=True),
    ] = {}
    cache_replies: Annotated[
        bool,
        Field(description="answer an unchanged prompt over unchanged papers from what the model said before"),
        Mark(same_run=True),
    ] = True
    contact: Annotated[
        str,
        Field(description="an address for the User-Agent, so that a source can write to you before it blocks you"),
        Mark(same_run=True),
    ] = ""
    interests: Annotated[
        Path,
        Field(description="file of topics, authors and categories that stand first for its reader; there may be none"),
        Mark(same_run=True),
    ] = Path("interests.toml")
    chroma_url: Annotated[
        str,
        Field(description="a Chroma server for the index, such as http://127.0.0.1:8000; empty: in the data folder"),
        Mark(same_run=True, shown=False),
    ] = ""

    @field_validator("language")
    @classmethod
    def _is_a_language(cls, code: str) -> str:
        if wrong := registry.fault("domain.languages", "language", code, folders=True):
            raise ValueError(wrong)
        return code

    @field_validator("sources")
    @classmethod
    def _are_sources(cls, specs: tuple[str, ...]) -> tuple[str, ...]:
        for spec in specs:
            _see("sources", "source", spec)
        return specs

    @field_validator("embedder")
    @classmethod
    def _is_an_embedder(cls, spec: str) -> str:
        _see("vectorstore.embedders", "embedder", spec)
        return spec

    @field_validator("model", "fallback_model", "critic_model")
    @classmethod
    def _names_a_model(cls, spec: str, info: ValidationInfo) -> str:
        provider, colon, name = spec.partition(":")
        if spec in ((OFFLINE,) if info.field_name == "model" else ("",)) or (provider and colon and name.strip()):
            return spec
        alone = "offline, or " if info.field_name == "model" else ""
        raise ValueError(f"it names no model; write {alone}openai:NAME (any server that speaks like OpenAI's)")

    @field_validator("contact")
    @classmethod
    def _fits_a_header(cls, contact: str) -> str:
        if not (contact.isascii() and contact.isprintable()):
            raise ValueError("it must be an e-mail or web address in plain ASCII, on one line")
        return contact

    @field_validator("chroma_url")
    @classmethod
    def _is_an_address(cls, url: str) -> str:
        if not url:
            return url
        try:
            parts = urlsplit(url)
            fine = parts.scheme in ("http", "https") and bool(parts.hostname) and parts.port != 0
        except ValueError:
            parts, fine = urlsplit(""), False
        if not fine:
            raise ValueError("it is no address; write it as http://127.0.0.1:8000")
        if parts.username or parts.password:
            raise ValueError(f"an address is shown; give its key as a header, in {PREFIX}CHROMA_HEADERS")
        return url

    @property
    def has_model(self) -> bool:
        """Whether a model writes; else the papers are quoted."""
        return self.model != OFFLINE


class Delivery(_Decoded):
    """Where finished reports go. No run needs to know it: it is no flag, and not in the form of Studio."""

    model_config = ConfigDict(frozen=True, extra="forbid", hide_input_in_errors=True)

    site_url: Annotated[
        str,
        Field(description="address under which the site is published; feeds and mails lead there"),
    ] = ""
    smtp: Annotated[
        str,
        Field(
            description="the mail server: smtp://USER@HOST:587 (STARTTLS, or nothing is sent), smtps://USER@HOST (TLS) "
            "or smtp+plain://HOST (neither, and no password)"
        ),
    ] = ""
    sender: Annotated[str, Field(description="who the mails are from: insights@example.org, or Name <ADDRESS>")] = ""
    channels: Annotated[
        dict[str, Channel],
        Field(
            description='where reports go, by name, such as [channels.me] with to = ["me@example.org"]; without to it '
            f"is the address of Apprise that {PREFIX}APPRISE has under that name"
        ),
    ] = {}

    @field_validator("site_url")
    @classmethod
    def _is_a_site(cls, url: str) -> str:
        parts = urlsplit(url)
        plain = parts.hostname and not (parts.query or parts.fragment or parts.password)
        if url and not (parts.scheme in ("http", "https") and plain):
            raise ValueError("it is no address; write it as https://me.github.io/papers")
        return url

    @field_validator("smtp")
    @classmethod
    def _is_a_mail_server(cls, address: str) -> str:
        if address:
            server(address)
        return address

    @field_validator("sender")
    @classmethod
    def _has_an_address(cls, sender: str) -> str:
        if sender and not is_address(parseaddr(sender)[1]):
            raise ValueError("it has no address; write it as insights@example.org, or Name <insights@example.org>")
        return sender


class Secrets(_Decoded):
    """What is taken from ``INSIGHTS_*`` variables and .env only, and shown nowhere."""

    chroma_headers: Annotated[
        dict[str, SecretStr],
        Field(description="sent to the Chroma server, such as its proxy's token, as JSON"),
        Mark(shown=False),
    ] = {}
    checkpoints: Annotated[
        SecretStr,
        Field(
            description="where the steps of runs are kept: postgresql://USER:PASSWORD@HOST/DATABASE, for runs that "
            "several machines go on with; empty: in the data folder"
        ),
        Mark(shown=False),
    ] = SecretStr("")
    smtp_password: Annotated[SecretStr, Field(description="of the mail server"), Mark(shown=False)] = SecretStr("")
    apprise: Annotated[
        dict[str, SecretStr],
        Field(description='addresses of Apprise by name of the channel, as JSON: {"team": "slack://..."}'),
        Mark(shown=False),
    ] = {}

    @field_validator("checkpoints")
    @classmethod
    def _is_postgres(cls, url: SecretStr) -> SecretStr:
        if (given := url.get_secret_value()) and not given.startswith(("postgresql://", "postgres://")):
            raise ValueError("it is no address of Postgres; write it as postgresql://USER:PASSWORD@HOST/DATABASE")
        return url


class _Found(BaseSettings, Secrets):  # pyright: ignore[reportIncompatibleVariableOverride]  a narrower config
    """The secrets that this process finds."""

    model_config = SettingsConfigDict(
        env_prefix=PREFIX, env_file=ENV_FILE, env_ignore_empty=True, enable_decoding=False, extra="ignore"
    )


def read_secrets() -> Secrets:
    """The secrets of this machine. Raises UsageError, without what was given."""
    try:
        return _Found()
    except ValidationError as error:
        raise UsageError("; ".join(sorted({_expected(str(fault["loc"][0])) for fault in error.errors()}))) from None


def _expected(name: str) -> str:
    """What a secret should be, without what was given."""
    table = get_origin(Secrets.model_fields[name].annotation) is dict
    due = "a JSON object of texts" if table else f"{Secrets.model_fields[name].description}"
    return f"{PREFIX}{name.upper()} should be {due}"


def mark(model: type[BaseModel], name: str) -> Mark:
    """What is particular about a setting."""
    return next((held for held in model.model_fields[name].metadata if isinstance(held, Mark)), Mark())
