"""The server for looking at a site says what went wrong, and nothing of a browser that went on."""

from pathlib import Path

import pytest

from publishing.site.server import open_server


@pytest.mark.parametrize(
    ("fault", "told"), [(BrokenPipeError(), ""), (ConnectionResetError(), ""), (ValueError("torn"), "ValueError: torn")]
)
def test_a_browser_that_goes_on_is_nothing_to_tell_but_a_fault_is(
    fault: Exception, told: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with open_server(tmp_path, port=0) as server:
        try:
            raise fault
        except Exception:
            server.handle_error(b"", ("127.0.0.1", 1))
    shown = capsys.readouterr().err
    assert told in shown if told else shown == ""
