"""Counts the phrase table that stories are weighed against: ``python -m evals.phrase_table PAPERS.jsonl.xz``.

PAPERS: one JSON object per line with ``title`` and ``abstract``. Writes ``agents/phrases.json.gz``.
"""

import gzip
import json
import lzma
import sys
from collections.abc import Iterator
from pathlib import Path

from agents.extract import PHRASES, background_table


def texts(path: Path) -> Iterator[str]:
    with lzma.open(path, "rt", encoding="utf-8") as lines:
        for line in lines:
            paper = json.loads(line)
            yield f"{paper['title']}. {paper['abstract']}"


def main() -> None:
    table = background_table(texts(Path(sys.argv[1])), at_least=150)
    data = json.dumps(table, ensure_ascii=False, separators=(",", ":")).encode()
    # No name and no date inside: the same papers give the same file.
    with PHRASES.open("wb") as file, gzip.GzipFile(fileobj=file, mode="wb", mtime=0, filename="") as packed:
        packed.write(data)
    print(f"{PHRASES}: {len(table['phrases'])} phrases of {table['papers']} papers, {PHRASES.stat().st_size} bytes")  # type: ignore[arg-type]


if __name__ == "__main__":
    main()
