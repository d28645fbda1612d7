"""The table of news agencies, `gold/agencies.json`: canonical names and aliases."""

import hashlib
from functools import lru_cache

import msgspec
from msgspec import Struct

from benchmark.folding import clash, fold
from benchmark.sets import gold_root


class Agency(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A news agency. `country` is ISO 3166-1 alpha-2; `wikidata` null unless certain."""

    name: str
    aliases: tuple[str, ...]
    country: str | None
    kind: str
    wikidata: str | None


class AgencyTable(Struct, frozen=True, forbid_unknown_fields=True):
    """The file as it is stored."""

    version: int
    agencies: tuple[Agency, ...]


class Agencies:
    """Resolves a string to the canonical name of an agency."""

    def __init__(self, table: AgencyTable) -> None:
        self.table = table
        self.names = frozenset(agency.name for agency in table.agencies)
        self.digest = hashlib.sha256(msgspec.json.encode(table)).hexdigest()
        self._folded: dict[str, list[tuple[str, str]]] = {}
        for agency in table.agencies:
            for name in (agency.name, *agency.aliases):
                self._folded.setdefault(fold(name), []).append((name, agency.name))

    def resolve(self, name: str) -> str | None:
        """The canonical name of the agency that the string names, or None."""
        if name in self.names:
            return name
        candidates = self._folded.get(fold(name), ())
        found = {agency for alias, agency in candidates if not clash(alias, name.strip())}
        return found.pop() if len(found) == 1 else None


@lru_cache(maxsize=1)
def load_agencies() -> Agencies:
    """The shipped table, read once."""
    data = (gold_root() / "agencies.json").read_bytes()
    return Agencies(msgspec.json.decode(data, type=AgencyTable))
