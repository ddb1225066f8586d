"""What a model's tokens cost, from the table in ``prices.toml`` and from whoever knows better."""

import os
from collections.abc import Mapping, Sequence
from datetime import date
from fnmatch import fnmatchcase
from functools import lru_cache
from pathlib import Path
from typing import cast
from urllib.parse import urlsplit

from pydantic import NonNegativeFloat, TypeAdapter, ValidationError

from domain.errors import FileError, Slip
from domain.value import Value
from prompts.texts import read_text, read_toml

from .loose import as_dict

FILE = Path(__file__).with_name("prices.toml")

_ROW = TypeAdapter(tuple[NonNegativeFloat, NonNegativeFloat, NonNegativeFloat])


class Price(Value):
    """US dollars for a million tokens."""

    input: float
    cached: float
    """Of those in that the server had in its cache."""
    output: float

    def of(self, tokens_in: int, cached: int, tokens_out: int) -> float:
        """US dollars. ``cached``: how many of those in the server had in its cache."""
        return ((tokens_in - cached) * self.input + cached * self.cached + tokens_out * self.output) / 1e6


class PriceTable(Value):
    """Prices by model, and when somebody last compared them with the providers' own."""

    checked: date
    prices: dict[str, Price]
    """By PROVIDER:NAME, in which * stands for any text; the first that fits holds."""

    def of(self, spec: str) -> Price | None:
        return next((price for pattern, price in self.prices.items() if fnmatchcase(spec, pattern)), None)


def price(numbers: Sequence[float]) -> Price:
    """Of [in, out], or [in, in from the server's cache, out]: without a price of their own, cached tokens cost what
    others do."""
    return Price(input=numbers[0], cached=numbers[-2], output=numbers[-1])


def price_of(spec: str, own: Mapping[str, Sequence[float]]) -> Price | None:
    """The price of ``PROVIDER:NAME``; None where nobody knows it. ``own``: prices by name, or by PROVIDER:NAME, which
    come before those of the file."""
    provider, _, name = spec.partition(":")
    if numbers := own.get(spec) or own.get(name):
        return price(numbers)
    host = urlsplit(os.environ.get("OPENAI_BASE_URL", "")).hostname
    return None if provider == "openai" and host not in (None, "api.openai.com") else load_prices().of(spec)


@lru_cache(maxsize=4)
def load_prices(file: Path = FILE) -> PriceTable:
    """The table. Raises FileError with every row that is no price."""
    values = read_toml(file).values
    checked, rows = values.get("checked"), values.get("prices")
    if values.keys() != {"checked", "prices"} or not isinstance(checked, date) or not isinstance(rows, dict):
        raise FileError(Slip(file, 1, "expected 'checked = YEAR-MONTH-DAY' and a table [prices], and nothing else"))
    prices: dict[str, Price] = {}
    slips: list[Slip] = []
    for pattern, numbers in as_dict(cast(object, rows)).items():
        try:
            prices[pattern] = price(_ROW.validate_python(numbers))
        except ValidationError:
            lines = enumerate(read_text(file).splitlines(), start=1)
            line = next((n for n, text in lines if text.strip().startswith(f'"{pattern}"')), 1)
            slips.append(Slip(file, line, f'expected "{pattern}" = [in, in from the server\'s cache, out]'))
    if slips:
        raise FileError(*slips)
    return PriceTable(checked=checked, prices=prices)
