"""What a run is told: its settings, what only a run of the graph is given, and what follows from these alone. These are
the form that Studio shows; nothing is opened but prompts."""

from functools import cached_property
from pathlib import Path
from typing import Annotated, Any, Self

from pydantic import Field, ValidationInfo, field_validator

import prompts
from prompts import Prompt

from .settings import Settings


def _editable(*nodes: str) -> Any:
    """The form's field for a prompt: Studio shows it at the nodes that ask with it."""
    told = "takes the place of the prompt's file in this run; empty: the file, in the run's language"
    return Field(
        default="", description=told, json_schema_extra={"langgraph_nodes": list(nodes), "langgraph_type": "prompt"}
    )


class RunFields(Settings):
    """The fields of a run, where it reads and writes, and the prompts that it asks with."""

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

    # The prompts.

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
    def made_by(self) -> str:
        """What an item is made by: as long as it stays the same, an item is not made again. Empty without a model."""
        if not self.has_model:
            return ""
        names = [f"{self.language}/{role}" for role in ("synthesize", "critique")]
        used = ((self.edited.get(name) or prompts.load(name)).id for name in names)
        return " ".join((self.model, self.critic_model or self.model, *used))
