"""The drawing of the graph is of the graph."""

from docs.drawing import PAGE, page


def test_the_drawing_in_the_documentation_is_current() -> None:
    shown = PAGE.read_text(encoding="utf-8")
    assert "section" in shown and page(shown) == shown, "run `make drawing` and look at what it changed"
