"""Counts what the model was asked and what it cost, across interruptions, and stops a run before its budget is spent.

The counts lie in a small SQLite file, so that a run that was killed goes on counting where it stopped.
"""

import math
import sqlite3
import threading
from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Literal

from domain.reports import Usage
from domain.value import Value

from .llm import StopRun

Outcome = Literal["answered", "bad", "failed", "cached"]
"""``bad``: an answer that could not be used. ``failed``: no answer. ``cached``: answered before, at no cost."""


class Price(Value):
    """US dollars for a million tokens."""

    input: float
    output: float


class BudgetSpent(StopRun):
    """The next call could exceed the budget. The run can be resumed with a larger one."""


class Call(Value):
    """One request and its outcome."""

    agent: str
    prompt: str
    """``name@version``."""
    model: str
    category: str | None
    outcome: Outcome
    input_tokens: int = 0
    output_tokens: int = 0


class Meter:
    """The calls of one run. Safe to use from several threads; one run at a time per file and day."""

    def __init__(
        self,
        path: Path,
        *,
        prices: Mapping[str, Price] | None = None,
        budget_tokens: int | None = None,
        budget_usd: float | None = None,
    ) -> None:
        """``prices`` by model name, for costs and for a budget in money; without one a cost is unknown, not zero."""
        self._path = path
        self._prices = dict(prices or {})
        self._budget_tokens = budget_tokens
        self._budget_usd = budget_usd
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
        cost = self._cost(model, input_tokens, output_tokens) or 0.0
        with self._lock:
            tokens, spent = self._spent()
            tokens += input_tokens + output_tokens
            spent += cost
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
            tokens += sum(t for t, _ in self._reserved.values())
            spent += sum(c for _, c in self._reserved.values())
            if tokens > (self._budget_tokens or tokens) or spent > (self._budget_usd or spent):
                return None
            ticket = max(self._reserved, default=0) + 1
            self._reserved[ticket] = (input_tokens + output_tokens, cost)
            return ticket

    def settle(self, ticket: int, call: Call) -> None:
        """Records what the call really used."""
        with self._lock:
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
                "SELECT agent, prompt, model, category, count(*), sum(outcome IN ('failed', 'bad')), "
                "sum(outcome = 'cached'), sum(input), sum(output) FROM calls WHERE run = ? "
                "GROUP BY agent, prompt, model, category ORDER BY agent, prompt, model, category",
                (self._run,),
            ).fetchall()
        return tuple(
            Usage(
                agent=agent,
                prompt=prompt,
                model=model,
                category=category or None,
                calls=calls,
                failed=failed,
                cached=cached,
                input_tokens=tokens_in,
                output_tokens=tokens_out,
                cost=self._cost(model, tokens_in, tokens_out),
            )
            for agent, prompt, model, category, calls, failed, cached, tokens_in, tokens_out in rows
        )

    def _spent(self) -> tuple[int, float]:
        with self._connect() as db:
            rows = db.execute(
                "SELECT model, sum(input), sum(output) FROM calls WHERE run = ? GROUP BY model", (self._run,)
            ).fetchall()
        return sum(i + o for _, i, o in rows), sum(self._cost(m, i, o) or 0.0 for m, i, o in rows)

    def _cost(self, model: str, input_tokens: int, output_tokens: int) -> float | None:
        price = self._prices.get(model)
        return (input_tokens * price.input + output_tokens * price.output) / 1e6 if price else None

    def _insert(self, call: Call) -> None:
        with self._connect() as db:
            db.execute(
                "INSERT INTO calls VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
                (
                    *(self._run, call.agent, call.prompt, call.model, call.category or ""),
                    *(call.outcome, call.input_tokens, call.output_tokens),
                ),
            )

    def _connect(self) -> "_Connection":
        return _Connection(self._path)


class _Connection:
    """A transaction on the file; closed at its end (sqlite3's own context manager leaves it open)."""

    def __init__(self, path: Path) -> None:
        path.parent.mkdir(parents=True, exist_ok=True)
        self._db = sqlite3.connect(path)
        self._db.execute(
            "CREATE TABLE IF NOT EXISTS calls (run TEXT, agent TEXT, prompt TEXT, model TEXT, category TEXT, "
            "outcome TEXT, input INTEGER, output INTEGER)"
        )

    def __enter__(self) -> sqlite3.Connection:
        return self._db

    def __exit__(self, kind: object, *_: object) -> None:
        if kind is None:
            self._db.commit()
        self._db.close()


def estimate_tokens(text: str) -> int:
    """An upper estimate of the tokens of a text: one for three UTF-8 bytes (English has about four, Hangul three)."""
    return math.ceil(len(text.encode()) / 3)
