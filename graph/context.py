"""What a run may use besides its input. The plain fields are the form that Studio shows; importing opens nothing."""

import asyncio
import threading
from collections.abc import Generator, Sequence
from contextlib import AbstractAsyncContextManager, contextmanager
from datetime import date, timedelta
from functools import cached_property
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Annotated, Any, Self

from pydantic import Field, PrivateAttr, ValidationInfo, field_validator

import prompts
from agents import retriever
from agents.classifier import Classifier, Example, load_examples
from agents.retriever import Catch
from domain.exams import Exam
from domain.papers import Paper
from domain.reports import Filing, Report
from domain.taxonomy import Taxonomy
from domain.terms import TermEntry
from domain.topics import Lexicon
from models.gate import Gate
from models.llm import LLM
from models.meter import Meter, Pot
from models.prices import price, price_of
from models.replies import Replies
from prompts import Prompt
from prompts.taxonomy import load_taxonomy
from prompts.terms import load_terms
from prompts.topics import load_topics
from publishing import shapes
from sources import Source, open_sources
from vectorstore.ahead import Ahead
from vectorstore.embedding import Embedder, open_embedder
from vectorstore.memory import Memory
from vectorstore.minilm_model import ModelMissing, model_folder
from vectorstore.owner import copy_folder

from .before import Before, GivenDay, expect, look_back
from .settings import Settings, read_secrets
from .traces import tell_place


def _editable(*nodes: str) -> Any:
    """The form's field for a prompt: Studio shows it at the nodes that ask with it."""
    told = "takes the place of the prompt's file in this run; empty: the file, in the run's language"
    return Field(
        default="", description=told, json_schema_extra={"langgraph_nodes": list(nodes), "langgraph_type": "prompt"}
    )


