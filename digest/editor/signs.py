"""Signs: what recurs in a text of a script that puts no spaces between words."""

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence

from digest.editor.inflection import SPACELESS, fold
from digest.editor.stopwords import function_words, never_topics

TITLE, LEAD, BODY = 2, 1, 0


class Seen:
    """What is known of a term while an article is read."""

    __slots__ = ("count", "forms", "is_name", "place")

    def __init__(self, is_name: bool) -> None:
        self.forms: dict[str, int] = {}
        self.count = 0
        self.place = BODY
        self.is_name = is_name

    def add(self, form: str, place: int, count: int = 1) -> None:
        """Count a mention."""
        self.forms[form] = self.forms.get(form, 0) + count
        self.count += count
        if place > self.place:
            self.place = place


_EAST_RUN = re.compile("[\u30a1-\u30fa\u3400-\u4dbf\u4e00-\u9fffー々〆ヶ・·]+|[A-Z][A-Za-z0-9]+(?: [A-Z][A-Za-z0-9]+)*")
_KATAKANA = re.compile("[\u30a1-\u30faー・]{3,}")
_ONE_KATAKANA = re.compile("[\u30a1-\u30faー]")
_HAN = re.compile("[\u3400-\u4dbf\u4e00-\u9fff々〆ヶ]{2,}")
_BOOK = re.compile("[《『]([^《》『』]{2,30})[》』]")


def in_signs(title: str, lead: str, body: str, language: str) -> dict[str, Seen]:
    """Find what recurs in a script without spaces: runs of one kind of signs in Japanese, else any string of signs."""
    pieces = ((title, TITLE), (lead, LEAD), (body, BODY))
    whole = "\n".join((title, lead, body))
    never = never_topics(language)
    candidates: dict[str, bool] = {}
    if language == "ja" or "の" in whole:
        for text, _ in pieces:
            for run in _EAST_RUN.findall(text):
                for part in (run, *_KATAKANA.findall(run), *_HAN.findall(run)):
                    if 2 <= len(part) <= 16 and part.strip("・·ー"):
                        candidates[part.strip("・·")] = "・" in part.strip("・") or part[0].isascii()
    else:
        longest = 6 if language in ("zh", "") else 14
        for text in (title, lead[:200]):
            candidates |= dict.fromkeys(_strings(text, longest, function_words(language)), False)
    candidates |= dict.fromkeys(_BOOK.findall(whole), True)
    seen: dict[str, Seen] = {}
    for candidate, is_name in candidates.items():
        if candidate in never or len(candidate) < 2 or _is_doing(candidate, whole):
            continue
        one = Seen(is_name)
        for text, place in pieces:
            if count := text.count(candidate):
                one.add(candidate, place, count)
        if one.count > 1:
            seen[fold(candidate)] = one
    return {key: one for key, one in seen.items() if not _is_part(key, one.count, seen)}


def _is_doing(candidate: str, whole: str) -> bool:
    """Tell whether a Japanese noun is mostly used as a verb: 発見された, 開催し."""
    if not _HAN.fullmatch(candidate):
        return False
    return 5 * sum(whole.count(candidate + sign) for sign in "しさすせ") > whole.count(candidate)


def _strings(text: str, longest: int, particles: Iterable[str]) -> Iterator[str]:
    """Yield the strings of signs that could be words: none begins or ends with a particle or within a sign."""
    ends = tuple(particle for particle in sorted(particles) if len(particle) == 1 or longest > 6)
    for run in re.findall(rf"{SPACELESS.pattern}+", text):
        for start in range(len(run)):
            for end in range(start + (2 if longest <= 6 else 4), min(start + longest, len(run)) + 1):
                string = run[start:end]
                if string.startswith(ends) or string.endswith(ends):
                    continue
                if (
                    unicodedata.category(string[0])[0] == "M"
                    or unicodedata.category(run[end : end + 1] or "x")[0] == "M"
                ):
                    continue
                yield string


def _is_part(key: str, count: int, seen: dict[str, Seen]) -> bool:
    """Tell whether a string stands nearly always within the same longer one."""
    return any(len(other) > len(key) and key in other and one.count * 10 >= count * 7 for other, one in seen.items())


def mentioned(text: str, signs: Mapping[str, Sequence[tuple[str, str]]]) -> Iterator[str]:
    """Yield what each string that stands in a text means; `signs` are strings and their meanings by the first sign."""
    place = 0
    while place < len(text):
        for alias, topic in signs.get(text[place], ()):
            if text.startswith(alias, place) and _is_whole_katakana(text, place, alias):
                yield topic
                place += len(alias) - 1
                break
        place += 1


def _is_whole_katakana(text: str, place: int, alias: str) -> bool:
    """Tell whether an alias at `place` is not a part of a longer word in katakana, which is written without breaks."""
    before, after = text[place - 1 : place], text[place + len(alias) : place + len(alias) + 1]
    return not (
        (_ONE_KATAKANA.match(alias[0]) and _ONE_KATAKANA.match(before))
        or (_ONE_KATAKANA.match(alias[-1]) and _ONE_KATAKANA.match(after))
    )
