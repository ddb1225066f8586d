"""Units, each with its dimension, and their factor to that one's base."""

import re

from .forms import by_languages, form, readings

_HOURS = r"(?:(?:[\x1aA-Z]+\d*|training|compute|wall-clock|human)[ -]){0,3}hours?|hrs?|h"
_UNITS: tuple[tuple[str, str, float, str], ...] = (
    # its name, by which languages give their spellings; dimension, factor to its base, English spellings and signs
    ("microsecond", "time", 1e-6, r"microseconds?|[µμ]s"),
    ("millisecond", "time", 1e-3, r"milliseconds?|ms|msec"),
    ("second", "time", 1, r"seconds?|secs?|s"),
    ("minute", "time", 60, r"minutes?|mins?"),
    ("hour", "time", 3600, _HOURS),
    ("day", "time", 86400, r"days?"),
    ("week", "time", 604800, r"weeks?"),
    ("month", "time", 2629800, r"months?"),
    ("year", "time", 31557600, r"years?"),
    ("decade", "time", 315576000, r"decades?"),
    ("kilobyte", "bytes", 1e3, r"KB|kB|kilobytes?"),
    ("megabyte", "bytes", 1e6, r"MB|megabytes?"),
    ("gigabyte", "bytes", 1e9, r"GB|gigabytes?|GiB"),
    ("terabyte", "bytes", 1e12, r"TB|terabytes?"),
    ("bit", "bits", 1, r"bits?|bit-width"),
    ("nanometer", "length", 1e-9, r"nm|nanomet(?:er|re)s?"),
    ("micrometer", "length", 1e-6, r"[µμ]m|micromet(?:er|re)s?"),
    ("millimeter", "length", 1e-3, r"mm|millimet(?:er|re)s?"),
    ("centimeter", "length", 1e-2, r"cm|centimet(?:er|re)s?"),
    ("meter", "length", 1, r"m|met(?:er|re)s?"),
    ("kilometer", "length", 1e3, r"km|kilomet(?:er|re)s?"),
    ("foot", "length", 0.3048, r"feet|foot|ft"),
    ("inch", "length", 0.0254, r"inch(?:es)?"),
    ("mile", "length", 1609.344, r"miles?"),
    ("hertz", "frequency", 1, r"Hz|hertz"),
    ("kilohertz", "frequency", 1e3, r"kHz"),
    ("megahertz", "frequency", 1e6, r"MHz"),
    ("gigahertz", "frequency", 1e9, r"GHz"),
    ("frames per second", "fps", 1, r"fps|FPS|frames? per second|frames?/s(?:ec)?"),
    ("decibel", "decibel", 1, r"dB|decibels?"),
    ("milliwatt", "power", 1e-3, r"mW|milliwatts?"),
    ("watt", "power", 1, r"W|watts?"),
    ("kilowatt", "power", 1e3, r"kW|kilowatts?"),
    ("joule", "energy", 1, r"J|joules?"),
    ("degree", "angle", 1, r"degrees?|°(?!\s?C)"),
    ("degree Celsius", "temperature", 1, r"°\s?C|℃|degrees Celsius"),
    ("dollar", "dollar", 1, r"dollars?|USD"),
    ("cent", "cent", 1, r"cents?"),
    ("won", "won", 1, r"KRW|won"),
    ("megaflop", "flops", 1e6, r"MFLOPs?|MFLOPS"),
    ("gigaflop", "flops", 1e9, r"GFLOPs?|GFLOPS"),
    ("teraflop", "flops", 1e12, r"TFLOPs?|TFLOPS"),
)

UNIT_FACTORS: tuple[tuple[str, float], ...] = tuple((dimension, factor) for _, dimension, factor, _ in _UNITS)


@by_languages
def unit() -> re.Pattern[str]:
    """A unit right after a numeral; the group ``u<n>`` that matched tells which row of ``UNIT_FACTORS``."""
    spelled = [each.units for each in readings()]
    rows = (
        (n, english, "|".join(f"(?:{words[name]})" for words in spelled if name in words) or "(?!)")
        for n, (name, *_, english) in enumerate(_UNITS)
    )
    each = "|".join(rf"(?P<u{n}>(?:{english})(?![A-Za-z0-9])|(?:{others}))" for n, english, others in rows)
    return re.compile(rf"(?:\s{{0,5}}|-)(?:{each})")


counter = form(r"(?:<some>)?\s?(?P<counter><counters>)")
