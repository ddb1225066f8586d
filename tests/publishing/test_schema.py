"""The JSON schemas that are shipped for those who read the published data."""

import json
from collections.abc import Callable
from pathlib import Path

import jsonschema
import pytest

import publishing
from domain.reports import Receipt, Report
from publishing.schema import schemas

HOME = Path(publishing.__file__).parent


def shipped(name: str) -> dict[str, object]:
    return json.loads((HOME / f"{name}.schema.json").read_text(encoding="utf-8"))


def test_the_shipped_schemas_are_those_of_the_types() -> None:
    for name, text in schemas().items():
        assert (HOME / name).read_text(encoding="utf-8") == text, "run python -m publishing.schema"


@pytest.mark.parametrize("kind", ["report", "quoted", "quiet", "trending"])
def test_a_published_report_and_its_receipt_hold_to_the_schemas(
    kind: str, request: pytest.FixtureRequest, receipt_of: Callable[[Report], Receipt]
) -> None:
    day: Report = request.getfixturevalue(kind)
    jsonschema.validate(json.loads(day.model_dump_json()), shipped("report"))
    jsonschema.validate(json.loads(receipt_of(day).model_dump_json()), shipped("receipt"))


def test_the_schemas_refuse_what_is_no_published_report(report: Report) -> None:
    whole = json.loads(report.model_dump_json())
    without_day = {name: value for name, value in whole.items() if name != "day"}
    for broken in ({**whole, "status": "fine"}, {**whole, "mood": "good"}, without_day):
        with pytest.raises(jsonschema.ValidationError):
            jsonschema.validate(broken, shipped("report"))
