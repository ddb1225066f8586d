"""Where the command starts and ends."""

import subprocess
import sys

AT_THE_END = "import atexit, gc; atexit.register(lambda: print('kept whole:', gc.get_freeze_count() > 50_000)); "


def test_python_does_not_take_apart_at_the_end_what_was_loaded() -> None:
    command = [sys.executable, "-c", AT_THE_END + "from cli.start import main; main()", "--help"]
    ended = subprocess.run(command, capture_output=True, text=True, check=True)
    assert "Write the report of a day" in ended.stdout
    assert ended.stdout.splitlines()[-1] == "kept whole: True"
