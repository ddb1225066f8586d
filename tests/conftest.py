"""What every test stands on: closed sockets, no keys, nothing of this machine, and nothing that is left on it."""

import ipaddress
import os
import shutil
import socket
import tempfile
from collections.abc import Iterator
from multiprocessing.util import get_temp_dir
from pathlib import Path
from typing import Any

import pytest

pytest_plugins = ["tests.bounds"]


@pytest.fixture(scope="session", autouse=True)
def nothing_left_behind(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """A test, or the product in it, that leaves something where all programs have their temporary files fills a disk in
    time. Tests have such a place of their own, which is empty when all of them are over."""
    tmp_path_factory.getbasetemp()  # lies where it always does
    get_temp_dir()  # multiprocessing's own, which it takes away when this process ends
    with tempfile.TemporaryDirectory(prefix="tests-") as place, pytest.MonkeyPatch.context() as patched:
        Path(place).chmod(0o711)  # a server of another user may have its folder there
        patched.setenv("TMPDIR", place)
        patched.setattr(tempfile, "tempdir", None)
        yield
        # Chromium takes its own away when it has ended for good, which may be later.
        left = sorted(path.name for path in Path(place).iterdir() if not path.name.startswith(".org.chromium."))
    assert not left, f"left where temporary files are: {', '.join(left)}"


@pytest.fixture(autouse=True)
def closed_sockets(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """A test may talk to this machine and to nobody else."""
    connect = socket.socket.connect

    def guarded(self: socket.socket, address: Any) -> None:
        if isinstance(address, tuple) and not _is_loopback(str(address[0])):
            raise RuntimeError(f"a test tried to reach {address[0]}")
        connect(self, address)

    monkeypatch.setattr(socket.socket, "connect", guarded)
    yield


@pytest.fixture(autouse=True)
def no_settings_of_this_machine(
    monkeypatch: pytest.MonkeyPatch, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[None]:
    """Keys, variables and an insights.toml of whoever runs the tests must not change their outcome."""
    for name in list(os.environ):
        if name.startswith(("INSIGHTS_", "OPENAI_", "LANGSMITH_", "LANGCHAIN_")) and name != "INSIGHTS_MODEL_DIR":
            monkeypatch.delenv(name)
    folder = tmp_path_factory.mktemp("cwd")
    monkeypatch.chdir(folder)
    yield
    shutil.rmtree(folder)


def _is_loopback(host: str) -> bool:
    try:
        return host == "localhost" or ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False
