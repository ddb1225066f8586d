"""Counts what the model was asked and what it cost, across interruptions, and stops a run before its budget is spent.

The counts lie in a small SQLite file, so that a run that was killed goes on counting where it stopped.
"""

import sqlite3
import threading
from collections import Counter
from collections.abc import Generator, Mapping
from contextlib import AbstractContextManager, contextmanager
from datetime import date
from pathlib import Path
from typing import Literal, NamedTuple, Protocol

from domain.reports import Usage
from domain.value import Value

from .llm import StopRun
from .prices import Price

CallOutcome = Literal["answered", "bad", "cut", "babbled", "failed", "cached"]
"""``bad``: an answer that could not be used. ``cut``: one that ran into its length limit. ``babbled``: one that went
round in circles or had no end, and was stopped. ``failed``: no answer. ``cached``: answered before, at no cost."""


class BudgetSpent(StopRun):
    """The next call could exceed the budget. The run can be resumed with a larger one."""


class Call(Value):
    """One request and its outcome."""

    agent: str
    prompt: str
    """``name@version``."""
    model: str
    category: str | None
    outcome: CallOutcome
    input_tokens: int = 0
    cached_tokens: int = 0
    """Those of them that the server had in its cache, where it told."""
    output_tokens: int = 0
    part: str = ""
    """What of the agent's work it was."""
    canaries_in: int = 0
    """Tokens that were there to watch the model, estimated."""
    canaries_out: int = 0
    estimated: bool = False
    """The server told no token counts, so these are ours, rather too high than too low."""


class Sums(NamedTuple):
    """What was taken of a budget."""

    tokens: int = 0
    cost: float = 0.0
    """In US dollars."""


class Pot(Protocol):
    """A budget that several runs share."""

    def turn(self, run: str) -> AbstractContextManager[tuple[Sums, Sums]]:
        """Keeps the others away, and tells what they have spent and what they have set aside."""
        ...

    def tell(self, run: str, spent: Sums, aside: Sums) -> None:
        """What a run has spent and set aside; within its turn."""
        ...


