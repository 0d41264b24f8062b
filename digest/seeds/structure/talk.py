"""What is said: the questions of an interview, what people say in turn, quotations that stand alone."""

import re

from digest.seeds.structure.forms import MAX_HEADING, Say, Text
from digest.seeds.structure.headings import is_quotation
from digest.seeds.structure.rules import ASKS, COLONS, ME, QUESTION_SIGNS, QUOTES, YOU, YOU_IN_CAPITALS

MAX_TEXT = 200_000
"""Characters of an article in which quotations are looked for once more."""
PULLED = 25
"""Characters of a quotation that, found in the text again, was pulled out of it."""

_SPEAKER = re.compile(r"([^\W\d_][^:：\n]{0,40}?) ?[:：]\s?(?=\S)")
_SIGNED = re.compile(r"[—–-]{1,2} ?[^\W\d_].{2,80}")
_YOU = re.compile(YOU, re.IGNORECASE)
_ME = re.compile(ME, re.IGNORECASE)
_YOU_IN_CAPITALS = re.compile(YOU_IN_CAPITALS)


def questions(text: Text, say: Say) -> set[int]:
    """Return the questions of an interview: they take turns with answers, and are put to a person, or signed."""
    if "interview" in text.off:
        return set()
    signed = [place for place in text.forms if text.at(place).startswith(QUESTION_SIGNS) and _is_bare(text.at(place))]
    if len(signed) > 2:
        say("interview", signed[0])
        return set(signed)
    asked = [place for place, form in text.forms.items() if form.end in ASKS and _is_question(text.at(place))]
    if len(asked) < 3:
        return set()
    among = set(asked)
    below = dict(zip(text.own, text.own[1:], strict=False))
    answers = [below[place] for place in asked if place in below and below[place] not in among]
    span = text.own.index(asked[-1]) - text.own.index(asked[0]) + 1
    if len(answers) < 0.6 * len(asked) or len(asked) < 0.18 * span:
        return set()
    quoted = sum(text.at(place)[0] in QUOTES for place in answers)
    personal = sum(_is_put_to_a_person(text.at(place)) for place in asked)
    if personal >= 0.4 * len(asked):
        told = sum(_ME.search(text.at(place)) is not None for place in answers)
        personal = personal if told >= 0.4 * len(answers) else 0
    long = sum(text.width(place) > MAX_HEADING for place in asked)
    if quoted >= 0.6 * len(answers) or personal >= 0.4 * len(asked) or (long > 2 and long >= 0.3 * len(asked)):
        say("interview", asked[0])
        return set(asked)
    return set()


def _is_question(line: str) -> bool:
    """Tell whether a line that asks may be an interviewer's; what is in quotation marks is said by others."""
    return line[0] not in QUOTES and _is_bare(line)


def _is_bare(line: str) -> bool:
    """Tell whether a line has no blank space at its ends, where emphasis in Markdown can have none."""
    return line == line.strip()


def _is_put_to_a_person(question: str) -> bool:
    return _YOU.search(question) is not None or _YOU_IN_CAPITALS.search(question) is not None


def spoken(text: Text, say: Say) -> set[int]:
    """Return what is said by people whose names stand before a colon, where two and more take turns."""
    if "speaker" in text.off or not any(form.like and ":" in text.at(place) for place, form in text.forms.items()):
        return set()
    turns: dict[str, list[int]] = {}
    for place in text.own:
        if found := _SPEAKER.match(text.at(place)[:50]):
            turns.setdefault(found[1], []).append(place)
    often = [places for places in turns.values() if len(places) > 1]
    if len(often) < 2 or sum(map(len, often)) < 5:
        return set()
    said = {place for places in often for place in places}
    say("speaker", min(said))
    return said


def quotations(text: Text, taken: set[int], say: Say) -> set[int]:
    """Return the quotations that a colon announces, that a name signs below, or that the text holds once more."""
    if "quotation" in text.off:
        return set()
    found = set()
    whole = ""
    looks_for_pulled = sum(len(text.at(place)) for place in text.own) <= MAX_TEXT
    for above, place, below in zip(text.own, text.own[1:], [*text.own[2:], -1], strict=False):
        quotation, _, signer = text.at(place).partition("\n")
        if place in taken or quotation[0] not in QUOTES or not is_quotation(quotation):
            continue
        if looks_for_pulled and not whole:
            whole = "\n".join(text.at(other) for other in text.own)
        signer = signer or (text.at(below) if below >= 0 else "")
        words = quotation[1:-1].rstrip(".,")
        is_pulled = len(words) >= PULLED and whole.count(words) > 1
        if text.at(above)[-1] in COLONS or (len(signer) < 90 and _SIGNED.fullmatch(signer)) or is_pulled:
            say("quotation", place)
            found.add(place)
    return found
