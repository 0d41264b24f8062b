"""What functions returned is remembered for the arguments that they had last."""

from digest.memo import Memo


def length(text: str) -> int:
    called.append(text)
    return len(text)


called: list[str] = []


def test_with_the_same_arguments_a_function_is_not_called_again() -> None:
    first = Memo()
    assert (first(length, "title", "Rain"), first(length, "text", "Rain falls")) == (4, 10)
    called.clear()
    second = Memo(first.results)
    assert (second(length, "title", "Rain"), second(length, "text", "It dries")) == (4, 8)
    assert called == ["It dries"]


def test_what_is_not_asked_for_is_forgotten() -> None:
    first = Memo()
    first(length, "title", "Rain")
    assert Memo(first.results).results == {}
