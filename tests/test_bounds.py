"""Tests that wait for ever, in a suite of their own under the bounds of this one."""

import os
import select
import signal
import subprocess
import sys
from contextlib import suppress
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
SUITE = """
import asyncio, subprocess, sys, threading
from pathlib import Path

from tests import bounds

bounds.GRACE = 5.0


def test_that_waits_for_a_lock() -> None:
    def in_a_thread() -> None:
        lock.acquire()

    lock = threading.Lock()
    with lock:
        threading.Thread(target=in_a_thread, daemon=True).start()
        lock.acquire()


async def test_that_waits_for_a_task() -> None:
    async def in_a_task() -> None:
        await asyncio.Event().wait()

    await asyncio.create_task(in_a_task())


async def test_that_cannot_be_interrupted(pytestconfig) -> None:
    server = subprocess.Popen([sys.executable, "-c", "import signal; signal.pause()"], start_new_session=True)
    Path(__file__).with_name("server").write_text(str(server.pid))
    pytestconfig.option.timeout = 3600  # not for its teardown: it has had its time
    await asyncio.to_thread(threading.Event().wait)


def test_after_them() -> None:
    pass
"""


def test_a_test_that_waits_for_ever_fails_with_what_it_waits_for_and_the_suite_goes_on(tmp_path: Path) -> None:
    (tmp_path / "test_waiting.py").write_text(SUITE)
    command = [sys.executable, "-m", "pytest", "-n", "1", "-c", str(ROOT / "pyproject.toml"), "-p", "tests.conftest"]
    command += ["--rootdir", str(tmp_path), "--basetemp", str(tmp_path / "base"), "-p", "no:cacheprovider"]
    command += ["--timeout", "3", "-rA", str(tmp_path)]
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "TMPDIR": str(tmp_path)}
    try:
        ran = subprocess.run(command, cwd=tmp_path, env=environment, capture_output=True, text=True)
        server = _ended(int((tmp_path / "server").read_text()))
    finally:
        _kill(tmp_path / "server")
    assert "4 failed, 1 passed" in ran.stdout and "PASSED test_waiting.py::test_after_them" in ran.stdout
    lock, task, held, ended = ran.stdout.split("= FAILURES =")[1].split("\n[gw0] ")[1:]
    assert "> " + " " * 10 + "lock.acquire()" in lock and "in in_a_thread\n" in lock.split("Stack of Thread")[1]
    assert "in in_a_task\n" in task.split("Tasks of asyncio")[1]
    assert "in test_that_cannot_be_interrupted\n" in held.split("Tasks of asyncio")[1]
    assert "crashed while running 'test_waiting.py::test_that_cannot_be_interrupted'" in ended
    assert "in pytest_runtest_teardown\n" in ran.stderr  # of the process, when it was ended
    assert server


def test_this_suite_is_bounded(pytestconfig: pytest.Config) -> None:
    assert pytestconfig.pluginmanager.has_plugin("tests.bounds")
    assert 0 < float(pytestconfig.getini("timeout")) < float(pytestconfig.getini("session_timeout"))


def _ended(pid: int) -> bool:
    """Whether a process that was killed has ended."""
    try:
        process = os.pidfd_open(pid)
    except ProcessLookupError:
        return True
    looked = select.poll()
    looked.register(process, select.POLLIN)
    found = looked.poll(10_000)
    os.close(process)
    return bool(found)


def _kill(server: Path) -> None:
    with suppress(FileNotFoundError, ProcessLookupError):
        os.kill(int(server.read_text()), signal.SIGKILL)
