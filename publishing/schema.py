"""The JSON schemas of the published data. ``python -m publishing.schema`` writes them anew after a change of types."""

import json
from pathlib import Path

from domain.audits import Audit
from domain.reports import Receipt, Report
from domain.weeks import Week

PublishedModel = type[Report] | type[Receipt] | type[Audit] | type[Week]
_PUBLISHED: dict[str, PublishedModel] = {
    "report": Report,
    "receipt": Receipt,
    "audit": Audit,
    "week": Week,
}


def schemas() -> dict[str, str]:
    """File name to text of each schema, as it belongs beside this module."""
    return {f"{name}.schema.json": _schema(model) for name, model in _PUBLISHED.items()}


def _schema(model: PublishedModel) -> str:
    schema = {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        **model.model_json_schema(mode="serialization"),
    }
    return json.dumps(schema, indent=2, ensure_ascii=False) + "\n"


def main() -> None:
    for name, text in schemas().items():
        Path(__file__).with_name(name).write_text(text, encoding="utf-8", newline="\n")


if __name__ == "__main__":
    main()
