"""How Japanese speaks to whoever reads a paper. In verbose form, case apart."""

from domain.speaking import Gated, Speaking

SPEAKING = Speaking(it="それ", orders=(Gated("[いせこ]", ("(?:ください|せよ|しなさい|すること)[。.!]?$",)),))
