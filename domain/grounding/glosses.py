"""A figure that is said twice, once in each script: 2,500억(250 billion), 최대 1.3배(1.3x)."""

import re

from .quantities import quantities

_BRACKETED = re.compile(r"\s?\(([^()]{1,30})\)")
_NEAR = 3
"""Letters that may stand between a figure and its bracket: a counter."""


def unglossed(text: str) -> str:
    """The text without brackets that say the figure before them again: what bounds that figure bounds both.

    >>> unglossed("2,500억(250 billion) 토큰을 넘는 학습, 3배(4x)")
    '2,500억 토큰을 넘는 학습, 3배(4x)'
    """
    return _BRACKETED.sub(lambda found: "" if _says_again(text[: found.start()], found[1]) else found[0], text)


def _says_again(before: str, gloss: str) -> bool:
    inside, outside = quantities(gloss), quantities(before)
    if len(inside) != 1 or not outside:
        return False
    one, other = inside[0], outside[-1]
    alone = not (gloss[: one.start] + gloss[one.end :]).strip()
    same = (one.kind, one.dimension, one.value) == (other.kind, other.dimension, other.value)
    return alone and same and len(before) - other.end <= _NEAR