class Meter:
    """The calls of one run. Safe to use from several threads; one run at a time per file and day."""

    def __init__(
        self,
        path: Path,
        *,
        prices: Mapping[str, Price] | None = None,
        budget_tokens: int | None = None,
        budget_usd: float | None = None,
        pot: Pot | None = None,
    ) -> None:
        """``prices`` by model name, for costs and for a budget in money; without one a cost is unknown, not zero. The
        budget counts every token in as if no server had it in its cache until a call has ended and tells. ``pot``: what
        it is taken from, where other runs take from it too."""
        self._path = path
        self._prices = dict(prices or {})
        self._budget_tokens = budget_tokens
        self._budget_usd = budget_usd
        self._pot = pot
        self._run = ""
        self._reserved: dict[int, tuple[int, float]] = {}
        self._lock = threading.Lock()

    def start(self, day: date, language: str) -> None:
        """A day that is run afresh counts from zero."""
        self.resume(day, language)
        with self._connect() as db:
            db.execute("DELETE FROM calls WHERE run = ?", (self._run,))

    def resume(self, day: date, language: str) -> None:
        """A day that was cut off goes on counting."""
        self._run = f"{day}:{language}"

    def reserve(self, model: str, input_tokens: int, output_tokens: int) -> int | None:
        """Sets aside what a call may use at most; returns a ticket for ``settle``. Raises BudgetSpent.

        None when the budget would suffice but for what is set aside for other calls: most of that comes back.
        """
        cost = self._cost(model, input_tokens, 0, output_tokens) or 0.0
        with self._turn() as (others, others_aside):
            own = self._spent()
            tokens = own.tokens + others.tokens + input_tokens + output_tokens
            spent = own.cost + others.cost + cost
            if self._budget_tokens is not None and tokens > self._budget_tokens:
                raise BudgetSpent(
                    f"the next call could take the run to {tokens:,} tokens; its budget is {self._budget_tokens:,}. "
                    "Raise budget_tokens and run the same command: it goes on where it stopped"
                )
            if self._budget_usd is not None:
                if model not in self._prices:
                    raise StopRun(f"a budget in money needs the price of {model}: set prices in insights.toml")
                if spent > self._budget_usd:
                    raise BudgetSpent(
                        f"the next call could take the run to ${spent:.4f}; its budget is ${self._budget_usd:.4f}. "
                        "Raise budget_usd and run the same command: it goes on where it stopped"
                    )
            tokens += self._aside().tokens + others_aside.tokens
            spent += self._aside().cost + others_aside.cost
            if tokens > (self._budget_tokens or tokens) or spent > (self._budget_usd or spent):
                return None
            ticket = max(self._reserved, default=0) + 1
            self._reserved[ticket] = (input_tokens + output_tokens, cost)
            return ticket

    def settle(self, ticket: int, call: Call) -> None:
        """Records what the call really used."""
        with self._turn():
            self._reserved.pop(ticket, None)
            self._insert(call)

    def record(self, call: Call) -> None:
        """Records a call that needed no reservation, such as a cached one."""
        with self._lock:
            self._insert(call)

    def usage(self) -> tuple[Usage, ...]:
        """The run's calls, by agent, prompt version, model and category. Cached ones cost nothing and are counted."""
        with self._connect() as db:
            rows = db.execute(
                "SELECT agent, prompt, model, category, part, count(*), sum(outcome NOT IN ('answered', 'cached')), "
                "sum(outcome = 'cached'), sum(input), sum(cached), sum(output), sum(canaries_in), "
                "sum(canaries_out) FROM calls WHERE run = ? "
                "GROUP BY agent, prompt, model, category, part ORDER BY agent, prompt, model, category, part",
                (self._run,),
            ).fetchall()
        return tuple(
            Usage(
                agent=agent,
                prompt=prompt,
                model=model,
                category=category or None,
                part=part,
                calls=calls,
                failed=failed,
                cached=kept,
                input_tokens=tokens_in,
                cached_tokens=cached,
                output_tokens=tokens_out,
                canaries_in=watching_in,
                canaries_out=watching_out,
                cost=self._cost(model, tokens_in, cached, tokens_out),
                canaries_cost=self._cost(model, watching_in, 0, watching_out),
            )
            for agent, prompt, model, category, part, calls, failed, kept, *tokens in rows
            for tokens_in, cached, tokens_out, watching_in, watching_out in [tokens]
        )

    def outcomes(self) -> Counter[CallOutcome]:
        """How many of the run's calls ended how."""
        with self._connect() as db:
            rows = db.execute("SELECT outcome, count(*) FROM calls WHERE run = ? GROUP BY outcome", (self._run,))
            return Counter(dict(rows.fetchall()))

    def notes(self) -> tuple[str, ...]:
        """What the counts by agent do not tell: answers that were cut or stopped, tokens that were estimated."""
        with self._connect() as db:
            rows = db.execute(
                "SELECT model, sum(outcome = 'cut'), sum(outcome = 'babbled'), sum(estimated) FROM calls WHERE run = ? "
                "GROUP BY model ORDER BY model",
                (self._run,),
            ).fetchall()
        kinds = (_CUT, _BABBLED, _GUESSED)
        return tuple(
            f"{model}: {' and '.join(_counted(n, words) for n, words in zip(counts, kinds, strict=True) if n)}"
            for model, *counts in rows
            if any(counts)
        )

    @contextmanager
    def _turn(self) -> Generator[tuple[Sums, Sums]]:
        """One at a time, also among those who share the budget; what they have spent and set aside."""
        with self._lock:
            if self._pot is None:
                yield Sums(), Sums()
                return
            with self._pot.turn(self._run) as others:
                yield others
                self._pot.tell(self._run, self._spent(), self._aside())

    def _aside(self) -> Sums:
        """What is set aside for the calls under way."""
        return Sums(sum(t for t, _ in self._reserved.values()), sum(c for _, c in self._reserved.values()))

    def _spent(self) -> Sums:
        with self._connect() as db:
            rows = db.execute(
                "SELECT model, sum(input), sum(cached), sum(output) FROM calls WHERE run = ? GROUP BY model",
                (self._run,),
            ).fetchall()
        return Sums(sum(i + o for _, i, _, o in rows), sum(self._cost(*row) or 0.0 for row in rows))

    def _cost(self, model: str, tokens_in: int, cached: int, tokens_out: int) -> float | None:
        price = self._prices.get(model)
        return price.of(tokens_in, cached, tokens_out) if price else None

    def _insert(self, call: Call) -> None:
        with self._connect() as db:
            db.execute(
                "INSERT INTO calls (run, agent, prompt, model, category, outcome, input, cached, output, estimated, "
                "part, canaries_in, canaries_out) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
                (
                    *(self._run, call.agent, call.prompt, call.model, call.category or "", call.outcome),
                    *(call.input_tokens, call.cached_tokens, call.output_tokens, call.estimated),
                    *(call.part, call.canaries_in, call.canaries_out),
                ),
            )

    def _connect(self) -> "_Connection":
        return _Connection(self._path)


