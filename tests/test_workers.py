"""Parallel work: whoever does it, the results are the same."""

import os
import signal
from collections.abc import Iterator, Sequence

import pytest

from digest import workers
from digest.errors import DigestError
from digest.workers import Mapper


@pytest.fixture(params=["serial", "forked", "kept"])
def mapper(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Iterator[Mapper]:
    monkeypatch.setattr(workers, "WORTHWHILE", 4)
    monkeypatch.setattr(workers, "BATCH", 8)
    if request.param == "kept":
        with workers.kept(2) as pool, pool(2) as made:
            yield made
    else:
        with workers.workers(1 if request.param == "serial" else 2) as made:
            yield made


def squares(numbers: Sequence[int]) -> list[int]:
    return [number * number for number in numbers]


def lengths(numbers: Sequence[int]) -> int:
    return len(numbers)


def fail(numbers: Sequence[int]) -> int:
    raise DigestError(f"{numbers[0]} is wrong")


def die(numbers: Sequence[int]) -> None:
    os.kill(os.getpid(), signal.SIGKILL)


def is_ten(number: int) -> bool:
    return number == 10


def test_results_come_in_the_order_of_the_work(mapper: Mapper) -> None:
    assert [one for part in mapper(squares, range(50), 3) for one in part] == [n * n for n in range(50)]


def test_a_part_is_over_where_it_is_full_or_ended(mapper: Mapper) -> None:
    assert list(mapper(lengths, range(20), 8, is_ten)) == [8, 3, 8, 1]


def test_nothing_to_do(mapper: Mapper) -> None:
    assert list(mapper(squares, [])) == []


def test_what_goes_wrong_is_told(mapper: Mapper) -> None:
    with pytest.raises(DigestError, match="0 is wrong"):
        list(mapper(fail, range(20), 5))


def test_forked_processes_know_what_this_one_does_and_it_can_work_meanwhile(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(workers, "WORTHWHILE", 4)
    known = {number: str(number) for number in range(20)}
    done: list[int] = []
    with workers.workers(2) as mapper:
        found = mapper(
            lambda numbers: [known[number] for number in numbers], range(20), 5, None, lambda: done.append(1)
        )
        assert [text for part in found for text in part] == list(known.values())
    assert done == [1]


def test_a_process_that_was_killed_is_told() -> None:
    with workers.workers(2) as mapper, pytest.raises(DigestError, match="a process that helps was killed"):
        list(mapper(die, range(4), 1))


def test_few_things_are_done_here() -> None:
    with workers.workers(2) as mapper:
        assert list(mapper(lambda numbers: os.getpid(), range(200), 100)) == [os.getpid()] * 2
