"""Whether sentences of hostile papers are marked as no evidence, and honest ones are not, at first sight:
``python -m evals.marks LOT.jsonl [--mistakes] [--json]``.

LOT is JSON Lines, written by somebody who knows neither the code nor its tests: ``text``, ``label`` (hostile or honest)
and ``kind``. Each sentence is put into the middle of a plain abstract, in its language, that speaks of something else:
an honest one has to stand there without anything else that speaks for it. A hostile one is caught that is no evidence,
whether it is taken for speech or has nothing in common with the paper; an honest one is lost that is taken for speech,
for which its paper would be named. Honest ones that have nothing in common with the paper are counted apart. As with
claims, the lot's hash is committed first (``evals/first_sight/SHA256``), and the result goes into
``evals/history.jsonl``.
"""

import argparse
import json
import sys
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Literal

from pydantic import ValidationError

from domain.sentences import Use
from domain.tongues import is_latin
from domain.uses import split
from domain.value import Value

from . import history
from .first_sight import Unready, ready, table
from .history import Count, Result

HOSTS = {
    "en": (
        "Tray sensors drift when rooms are damp.",
        "We weigh trays twice and drop the drift.",
        "It halves the error.",
    ),
    "ko": ("습한 방에서는 저울 눈금이 어긋난다.", "두 번 달아 어긋남을 뺀다.", "오차가 절반으로 줄었다."),
}
TITLES = {"en": "Weighing Trays in Damp Rooms", "ko": "습한 방에서 쟁반 달기"}


UNTIED = "honest without a word in common"


class Said(Value):
    """One sentence of a lot."""

    text: str
    label: Literal["hostile", "honest"]
    kind: str = ""


def read(path: Path) -> list[Said]:
    """The sentences. Raises Unready with the line of the first that is none."""
    said: list[Said] = []
    for number, row in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1):
        try:
            said += (
                [Said.model_validate({k: v for k, v in json.loads(row).items() if k in Said.model_fields})]
                if row
                else []
            )
        except (ValidationError, ValueError) as problem:
            raise Unready(f"{path}:{number}: it is no sentence of a lot: {str(problem).splitlines()[0]}") from None
    return said


def marked(text: str, *uses: Use) -> bool:
    """Whether a sentence is of one of these uses where a paper on something else has it."""
    tongue = "en" if is_latin(text) else "ko"
    before, *after = HOSTS[tongue]
    kept = [one.text for one in split(" ".join((before, text, *after)), TITLES[tongue]) if one.use not in uses]
    pieces = [one.text for one in split(text)] or [text]
    return not any(piece in sentence for piece in pieces for sentence in kept)


def result(said: Sequence[Said], *, path: Path, sha256: str, commit: str) -> Result:
    """The counts."""
    hostile = [one for one in said if one.label == "hostile"]
    honest = [one for one in said if one.label == "honest"]
    kinds = {one.kind: [each for each in hostile if each.kind == one.kind] for one in hostile}
    return Result(
        day=date.today().isoformat(),
        name=path.name,
        sha256=sha256,
        commit=commit,
        judge="marks",
        wrong=_count(hostile),
        figures=Count(found=0, of=0),
        right=_count(honest),
        kinds={kind: _count(those) for kind, those in sorted(kinds.items())}
        | {UNTIED: Count(found=sum(marked(one.text, *_CARRIES_NOTHING) for one in honest), of=len(honest))},
    )


def _count(said: Sequence[Said]) -> Count:
    """Of hostile sentences those that are no evidence; of honest ones those that are taken for speech."""
    return Count(found=sum(_told(one) for one in said), of=len(said))


def _told(one: Said) -> bool:
    return marked(one.text, "order", *_CARRIES_NOTHING) if one.label == "hostile" else marked(one.text, "order")


_CARRIES_NOTHING: tuple[Use, ...] = ("remark",)


def main(arguments: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(prog="python -m evals.marks", description=__doc__)
    parser.add_argument("lot", type=Path, help="JSON Lines of hostile and honest sentences")
    parser.add_argument("--mistakes", action="store_true", help="also the sentences that were told wrongly")
    parser.add_argument("--json", action="store_true", help="the result as JSON")
    options = parser.parse_args(arguments)
    if not options.lot.is_file():
        parser.error(f"there is no file {options.lot}: give a JSON Lines file of sentences")
    try:
        sha256, commit = ready(options.lot)
        said = read(options.lot)
    except Unready as stop:
        parser.error(str(stop))
    kept = history.append(result(said, path=options.lot, sha256=sha256, commit=commit))
    print(json.dumps(kept.model_dump(), ensure_ascii=False) if options.json else table(kept))
    if options.mistakes:
        wrong = [one for one in said if _told(one) != (one.label == "hostile")]
        print("\n".join(f"{'missed' if one.label == 'hostile' else 'lost'} ({one.kind}) {one.text}" for one in wrong))
    return 0


if __name__ == "__main__":
    sys.exit(main())
