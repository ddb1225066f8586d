"""Units, each with its dimension, and their factor to that one's base. What they are called is for languages to say."""

import re

from domain.readings import NEVER
from domain.tongues import by_languages, form, readings

_FACTORS: dict[str, dict[str, float]] = {
    "time": {
        "microsecond": 1e-6,
        "millisecond": 1e-3,
        "second": 1,
        "minute": 60,
        "hour": 3600,
        "day": 86400,
        "week": 604800,
        "month": 2629800,
        "year": 31557600,
        "decade": 315576000,
    },
    "bytes": {"kilobyte": 1e3, "megabyte": 1e6, "gigabyte": 1e9, "terabyte": 1e12},
    "bits": {"bit": 1},
    "length": {
        "nanometer": 1e-9,
        "micrometer": 1e-6,
        "millimeter": 1e-3,
        "centimeter": 1e-2,
        "meter": 1,
        "kilometer": 1e3,
        "foot": 0.3048,
        "inch": 0.0254,
        "mile": 1609.344,
    },
    "frequency": {"hertz": 1, "kilohertz": 1e3, "megahertz": 1e6, "gigahertz": 1e9},
    "fps": {"frames per second": 1},
    "decibel": {"decibel": 1},
    "power": {"milliwatt": 1e-3, "watt": 1, "kilowatt": 1e3},
    "energy": {"joule": 1},
    "angle": {"degree": 1},
    "temperature": {"degree Celsius": 1},
    "dollar": {"dollar": 1},
    "cent": {"cent": 1},
    "won": {"won": 1},
    "flops": {"megaflop": 1e6, "gigaflop": 1e9, "teraflop": 1e12},
}
_UNITS = tuple((name, dimension, factor) for dimension, row in _FACTORS.items() for name, factor in row.items())


@by_languages
def unit() -> re.Pattern[str]:
    """A unit right after a numeral; the group that matched tells which (``measured``)."""
    spelled = [each.units for each in readings()]
    forms = ("|".join(f"(?:{words[name]})" for words in spelled if name in words) or NEVER for name, *_ in _UNITS)
    return re.compile(r"(?:\s{0,5}|-)(?:" + "|".join(f"(?P<u{n}>{form})" for n, form in enumerate(forms)) + ")")


def measured(found: re.Match[str]) -> tuple[str, float]:
    """Dimension and factor of the unit that was found."""
    return _UNITS[int((found.lastgroup or "u0")[1:])][1:]


counter = form(r"(?:<some>)?\s?(?P<counter><counters>)")
