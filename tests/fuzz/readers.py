"""Fuzz the readers of seeds with Atheris, led by what code their input reaches: `make fuzz`, or `make fuzz SECONDS=3600`.

What makes a reader raise, hang or say something untrue is kept in `tests/cases/fuzz/`, where a test holds it for ever.
"""

import hashlib
import sys
import tempfile
from pathlib import Path

import atheris

HERE = Path(__file__).parent
sys.path.insert(0, str(HERE.parent / "laws"))
with atheris.instrument_imports(include=["digest"]):
    import seed_files

NAMES = sorted(seed_files.FILES)


def one_input(data: bytes) -> None:
    """Read `data`: its first byte says which kind of file it is named as, the rest is the file."""
    name, seed = NAMES[data[0] % len(NAMES)] if data else NAMES[0], data[1:]
    try:
        assert seed_files.read(seed, name) == seed_files.read(seed, name)
    except BaseException:
        kept = HERE.parent / "cases" / "fuzz" / f"{hashlib.sha256(data).hexdigest()[:8]}-{name}"
        kept.write_bytes(seed)
        print(f"kept as {kept}", file=sys.stderr)
        raise


def main() -> None:
    """Begin with a file of every kind and the seeds of all cases; options are libFuzzer's."""
    with tempfile.TemporaryDirectory() as corpus:
        for name, seed in {**seed_files.FILES, **seed_files.of_cases()}.items():
            first = next((place for place, known in enumerate(NAMES) if name.endswith(Path(known).suffix)), 0)
            (Path(corpus) / name).write_bytes(bytes([NAMES.index(name) if name in NAMES else first]) + seed)
        atheris.Setup([*sys.argv, "-max_len=20000", "-timeout=20", f"-artifact_prefix={corpus}/", corpus], one_input)
        atheris.Fuzz()


if __name__ == "__main__":
    main()
