"""What is said on the command line, made sure of: folders, files, days."""

from pathlib import Path

from digest import layout
from digest.build import Options
from digest.errors import DigestError


def refuse_output(options: Options) -> None:
    """Refuse an output folder in which the site would bury the project's own files."""
    target, root = options.output.resolve(), options.root.resolve()
    inside = target.relative_to(root).parts if target.is_relative_to(root) else ("",)
    own = (layout.SEEDS, layout.CONTENT, layout.TEMPLATES)
    if target == root or target in root.parents or inside[0] in own or inside[0].startswith("."):
        raise DigestError(
            f"the site cannot be written to {options.output}",
            "it would mix with the digest's own files; choose a folder of its own",
        )


def day(text: str, what: str = "--date") -> str:
    """Return a day as YYYY-MM-DD; `what` names it in a message."""
    from datetime import date

    try:
        return date.fromisoformat(text).isoformat() if text else ""
    except ValueError as error:
        raise DigestError(f"{what}: {text[:40]!r} is no day ({error})", "write it as 2025-08-17") from error


def inside(root: Path, name: str) -> str:
    """Return the path of a file in the project relative to it; anything else as it is."""
    path = Path(name).absolute()
    return path.relative_to(root).as_posix() if path.is_file() and path.is_relative_to(root) else name


def named(root: Path, paths: tuple[Path, ...], seeds: list[str]) -> list[str]:
    """Return the seed files at `paths`."""
    chosen: list[str] = []
    for path in paths:
        try:
            place = path if path.exists() else root / path  # from here, or from the digest's folder
            name = place.resolve().relative_to(root.resolve()).as_posix()
        except ValueError:
            name = ""
        below = [seed for seed in seeds if seed == name or seed.startswith(f"{name}/")]
        if not below or not name.startswith(layout.SEEDS):
            raise DigestError(f"{path} is no seed of this digest", f"put it into {layout.SEEDS}/ first")
        chosen += below
    return list(dict.fromkeys(chosen))
