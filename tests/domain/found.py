"""Texts in which a form finds something, made of the form itself: what any cheaper question has to let through."""

import re
from collections.abc import Iterator, Sequence
from importlib import import_module
from random import Random
from typing import Any

_PARSER: Any = import_module("re._parser")
_ALIKE = {"k": "kK\u212a", "s": "sS\u017f", "i": "iI\u0130\u0131"}
_ANY = "x7 _.-é가\n"
_MEMBERS = {"WORD": "bZ9_é가", "NOT_WORD": " .-«\n", "SPACE": " \n\u00a0", "DIGIT": "07\u0663", "NOT_SPACE": "q-"}


def texts(form: str, flags: int, random: Random, number: int = 12) -> Iterator[str]:
    """Some, each with something around it; fewer, or none, where the form asks for more than chance brings about."""
    compiled = re.compile(form, flags)
    tree = _PARSER.parse(form, flags)
    for _ in range(20 * number):
        ahead: list[str] = []
        inner = "".join(_made(tree, random, ahead)) + "".join(f"{random.choice(('', ' '))}{more}" for more in ahead)
        text = f"{random.choice(('', '', 'So ', '«'))}{inner}{random.choice(('', '', ' too', '».'))}"
        if compiled.search(text):
            yield text
            number -= 1
            if not number:
                return


def _made(tree: Sequence[tuple[Any, Any]], random: Random, ahead: list[str]) -> Iterator[str]:
    for kind, given in tree:
        match str(kind):
            case "LITERAL":
                letter = chr(given)
                alike = _ALIKE.get(letter.lower(), letter.lower() + letter.upper())
                yield random.choice(alike) if random.random() < 0.2 else letter
            case "IN":
                yield _member(given, random)
            case "ANY" | "NOT_LITERAL":
                yield random.choice(_ANY.replace("\n", ""))
            case "BRANCH":
                yield from _made(random.choice(given[1]), random, ahead)
            case "SUBPATTERN":
                yield from _made(given[3], random, ahead)
            case "MAX_REPEAT" | "MIN_REPEAT":
                least, most, body = given
                if ahead and str(body[0][0]) == "ANY":  # where there is room for what has to stand ahead
                    yield f" {ahead.pop()} "
                for _ in range(random.randint(least, min(int(most), least + 2))):
                    yield from _made(body, random, ahead)
            case "ASSERT" if given[0] > 0:
                ahead.append("".join(_made(given[1], random, ahead)))
            case _:
                pass


def _member(members: Sequence[tuple[Any, Any]], random: Random) -> str:
    kind, given = random.choice(members)
    match str(kind):
        case "LITERAL" if str(members[0][0]) != "NEGATE":
            return chr(given)
        case "RANGE" if str(members[0][0]) != "NEGATE":
            return chr(random.randint(*given))
        case "CATEGORY" if str(members[0][0]) != "NEGATE":
            return random.choice(_MEMBERS[str(given).removeprefix("CATEGORY_")])
        case _:
            return random.choice(_ANY)
