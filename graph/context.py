"""What a run may use besides its input: what it is told (``fields.py``), whom it asks (``asking.py``), and here what
comes in, what is read and what is remembered. Each is opened when it is first used; importing opens nothing."""

import asyncio
import threading
from collections.abc import Generator, Iterable, Sequence
from contextlib import AbstractAsyncContextManager, contextmanager
from datetime import date, timedelta
from functools import cached_property
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Self

from pydantic import PrivateAttr

from agents import retriever
from agents.classifier import Classifier, Example, load_examples
from agents.retriever import Catch
from domain.items import Item
from domain.papers import Paper
from domain.reports import Filing, Report
from domain.taxonomy import Taxonomy
from domain.terms import TermEntry
from domain.topics import Lexicon
from models.meter import Pot
from prompts.taxonomy import load_taxonomy
from prompts.terms import load_terms
from prompts.topics import load_topics
from publishing import shapes
from sources import Source, open_sources
from vectorstore.ahead import Ahead
from vectorstore.claims import passage_of
from vectorstore.embedding import Embedder, open_embedder
from vectorstore.memory import Memory
from vectorstore.minilm_model import ModelMissing, model_folder
from vectorstore.owner import copy_folder

from .asking import RunModels
from .before import Before, GivenDay, expect, look_back
from .settings import read_secrets
from .traces import tell_place

CLAIMS = 64
"""Told and not embedded yet, from which on it is begun."""


