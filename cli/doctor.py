"""``insights doctor``: what works on this machine and what does not, before a run needs it."""

import os
from collections.abc import Callable, Iterator

import httpx
from rich.console import Console
from rich.table import Table

from domain.errors import InsightsError
from graph.context import Context
from graph.settings import Settings
from models.provider import provider_of, unknown

from .exit_codes import COMPLETE, WRONG
from .findings import Finding


def check_machine(settings: Settings) -> int:
    """Prints every finding; 0 when nothing that these settings need is wrong."""
    findings = [
        *_settings(settings),
        *_key(settings),
        *_guarded("sources", lambda: _sources(settings)),
        *_guarded("embedding model", lambda: _embedder(settings)),
        *_guarded("memory", lambda: _memory(settings)),
    ]
    table = Table.grid(padding=(0, 2))
    marks = {True: "[green]ok[/]", False: "[red]wrong[/]", None: "[dim]note[/]"}
    for fine, what, words in findings:
        table.add_row(marks[fine], what, words)
    Console(soft_wrap=True).print(table)
    return WRONG if any(fine is False for fine, _, _ in findings) else COMPLETE


def _settings(settings: Settings) -> Iterator[Finding]:
    for name, value in settings.model_dump().items():
        yield None, name, str(value)


def _key(settings: Settings) -> Iterator[Finding]:
    provider = settings.model.partition(":")[0]
    if not settings.has_model:
        yield None, "model", "offline: no key is needed"
    elif wrong := unknown(settings.model):
        yield False, "model", wrong
    elif name := provider_of(provider).key:
        key = bool(os.environ.get(name))
        yield key, name, "set" if key else f"not set{provider_of(provider).hint}"
    if provider == "openai":
        yield None, "OPENAI_BASE_URL", os.environ.get("OPENAI_BASE_URL", "OpenAI's own address")


def _sources(settings: Settings) -> Iterator[Finding]:
    for source in Context.of(settings).opened_sources:
        name = source.name
        if not (address := source.address):
            continue
        try:
            httpx.get(address, timeout=5.0, headers={"User-Agent": f"daily-ai-insights ({settings.contact})"})
        except httpx.HTTPError as error:
            # Without a mere signal a day is still whole.
            fine = None if source.signal else False
            yield fine, f"source {name}", f"{address} cannot be reached: {error or type(error).__name__}"
        else:
            yield True, f"source {name}", f"{address} answers"
    if not settings.contact:
        yield None, "contact", "not set; sites may block a visitor whom they cannot write to (INSIGHTS_CONTACT)"


def _embedder(settings: Settings) -> Iterator[Finding]:
    embed = Context.of(settings).embed
    vector = embed(["a sentence"])
    yield vector.shape == (1, embed.dimension), "embedding model", f"{embed.name}, {embed.dimension} dimensions"


def _memory(settings: Settings) -> Iterator[Finding]:
    ctx = Context.of(settings)
    if not (ctx.folder / "memory").is_dir():
        yield None, "memory", f"none yet in {ctx.folder}"
        return
    with ctx.memory() as memory:
        faults = [*memory.notes, *memory.check()]
        yield not faults, "memory", "; ".join(faults) or ", ".join(f"{n} {what}" for what, n in memory.counts().items())


def _guarded(what: str, look: Callable[[], Iterator[Finding]]) -> Iterator[Finding]:
    """A look that fails is a finding, not the end of the examination."""
    try:
        yield from look()
    except (InsightsError, OSError) as error:
        yield False, what, str(error)
