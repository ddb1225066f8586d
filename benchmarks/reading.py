"""What it costs to read papers, before anything else is done with them: ``python -m benchmarks.reading FILE``.

Prints the processor time of one process that reads the file once, for a first time: what forms and languages cost to
load is part of it.
"""

import sys
from collections import Counter
from pathlib import Path
from time import process_time

from sources.files import read_file

from .days import machine


def main(path: Path) -> None:
    started = process_time()
    papers, drops = read_file(path, "files")
    spent = process_time() - started
    uses = Counter(sentence.use for paper in papers for sentence in paper.sentences)
    print(f"{machine()}; {len(papers)} papers, {len(drops)} dropped, in {spent:.2f} s of one core")
    print(", ".join(f"{number} {use}" for use, number in uses.most_common()))


if __name__ == "__main__":
    main(Path(sys.argv[1]))
