"""What a run may use besides its input. The plain fields are the form that Studio shows; importing opens nothing."""

import asyncio
import threading
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import cached_property
from pathlib import Path
from typing import Literal, Self

from agents.classifier import Classifier
from agents.offline import OfflineLLM
from domain.grounding.glossary import Glossary
from domain.taxonomy import Taxonomy
from domain.topics import Lexicon
from models.llm import LLM
from models.meter import Meter, Price
from models.replies import Replies
from prompts.glossary import load_glossary
from prompts.taxonomy import load_taxonomy
from prompts.topics import load_topics
from sources import Source, open_sources
from vectorstore.embedding import Embedder, MiniLM
from vectorstore.memory import Memory
from vectorstore.minilm_model import ModelMissing, model_folder


@dataclass(frozen=True, kw_only=True)
class Context:
    """Settings of one run, and the services they open. A test overrides services in a subclass."""

    model: str = "offline"
    """``offline`` quotes the papers and needs no key; ``openai:NAME`` asks a chat model."""
    language: Literal["ko", "en"] = "ko"
    sources: tuple[str, ...] = ("huggingface", "deeplearn")
    """Any of huggingface, arxiv, deeplearn, sample, files."""
    papers: tuple[str, ...] = ()
    """Files with the day's papers; when given, no other source is asked."""
    arxiv_categories: tuple[str, ...] = ()
    """Asks arXiv for these listings too, for instance cs.CL."""
    cap: int = 8
    """How many new papers of one category are synthesised; the others are listed."""
    revisions: int = 2
    """How often the editor may mend one category's draft."""
    data: str = "data"
    """Folder of the memory, the reports and the state of unfinished runs."""
    fallback_model: str = ""
    """Asked when the model fails for good; empty for none."""
    calls_at_once: int = 8
    """Model calls under way at the same time."""
    attempts: int = 4
    """Tries of one model call, where trying again can help."""
    timeout: float = 120.0
    """Seconds until a model call without an answer counts as failed."""
    budget_tokens: int | None = None
    """Stops the run before the next call could exceed it."""
    budget_usd: float | None = None
    """The same in money; needs ``prices``."""
    prices: tuple[tuple[str, float, float], ...] = ()
    """(model, US dollars for a million tokens in, and out)."""
    cache_replies: bool = True
    """Answers an unchanged prompt over unchanged papers from what the model said before."""
    chroma_url: str = ""
    """Address of a Chroma server for the index; empty to keep it in the data folder."""
    chroma_headers: tuple[tuple[str, str], ...] = field(default=(), repr=False)
    """Sent to that server with each request, such as a proxy's token."""
    contact: str = ""
    """An address for the User-Agent, so that a source can write to you before it blocks you."""

    # Opened on first use, once per run.

    @cached_property
    def opened_sources(self) -> tuple[Source, ...]:
        arxiv = ("arxiv",) if self.arxiv_categories and "arxiv" not in self.sources else ()
        return open_sources(
            ("files",) if self.papers else (*self.sources, *arxiv),
            papers=tuple(Path(p) for p in self.papers),
            arxiv_categories=self.arxiv_categories,
            cache=self.folder / "cache" / "http",
            contact=self.contact,
        )

    @cached_property
    def embed(self) -> Embedder:
        return MiniLM()

    @cached_property
    def taxonomy(self) -> Taxonomy:
        return load_taxonomy()

    @cached_property
    def lexicon(self) -> Lexicon:
        return load_topics()

    @cached_property
    def glossary(self) -> Glossary:
        return load_glossary(self.language)

    @cached_property
    def classifier(self) -> Classifier:
        """Kept beside the embedding model, where there is one on this machine."""
        try:
            folder = model_folder()
        except ModelMissing:
            folder = self.folder / "cache"
        return Classifier.stored(self.taxonomy, self.embed, folder)

    @cached_property
    def quoter(self) -> LLM:
        """Answers every prompt by extraction: the default model, and what a category falls back on."""
        return OfflineLLM(self.embed)

    @cached_property
    def meter(self) -> Meter:
        return Meter(
            self.folder / "calls.sqlite",
            prices={name: Price(input=paid_in, output=paid_out) for name, paid_in, paid_out in self.prices},
            budget_tokens=self.budget_tokens,
            budget_usd=self.budget_usd,
        )

    @cached_property
    def llm(self) -> LLM:
        if self.model == "offline":
            return self.quoter
        from models.chat import ChatLLM, open_model

        names = (self.model, self.fallback_model) if self.fallback_model else (self.model,)
        return ChatLLM(
            models=[open_model(name, timeout=self.timeout) for name in names],
            meter=self.meter,
            replies=Replies(self.folder / "cache" / "replies.sqlite") if self.cache_replies else None,
            at_once=self.calls_at_once,
            attempts=self.attempts,
        )

    @cached_property
    def writing(self) -> threading.Lock:
        """Held while a node writes files. Its thread goes on when the node is cancelled, and is waited for."""
        return threading.Lock()

    def check(self) -> None:
        """Opens what the settings may have wrong, before a run begins: unknown sources and models, a missing key."""
        _ = self.opened_sources, self.llm, self.taxonomy, self.glossary, self.lexicon

    async def ready(self) -> Self:
        """Itself, with everything opened that an async node may use: opening reads files, which the event loop must
        not wait for."""
        await asyncio.to_thread(self.check)
        return self

    async def aclose(self) -> None:
        """Closes what the run opened and no node closes, when nothing is written any more."""
        await asyncio.to_thread(self._written)
        if "llm" in self.__dict__:
            await self.llm.aclose()

    def _written(self) -> None:
        with self.writing:
            pass

    def memory(self) -> Memory:
        """Opens the memory, under its lock; use as a context manager, and briefly: others wait."""
        return Memory.open(
            self.folder / "memory",
            self.embed,
            url=self.chroma_url or None,
            headers=dict(self.chroma_headers),
            lexicon=self.lexicon,
            wait=60,
        )

    @property
    def folder(self) -> Path:
        return Path(self.data)

    @property
    def reports(self) -> Path:
        return self.folder / "reports"

    def today(self) -> date:
        """The clock's seam."""
        return date.today()

    def default_day(self) -> date:
        """Yesterday: its listings are complete when a reader gets up."""
        return self.today() - timedelta(days=1)
