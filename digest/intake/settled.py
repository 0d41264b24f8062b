"""Which seeds need no second look: what the memory knows of those that were imported without a mistake."""

import json
from collections.abc import Collection, Iterable, Mapping
from pathlib import Path
from typing import NamedTuple

from digest.errors import Problem
from digest.fingerprints import digest_of, is_same
from digest.inputs import Inputs
from digest.intake import compose
from digest.seeds.record import Reading
from digest.store import Memory, Seed

_NOTE = "ledgers"


class Settled(NamedTuple):
    """The seeds that need no look."""

    seeds: Collection[str]
    copied: Mapping[str, Seed]
    """What to remember of those that only have the bytes of then: restored from a copy, or of a fresh checkout."""


def find(root: Path, memory: Memory, found: Inputs, reading: Reading) -> Settled:
    """Return which seeds are as they were; none where the importer, the way of `reading` or a record of imports is another."""
    how, ledgers = _noted(memory)
    if how != _how(reading) or _digests(ledgers) != _digests(_ledgers(root, found, ledgers)):
        return Settled((), {})
    remembered = memory.seeds()
    seeds: set[str] = set()
    copied: dict[str, Seed] = {}
    known: Mapping[str, Seed] = {}
    for seed, signed in found.seeds.items():
        before = remembered.get(seed)
        if not before or not signed:
            continue
        if before != signed:
            known = known or memory.known_seeds()
            if not is_same(str(root), seed, signed, before, known[seed].digest):
                continue
            copied[seed] = known[seed]._replace(signature=signed)
        seeds.add(seed)
    return Settled(seeds, copied)


def problems(memory: Memory, seeds: Collection[str]) -> list[Problem]:
    """Return what imports told of settled `seeds`: no mistakes, but what a person may want to know."""
    told = ((seed, row.told) for seed, row in memory.known_seeds().items() if row.told)
    return [Problem(*fields) for seed, rows in told if seed in seeds for fields in json.loads(rows)]


def told(of_seed: Iterable[Problem]) -> str:
    """Return what is wrong with a seed, as the memory keeps it."""
    rows = list(of_seed)
    return json.dumps(rows) if rows else ""


def remember(root: Path, memory: Memory, found: Inputs, reading: Reading) -> None:
    """Note how seeds were read, and what the records of imports are now."""
    before = _noted(memory)
    after = _how(reading), _ledgers(root, found, before[1])
    if after != before:
        memory.set_note(_NOTE, json.dumps(after))


def _noted(memory: Memory) -> tuple[str, Mapping[str, list[str]]]:
    how, ledgers = json.loads(memory.note(_NOTE) or '["", {}]')
    return how, ledgers


def _how(reading: Reading) -> str:
    return f"{compose.IMPORTER} {reading.timezone} {reading.languages} {sorted(reading.columns.items())} {sorted(reading.off)}"


def _ledgers(root: Path, found: Inputs, before: Mapping[str, list[str]]) -> dict[str, list[str]]:
    """Return signature and digest of each record of imports; only those that are another than `before` are read."""
    return {
        path: known if (known := before.get(path)) and known[0] == signed else [signed, _digest(root / path)]
        for path, signed in found.ledgers().items()
    }


def _digests(ledgers: Mapping[str, list[str]]) -> dict[str, str]:
    return {path: digest for path, (_, digest) in ledgers.items()}


def _digest(path: Path) -> str:
    try:
        return digest_of(path.read_bytes()).hex()
    except OSError:
        return ""