class Context(RunModels):
    """Settings of one run, and the services they open, each once per run. A test overrides services in a subclass."""

    _given: GivenDay | None = PrivateAttr(default=None)

    def given(
        self,
        given: GivenDay,
        data: Path,
        *,
        calls: AbstractAsyncContextManager[object] | None = None,
        pot: Pot | None = None,
    ) -> Self:
        """The context of a day that was gathered and looked back on elsewhere, writing into ``data``. What is opened
        here and says nothing of a day is shared. ``calls`` bounds the calls under way, ``pot`` has the budget, where
        other runs share them."""
        day = self.but(data=data)
        day._given, day._pot = given, pot
        shared = ("embed", "taxonomy", "lexicon", "terms", "prompt_versions", "examples", "classifier")
        vars(day).update({name: getattr(self, name) for name in shared})
        vars(day).update({"free_calls": calls} if calls else {})
        return day

    def today(self) -> date:
        """The clock's seam."""
        return date.today()

    def default_day(self) -> date:
        """Yesterday: its listings are complete when a reader gets up."""
        return self.today() - timedelta(days=1)

    # What comes in.

    @cached_property
    def opened_sources(self) -> tuple[Source, ...]:
        if self._given:
            return ()
        return open_sources(
            ("files",) if self.papers else self.sources,
            papers=self.papers,
            cache=self.cache / "http",
            contact=self.contact,
        )

    async def catch(self, day: date) -> Catch:
        """What came in on a day."""
        return self._given.catch if self._given else await retriever.retrieve(day, self.opened_sources, self._expect)

    def _expect(self, papers: Sequence[Paper]) -> None:
        """Begins to embed what the memory will ask for, while other sources are still asked and papers merged."""
        expect(self.ahead, self.folder / "memory", papers)

    def expect_claims(self, items: Iterable[Item]) -> None:
        """Begins to embed what is told of papers, which the memory will ask for, while the day is still put together
        and published."""
        if not self._given:
            rest_on = (passage_of(e.quote for e in claim.evidence) for item in items for claim in item.claims)
            self.ahead.begin(filter(None, rest_on), least=CLAIMS)

    @property
    def guesses(self) -> tuple[Filing, ...]:
        """Where papers would be filed if nothing were known of them, as far as that was computed before."""
        return self._given.guesses if self._given else ()

    # What is read once.

    @cached_property
    def taxonomy(self) -> Taxonomy:
        return load_taxonomy()

    @cached_property
    def lexicon(self) -> Lexicon:
        return load_topics()

    @cached_property
    def terms(self) -> tuple[TermEntry, ...]:
        return load_terms(self.language)

    @cached_property
    def examples(self) -> tuple[Example, ...]:
        return load_examples()

    @cached_property
    def embed(self) -> Embedder:
        return open_embedder(self.embedder)

    @cached_property
    def ahead(self) -> Ahead:
        """The embedder of whatever asks for the papers of the day: each of them is embedded once."""
        return Ahead(self.embed)

    @cached_property
    def classifier(self) -> Classifier:
        """Kept beside the embedding model, where there is one on this machine."""
        try:
            folder = model_folder()
        except ModelMissing:
            folder = self.cache
        return Classifier.stored(self.taxonomy, self.ahead, folder, self.examples)

    # What is remembered.

    def memory(self, *, embed_anew: bool = False) -> Memory:
        """Opens the memory, under its lock; use as a context manager, and briefly: others wait. ``embed_anew``: also
        the memory of another embedder, whose texts are embedded again."""
        return self._memory(self.folder / "memory", embed_anew)

    def _memory(self, folder: Path, embed_anew: bool = False) -> Memory:
        return Memory.open(
            folder,
            self.ahead,
            url=self.chroma_url or None,
            headers={name: value.get_secret_value() for name, value in read_secrets().chroma_headers.items()},
            lexicon=self.lexicon,
            wait=60,
            embed_anew=embed_anew,
        )

    @contextmanager
    def memory_apart(self) -> Generator[Memory]:
        """A copy of the memory, which is gone afterwards: the memory itself stays as it is, byte for byte."""
        self.forks.mkdir(parents=True, exist_ok=True)
        with TemporaryDirectory(prefix=".memory-", dir=self.forks) as folder:
            copy_folder(self.folder / "memory", Path(folder) / "memory")
            with self._memory(Path(folder) / "memory") as opened:
                yield opened

    def look_back(self, day: date, papers: Sequence[Paper], withdrawn: Sequence[Paper], *, apart: bool) -> Before:
        """What the memory knew before a day. ``apart``: a copy is asked, and the memory stays as it is."""
        if self._given:
            return self._given.before
        with self.memory_apart() if apart else self.memory() as memory:
            return look_back(memory, day, papers, withdrawn, self.language)

    def remember(self, report: Report) -> None:
        """Keeps a published day."""
        with self.writing, self.memory() as memory:
            memory.remember(report)

    # How a run begins, goes on and ends.

    def check(self) -> None:
        """Opens what settings and edited files may have wrong, before a run begins: unknown sources and models, a
        missing key, a slip in a prompt or a list."""
        _ = self.opened_sources, self.llm, self.judge, self.taxonomy, self.lexicon, self.terms, self.made_by
        _ = self.prompt_versions, self.examples
        shapes.known(self.shape)

    def at(self, day: date) -> Self:
        """Itself, counting calls for that day: a run may go on in any node, in a process that never began it."""
        self.meter.resume(day, self.edition)
        tell_place(self.folder, day, self.edition)
        return self

    async def ready(self, day: date) -> Self:
        """Itself at a day, with everything opened that an async node may use: opening reads files, which the event
        loop must not wait for."""
        await asyncio.to_thread(self.check)
        return self.at(day)

    @cached_property
    def unedited(self) -> set[str]:
        """Steps of the run, by id, before which nobody has edited anything."""
        return set()

    @cached_property
    def writing(self) -> threading.Lock:
        """Held while a node writes files. Its thread goes on when the node is cancelled, and is waited for."""
        return threading.Lock()

    async def aclose(self) -> None:
        """Closes what the run opened and no node closes, when nothing is written any more."""
        if "ahead" in vars(self):
            self.ahead.give_up()
        await asyncio.to_thread(self._written)
        for llm in {id(one): one for name in ("llm", "judge") if (one := self.__dict__.get(name))}.values():
            await llm.aclose()

    def _written(self) -> None:
        with self.writing:
            pass
