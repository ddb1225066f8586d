"""How far a run has come, for whoever stops it."""

from dataclasses import dataclass, field

from graph.events import Event

WAY = (
    *("retrieve", "recall", "classify", "plan", "synthesize", "trends", "section", "frame", "review"),
    *("publish", "remember"),
)
BESIDE = ("section", "frame")
"""They run at the same time."""


@dataclass
class Progress:
    """The steps of the day that ended, and its sections."""

    done: set[str] = field(default_factory=set[str])
    sections: dict[str, bool] = field(default_factory=dict[str, bool])
    """Whether it ended, by name of its desk."""

    def see(self, event: Event) -> None:
        if event.step == "section" and event.desk and event.kind in ("begun", "done"):
            self.sections[event.desk] = event.kind == "done"
        elif event.desk is None and event.kind == "done":
            self.done.add(event.step)

    def left(self) -> str:
        """What is still to be done of a day."""
        done = {*self.done, *(["section"] if self.sections and all(self.sections.values()) else [])}
        last = max((WAY.index(step) for step in done if step in WAY and step not in BESIDE), default=-1)
        return ", ".join(self._named(step) for step in WAY[last + 1 :] if step not in done) or "nothing"

    def _named(self, step: str) -> str:
        if step != "section":
            return step
        open_ones = sum(1 for done in self.sections.values() if not done)
        return f"{open_ones} of {len(self.sections)} sections" if self.sections else "all sections"
