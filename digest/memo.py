"""Functions of values need not be called again with the arguments that they had last: what they returned is remembered."""

from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Any, TypeVar

R = TypeVar("R")
Results = Mapping[tuple[str, str], tuple[tuple[Any, ...], Any]]
"""By function and purpose, the arguments and what was returned."""


class Memo:
    """Calls functions, or answers for them by what was remembered `before`; only what is asked for stays remembered.

    No argument or result may be changed afterwards.
    """

    def __init__(self, before: Results = MappingProxyType({})) -> None:
        self._before = before
        self.results: dict[tuple[str, str], tuple[tuple[Any, ...], Any]] = {}

    def __call__(self, function: Callable[..., R], purpose: str, *arguments: Any) -> R:
        """Return `function(*arguments)`; there is one memory for each `purpose`."""
        key = (function.__name__, purpose)
        found = self._before.get(key)
        if found is None or found[0] != arguments:
            found = (arguments, function(*arguments))
        self.results[key] = found
        result: R = found[1]
        return result
