"""A test that hangs fails with the stacks of all threads, and the rest of the suite goes on.

pytest-timeout interrupts a test (`timeout` in pyproject.toml), so that what it holds, servers too, is ended by its own
fixtures. Where nothing can be interrupted (a thread that asyncio waits for after the test, a task that swallows what
cancels it) the whole process ends a minute later, and not when the bound of the teardown has passed as well; xdist
names the test and starts another worker.
"""

import asyncio
import contextlib
import faulthandler
import gc
import io
import os
import signal
import sys
from collections.abc import Generator
from pathlib import Path
from typing import Any

import pytest

GRACE = 60.0
"""Seconds beyond the bound after which what could not be interrupted is ended."""
_STDERR = pytest.StashKey[int]()
_INTERRUPTED = pytest.StashKey[bool]()


def pytest_configure(config: pytest.Config) -> None:
    """Stacks go where the command's own errors go: what tests write there is captured."""
    assert sys.__stderr__ is not None
    config.stash[_STDERR] = os.dup(sys.__stderr__.fileno())


@pytest.hookimpl(tryfirst=True)
def pytest_runtest_setup(item: pytest.Item) -> None:
    """Each phase is bounded anew: pytest-timeout bounds none that comes after a timeout."""
    _bound(item.config)


@pytest.hookimpl(tryfirst=True)
def pytest_runtest_call(item: pytest.Item) -> None:
    """As above."""
    _bound(item.config)


@pytest.hookimpl(tryfirst=True)
def pytest_runtest_teardown(item: pytest.Item) -> None:
    """As above; a test that was interrupted has had its time."""
    _bound(item.config, after=item.stash.get(_INTERRUPTED, False))


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item, call: pytest.CallInfo[Any]) -> Generator[None, Any, Any]:
    """Where asyncio waits the stack of its thread says nothing: those of its tasks say what they wait for."""
    report = yield
    if call.excinfo is not None and "from pytest-timeout" in str(call.excinfo.value):
        stacks = io.StringIO()
        for task in gc.get_objects():
            if isinstance(task, asyncio.Task) and not task.done():
                task.print_stack(file=stacks)
        report.sections.append(("Tasks of asyncio", stacks.getvalue()))
        item.stash[_INTERRUPTED] = True
    return report


@pytest.hookimpl(optionalhook=True)
def pytest_testnodedown(node: Any, error: object) -> None:
    """Servers of a worker that was ended are ended as well; they are known by the environment that xdist gave it."""
    if error is None:
        return
    worker = {
        f"PYTEST_XDIST_TESTRUNUID={node.workerinput['testrunuid']}".encode(),
        f"PYTEST_XDIST_WORKER={node.gateway.id}".encode(),
    }
    for environment in Path("/proc").glob("[0-9]*/environ"):
        with contextlib.suppress(OSError):
            if worker <= set(environment.read_bytes().split(b"\0")):
                os.kill(int(environment.parent.name), signal.SIGKILL)


def _bound(config: pytest.Config, *, after: bool = False) -> None:
    bound = 0.0 if after else float(config.getoption("timeout") or config.getini("timeout"))
    faulthandler.dump_traceback_later(bound + GRACE, exit=True, file=config.stash[_STDERR])