class _Connection:
    """A transaction on the file; closed at its end (sqlite3's own context manager leaves it open).

    Raises StopRun where the file cannot be used: a run that cannot count what it costs must not go on.
    """

    def __init__(self, path: Path) -> None:
        self._path = path
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            self._db = sqlite3.connect(path, timeout=_PATIENCE)
        except (sqlite3.Error, OSError) as error:
            raise self._stop(error) from error
        try:
            self._db.execute(f"CREATE TABLE IF NOT EXISTS calls ({', '.join((*_COLUMNS, *_SINCE))})")
            if self._missing():  # an older file
                self._db.execute("BEGIN IMMEDIATE")  # one process adds them, and the others then find them there
                for column in self._missing():
                    self._db.execute(f"ALTER TABLE calls ADD COLUMN {column}")
                self._db.commit()
        except sqlite3.Error as error:
            self._db.close()
            raise self._stop(error) from error

    def _missing(self) -> list[str]:
        there = {row[1] for row in self._db.execute("PRAGMA table_info(calls)")}
        return [column for column in _SINCE if column.split()[0] not in there]

    def __enter__(self) -> sqlite3.Connection:
        return self._db

    def __exit__(self, kind: object, error: BaseException | None, _: object) -> None:
        try:
            if kind is None:
                self._db.commit()
        except sqlite3.Error as fault:
            error = fault
        finally:
            self._db.close()
        if isinstance(error, sqlite3.Error):
            raise self._stop(error) from error

    def _stop(self, error: Exception) -> StopRun:
        return StopRun(f"what the model costs cannot be counted in {self._path}: {error}. Mend that and run again")


_PATIENCE = 30.0
"""Seconds for others that write the file."""
_COLUMNS = (
    *("run TEXT", "agent TEXT", "prompt TEXT", "model TEXT", "category TEXT", "outcome TEXT"),
    *("input INTEGER", "output INTEGER"),
)
_SINCE = (
    "estimated INTEGER DEFAULT 0",
    "cached INTEGER DEFAULT 0",
    "part TEXT DEFAULT ''",
    "canaries_in INTEGER DEFAULT 0",
    "canaries_out INTEGER DEFAULT 0",
)
"""Columns that the first version of the file did not have."""
_CUT = ("answer was cut off at its length limit", "answers were cut off at their length limit")
_BABBLED = ("answer was stopped as babble", "answers were stopped as babble")
_GUESSED = ("answer came without token counts: estimated", "answers came without token counts: estimated")


def _counted(number: int, words: tuple[str, str]) -> str:
    return f"{number} {words[number != 1]}"
