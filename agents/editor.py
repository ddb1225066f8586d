"""Mends what the critic sends back, in the critic's own few words: a line is rewritten nowhere else."""

from collections.abc import Sequence

from domain.lines import Line


def edit(lines: Sequence[Line]) -> tuple[Line, ...]:
    """The lines with the proposals in their places, to be judged again. What was accepted is out of reach."""
    return tuple(_mended(line) if line.state == "pending" and line.proposal else line for line in lines)


def _mended(line: Line) -> Line:
    return line.model_copy(update={"text": line.proposal, "proposal": "", "written": line.written or line.text})
