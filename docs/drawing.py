"""Writes ``docs/graph.md``: the drawing is made from the graph, so that it cannot tell of another one."""

import re
from pathlib import Path

from graph.daily import graph

PAGE = Path(__file__).parent / "graph.md"


def drawing() -> str:
    """The day and, in it, a desk's section, as Mermaid draws it."""
    return graph.get_graph(xray=True).draw_mermaid(with_styles=False).strip()


def page(text: str) -> str:
    """The page with the present drawing in the place of the one it has."""
    return re.sub(r"```mermaid\n.*?```", lambda _: f"```mermaid\n{drawing()}\n```", text, count=1, flags=re.DOTALL)


def main() -> None:
    PAGE.write_text(page(PAGE.read_text(encoding="utf-8")), encoding="utf-8")
    print(PAGE)


if __name__ == "__main__":
    main()
