"""The review of a day in a terminal: section by section, each answer kept, so that it can be taken up another day."""

import hashlib
import json
from collections.abc import Callable, Generator, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from rich.console import Console
from rich.markdown import Markdown
from rich.text import Text

from graph.runs import Unpublished

from .console import print_lines

HELP = (
    "Enter  publish the section as it stands       e N TEXT  line N in your words",
    "r N [WHY]  reject line N                      x [WHY]   reject the whole section",
    "w N  what line N rests on                     t TITLE   call the section otherwise",
    "p    the page as it would be published        a         publish the rest as it stands",
    "no [WHY]  do not publish the day              q         go on another time",
)


@dataclass
class _Answers:
    """The decisions so far, on disk after each one."""

    requests: list[dict[str, Any]]
    draft: Path
    decisions: list[dict[str, Any]] = field(default_factory=list[dict[str, Any]])
    done: int = 0
    """Sections that are decided."""

    @property
    def _of(self) -> str:
        return hashlib.sha256(json.dumps(self.requests, sort_keys=True).encode()).hexdigest()

    def take_up(self) -> bool:
        """Whether there were answers to the same question already."""
        self.decisions = [{"type": "approve"} for _ in self.requests]
        try:
            kept = json.loads(self.draft.read_text(encoding="utf-8"))
        except (OSError, ValueError):
            return False
        if kept.get("of") != self._of:
            return False
        self.decisions, self.done = kept["decisions"], kept["done"]
        return True

    def keep(self) -> None:
        told = {"of": self._of, "done": self.done, "decisions": self.decisions}
        fresh = self.draft.with_suffix(".fresh")
        fresh.write_text(json.dumps(told, ensure_ascii=False), encoding="utf-8")
        fresh.replace(self.draft)

    def answer(self, sections: int) -> dict[str, Any]:
        """They stay on disk until the run has done what they say."""
        self.done = sections
        self.keep()
        return {"decisions": self.decisions}


def asker(console: Console, draft: Path) -> Callable[[dict[str, Any]], dict[str, Any] | None]:
    """Puts the question of a review to whoever sits at the terminal. ``draft``: where answers are kept meanwhile."""

    def ask(question: dict[str, Any]) -> dict[str, Any] | None:
        answers = _Answers(question["action_requests"], draft)
        taken_up = answers.take_up()
        page = answers.requests[0]["description"]
        sections = list(_sections(answers.requests))
        print_lines(console, page.partition("\n\n")[0], *HELP, "")
        if taken_up:
            print_lines(console, f"{answers.done} of {len(sections)} sections were decided before.")
        if taken_up and answers.done == len(sections):
            return answers.answer(len(sections))  # the run was cut off before it heard them
        for head, lines in sections[answers.done :]:
            over = _section(console, answers, head, lines)
            if over == "later":
                return None
            if over == "all":
                break
            answers.done += 1
            answers.keep()
        return answers.answer(len(sections))

    return ask


@contextmanager
def decided(draft: Path) -> Generator[None]:
    """Takes the kept answers away when the block has done what they say: the day is published, or rejected."""
    try:
        yield
    except Unpublished as unpublished:
        if unpublished.rejected:
            draft.unlink(missing_ok=True)
        raise
    draft.unlink(missing_ok=True)


def _sections(requests: list[dict[str, Any]]) -> Iterator[tuple[int | None, list[int]]]:
    """(place of the section's own request, places of its lines). Lines that were sent back are of no section."""
    head: int | None = None
    lines: list[int] = []
    for n, request in enumerate(requests[1:], start=1):
        if request["name"] == "publish_section":
            if head is not None or lines:
                yield head, lines
            head, lines = n, []
        else:
            lines.append(n)
    if head is not None or lines:
        yield head, lines


def _section(console: Console, answers: _Answers, head: int | None, lines: list[int]) -> str:
    """Asks about one section until it is decided. ``later`` and ``all`` end the review."""
    _show(console, answers, head, lines)
    while True:
        try:
            command, _, rest = console.input("review> ").strip().partition(" ")
        except EOFError:
            return "later"
        match command:
            case "q":
                return "later"
            case "" | "a" if undecided := _undecided(answers, lines):
                print_lines(console, f"line {undecided} was sent back: write it otherwise (e), or reject it (r)")
            case "" | "a":
                return "all" if command else ""
            case "no":
                answers.decisions[0] = _rejected(rest)
                return "all"
            case "x" if head is not None:
                answers.decisions[head] = _rejected(rest)
                return ""
            case "t" if head is not None and rest:
                answers.decisions[head] = _edited(answers.requests[head], title=rest)
            case "e" | "r" | "w":
                _line(console, answers, lines, command, rest)
            case "p":
                console.print(Markdown(answers.requests[0]["description"]))
            case _:
                print_lines(console, *HELP)
        answers.keep()


def _undecided(answers: _Answers, lines: list[int]) -> int:
    """The first line that was sent back and about which nothing is decided; 0 for none."""
    for number, place in enumerate(lines, start=1):
        if "\nsent back:" in answers.requests[place]["description"] and answers.decisions[place]["type"] == "approve":
            return number
    return 0


def _line(console: Console, answers: _Answers, lines: list[int], command: str, rest: str) -> None:
    number, _, text = rest.partition(" ")
    if not number.isdigit() or not 1 <= int(number) <= len(lines):
        return print_lines(console, f"which line? 1 to {len(lines)}, as in: {command} 1")
    place = lines[int(number) - 1]
    request = answers.requests[place]
    if command == "w":
        return print_lines(console, request["description"])
    if command == "e" and not text.strip():
        return print_lines(console, "write the line behind its number, as in: e 1 It is faster.")
    answers.decisions[place] = _edited(request, text=text.strip()) if command == "e" else _rejected(text)
    return print_lines(console, f"line {number} is {'edited' if command == 'e' else 'rejected'}")


def _edited(request: dict[str, Any], **arguments: str) -> dict[str, Any]:
    return {"type": "edit", "edited_action": {"name": request["name"], "args": {**request["args"], **arguments}}}


def _rejected(why: str) -> dict[str, Any]:
    return {"type": "reject", **({"message": why.strip()} if why.strip() else {})}


def _show(console: Console, answers: _Answers, head: int | None, lines: list[int]) -> None:
    title = answers.requests[head]["args"]["title"] if head is not None else "Sent back"
    print_lines(console, "", Text(title, "bold"))
    for number, place in enumerate(lines, start=1):
        request = answers.requests[place]
        first, *others = request["description"].split("\n")
        why = [line for line in others if line.startswith(("left out:", "sent back:"))]
        mark = "✗" if request["name"] == "leave_out" else " "
        print_lines(console, Text(f"{mark}{number:>3}  {first}", "dim"), indent=1)
        print_lines(console, request["args"]["text"], *why, indent=6)