class Context(Settings):
    """Settings of one run, and the services they open. A test overrides services in a subclass."""

    fork: Annotated[
        str,
        Field(
            pattern=r"^([A-Za-z0-9][A-Za-z0-9._-]{0,79})?$",
            description="a folder under forks/ that the run writes to; it then publishes and remembers nothing",
        ),
    ] = ""
    publish: Annotated[
        bool,
        Field(
            description="a run that goes on from an edited or older step publishes and remembers the day all the same"
        ),
    ] = False
    prompt_classify: str = _editable("look")
    prompt_synthesize: str = _editable("synthesize")
    prompt_critique: str = _editable("critique", "section", "examine")
    prompt_frame: str = _editable("frame")

    @field_validator("prompt_classify", "prompt_synthesize", "prompt_critique", "prompt_frame")
    @classmethod
    def _fits_its_agent(cls, text: str, info: ValidationInfo) -> str:
        if text:
            try:
                prompts.edited((info.field_name or "").removeprefix("prompt_"), text)
            except prompts.PromptError as error:
                raise ValueError("; ".join(str(slip) for slip in error.slips)) from None
        return text

    _given: GivenDay | None = PrivateAttr(default=None)
    _pot: Pot | None = PrivateAttr(default=None)

    @classmethod
    def of(cls, settings: Settings) -> Self:
        """The context of settings from wherever they came."""
        return cls(**dict(settings))

    @property
    def plain(self) -> dict[str, Any]:
        """Its fields, without what they opened: what another of its kind is made of."""
        return {name: getattr(self, name) for name in type(self).model_fields}

    def but(self, **changes: object) -> Self:
        """Another with some fields changed, and nothing opened."""
        fields: dict[str, Any] = self.plain | changes
        return type(self)(**fields)

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

    # Opened on first use, once per run.

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

    @cached_property
    def embed(self) -> Embedder:
        return open_embedder(self.embedder)

    @cached_property
    def ahead(self) -> Ahead:
        """The embedder of whatever asks for the papers of the day: each of them is embedded once."""
        return Ahead(self.embed)

    @cached_property
    def taxonomy(self) -> Taxonomy:
        return load_taxonomy()

    @cached_property
    def lexicon(self) -> Lexicon:
        return load_topics()

    @property
    def _asked_with(self) -> dict[str, str]:
        """The prompts that a day asks with: their names by their roles."""
        own = {role: f"{self.language}/{role}" for role in ("synthesize", "critique", "frame")}
        return {"classify": "classify"} | own

    @cached_property
    def edited(self) -> dict[str, Prompt]:
        """The texts that take the place of files, by the prompt's name."""
        own = {name: getattr(self, f"prompt_{role}") for role, name in self._asked_with.items()}
        return {name: prompts.edited(name, text) for name, text in own.items() if text}

    @cached_property
    def prompt_versions(self) -> tuple[tuple[str, str], ...]:
        """Of every prompt that is asked with, none without a model; reading them finds their slips."""
        return prompts.versions(self._asked_with.values() if self.has_model else (), self.edited)

    @cached_property
    def examples(self) -> tuple[Example, ...]:
        return load_examples()

    @cached_property
    def classifier(self) -> Classifier:
        """Kept beside the embedding model, where there is one on this machine."""
        try:
            folder = model_folder()
        except ModelMissing:
            folder = self.cache
        return Classifier.stored(self.taxonomy, self.ahead, folder)

    @cached_property
    def terms(self) -> tuple[TermEntry, ...]:
        return load_terms(self.language)

    @cached_property
    def made_by(self) -> str:
        """What an item is made by: as long as it stays the same, an item is not made again. Empty without a model."""
        if self.model == "offline":
            return ""
        names = [f"{self.language}/{role}" for role in ("synthesize", "critique")]
        used = ((self.edited.get(name) or prompts.load(name)).id for name in names)
        return " ".join((self.model, self.critic_model or self.model, *used))

    @cached_property
    def meter(self) -> Meter:
        specs = (self.model, self.fallback_model, self.critic_model)
        return Meter(
            self.folder / "calls.sqlite",
            prices={
                **{name: price(numbers) for name, numbers in self.prices.items()},
                **{spec.partition(":")[2]: known for spec in specs if (known := price_of(spec, self.prices))},
            },
            budget_tokens=self.budget_tokens,
            budget_usd=self.budget_usd,
            pot=self._pot,
        )

    @property
    def has_model(self) -> bool:
        """Whether a model writes; else the papers are quoted."""
        return self.model != "offline"

    @cached_property
    def llm(self) -> LLM | None:
        """Whom the agents ask; None where nobody is to be asked, and the papers are quoted."""
        if self.model == "offline":
            return None
        return self._asked(self.model, *([self.fallback_model] if self.fallback_model else []))

    @cached_property
    def judge(self) -> LLM | None:
        """Who judges what was written: one model and no fallback, as only who sat the exam is believed."""
        if self.llm is None or not (self.critic_model or self.fallback_model):
            return self.llm
        return self._asked(self.critic_model or self.model)

    def _asked(self, *names: str) -> LLM:
        from models.chat import ChatLLM
        from models.manners import Known
        from models.provider import open_model

        return ChatLLM(
            models=[open_model(name, timeout=self.timeout) for name in names],
            meter=self.meter,
            replies=Replies(self.cache / "replies.sqlite") if self.cache_replies else None,
            edited=self.edited,
            known=Known(self.cache / "servers.json"),
            free=self.free_calls,
            attempts=self.attempts,
        )

    @property
    def model_notes(self) -> tuple[str, ...]:
        """For the receipt: how the models were asked, and what was particular about that."""
        asked = {id(llm): llm for llm in (self.llm, self.judge) if llm}
        return tuple(dict.fromkeys(note for llm in asked.values() for note in llm.notes))

    def believes(self, exam: Exam | None) -> bool:
        """Whether a judge that did so in its exam may judge."""
        return not self.exam or (exam is not None and exam.score >= self.exam)

    @cached_property
    def free_calls(self) -> AbstractAsyncContextManager[object]:
        """Bounds the calls under way, whoever makes them."""
        return Gate(self.calls_at_once)

    @cached_property
    def unedited(self) -> set[str]:
        """Steps of the run, by id, before which nobody has edited anything."""
        return set()

    @cached_property
    def writing(self) -> threading.Lock:
        """Held while a node writes files. Its thread goes on when the node is cancelled, and is waited for."""
        return threading.Lock()

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

    async def catch(self, day: date) -> Catch:
        """What came in on a day."""
        return self._given.catch if self._given else await retriever.retrieve(day, self.opened_sources, self._expect)

    def _expect(self, papers: Sequence[Paper]) -> None:
        """Begins to embed what the memory will ask for, while other sources are still asked and papers merged."""
        expect(self.ahead, self.folder / "memory", papers)

    def look_back(self, day: date, papers: Sequence[Paper], withdrawn: Sequence[Paper], *, apart: bool) -> Before:
        """What the memory knew before a day. ``apart``: a copy is asked, and the memory stays as it is."""
        if self._given:
            return self._given.before
        with self.memory_apart() if apart else self.memory() as memory:
            return look_back(memory, day, papers, withdrawn, self.language)

    @property
    def guesses(self) -> tuple[Filing, ...]:
        """Where papers would be filed if nothing were known of them, as far as that was computed before."""
        return self._given.guesses if self._given else ()

    def remember(self, report: Report) -> None:
        """Keeps a published day."""
        with self.writing, self.memory() as memory:
            memory.remember(report)

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

    @property
    def edition(self) -> str:
        """What of a day this is: its language, and of a fork its name too."""
        return f"{self.language}-{self.fork}" if self.fork else self.language

    @property
    def folder(self) -> Path:
        return self.data

    @property
    def cache(self) -> Path:
        """What was fetched and answered before."""
        return self.folder / "cache"

    @property
    def reports(self) -> Path:
        return self.folder / "reports"

    @property
    def forks(self) -> Path:
        """Where runs write that are not to touch what is published."""
        return self.folder / "forks"

    def today(self) -> date:
        """The clock's seam."""
        return date.today()

    def default_day(self) -> date:
        """Yesterday: its listings are complete when a reader gets up."""
        return self.today() - timedelta(days=1)
