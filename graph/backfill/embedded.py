"""What came of embedding and classifying a day, kept in one file until the day is published."""

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Self
from zipfile import BadZipFile

import numpy as np
from pydantic import TypeAdapter, ValidationError

from domain.reports import Filing
from vectorstore.prepared import Packed

_FILINGS = TypeAdapter(tuple[Filing, ...])


@dataclass(frozen=True)
class Embedded:
    """Vectors by text, and where each paper would be filed if nothing were known of it."""

    vectors: Packed
    filings: tuple[Filing, ...]

    @classmethod
    def read(cls, path: Path) -> Self | None:
        """None where it is not there, or cut off."""
        try:
            with path.open("rb") as file, np.load(file) as kept:
                names = tuple(json.loads(str(kept["names"])))
                return cls(Packed(names, kept["vectors"]), _FILINGS.validate_json(str(kept["filings"])))
        except (OSError, ValueError, KeyError, BadZipFile, ValidationError):
            return None

    def keep(self, path: Path) -> None:
        path.parent.mkdir(parents=True, exist_ok=True)
        part = path.with_name(f"{path.name}.part")
        with part.open("wb") as file:
            np.savez(
                file,
                names=np.array(json.dumps(self.vectors.names)),
                vectors=self.vectors.vectors,
                filings=np.array(_FILINGS.dump_json(self.filings).decode()),
            )
        part.replace(path)
