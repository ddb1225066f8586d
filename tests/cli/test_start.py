"""Where the command starts and ends."""

import signal
import subprocess
import sys

import pytest

AT_THE_END = "import atexit, gc; atexit.register(lambda: print('kept whole:', gc.get_freeze_count() > 50_000)); "


def test_python_does_not_take_apart_at_the_end_what_was_loaded() -> None:
    command = [sys.executable, "-c", AT_THE_END + "from cli.start import main; main()", "--help"]
    ended = subprocess.run(command, capture_output=True, text=True, check=True)
    assert "Write the report of a day" in ended.stdout
    assert ended.stdout.splitlines()[-1] == "kept whole: True"


WHILE_LOADING = """
import builtins, os, signal, sys
load = __import__
signal.signal(signal.SIGINT, signal.default_int_handler)  # a shell's background ignores it

def stopped(name, *given):
    if name == "typer":
        os.kill(os.getpid(), signal.{signal})
    return load(name, *given)

builtins.__import__ = stopped
from cli.start import main
main()
"""


@pytest.mark.parametrize(("number", "name", "code"), [(signal.SIGTERM, "SIGTERM", 143), (signal.SIGINT, "Ctrl-C", 130)])
def test_a_command_that_is_stopped_while_it_is_loaded_says_so(number: signal.Signals, name: str, code: int) -> None:
    command = [sys.executable, "-c", WHILE_LOADING.format(signal=number.name), "--help"]
    ended = subprocess.run(command, capture_output=True, text=True, check=False)
    assert (ended.returncode, ended.stderr) == (code, f"insights: stopped by {name}; nothing was begun\n")
