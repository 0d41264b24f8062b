"""Which lines of an article are its sub-headings: by their form, by what stands around them, by what repeats."""

import re

from digest.seeds.structure.forms import MAX_HEADING, Say, Text
from digest.seeds.structure.rules import ASKS, CALLS, COLONS, QUOTES, STOPS

MAX_ENTRY = 160
"""Width of the head of a timed or numbered entry."""
LONG = 100
"""Width from which a block is a paragraph whatever it ends with."""

_END_MARKS = frozenset(STOPS + ASKS + CALLS + COLONS + "…")
_NUMBERED = re.compile(r"(?:[#№] ?|[^\W\d_]{2,12}\.? )?(\d{1,3})(?:[.)] |: | ?[–—-] )(?=\S)")
_TIMED = re.compile(
    r"[\[(+]? ?(?:[01]?\d|2[0-3])(?:[:.hH时時시點点][0-5]\d|[hH时時](?=\W))[分분]?"
    r"(?P<unit> ?(?:Uhr|uur|h|hrs|hod\.|godz\.|[APap]\.?[Mm]\.?|[A-Z]{2,4}))?[\])]?(?P<sign> ?[:：|·•–—-]{1,2})?(?P<rest>\s.*|)"
)
_DAY = re.compile(
    r"[^\W\d_]{2,14}[.,]{0,2} ?\d{1,2}\.? ?(?:\d{1,2}\.|(?:de )?[^\W\d_]{3,12}\.?)?(?:,? (?:de )?\d{4})?(?: ?[:：])?"
    r"|\d{1,2}\.? (?:de )?[^\W\d_]{3,12}\.?(?:,? (?:de )?\d{4})(?: ?[:：])?|(?:\d{4}年)?\d{1,2}月\d{1,2}日.{0,5}"
)


def numbered(text: Text) -> list[int]:
    """Return the lines numbered 1, 2, 3 … or down to 1, with the same word or none before the number."""
    if "numbered-heading" in text.off:
        return []
    found: dict[str, list[tuple[int, int]]] = {}
    for place in text.own:
        line = text.at(place)
        if match := _NUMBERED.match(line[:24]) if line[0].isalnum() or line[0] in "#№" else None:
            found.setdefault(line[: match.start(1)], []).append((int(match[1]), place))
    for entries in found.values():
        for ordered in (entries, entries[::-1]):
            chain: list[int] = []
            for number, place in ordered:
                if number == len(chain) + 1:
                    chain.append(place)
            if len(chain) > 2 and all(place in text.forms and text.width(place) <= MAX_ENTRY for place in chain):
                return sorted(chain)
    return []


def timed(text: Text) -> tuple[set[int], list[int]]:
    """Return the blocks that begin with a time of day, three and more, and those of them that are heads of entries."""
    if "timed-entry" in text.off:
        return set(), []
    found = set()
    for place in text.own:
        line = text.at(place)
        if line[0].isdecimal() or line[0] in "[(+":
            match = _TIMED.fullmatch(line.partition("\n")[0][:MAX_ENTRY])
            if match and (match["unit"] or match["sign"] or not match["rest"]):
                found.add(place)
    if len(found) < 3:
        return set(), []
    short = (place for place in text.own if place in found and place in text.forms)
    return found, [place for place in short if text.width(place) <= MAX_ENTRY and text.forms[place].end not in STOPS]


def days(text: Text, with_entries: bool) -> list[int]:
    """Return the lines that are a day and end like no sub-heading: with an ordinal's full stop, a year or a colon."""
    if "day-entry" in text.off:
        return []
    found = [
        place
        for place, form in text.forms.items()
        if form.width <= 40
        and (form.end in STOPS or form.end in COLONS or form.end.isdecimal())
        and _DAY.fullmatch(text.at(place))
    ]
    return found if with_entries or len(found) > 1 else []


def plain(text: Text, taken: set[int], heads: set[int], say: Say) -> set[int]:
    """Return the sub-headings among the lines that no other rule has `taken`; `heads` are headings already."""
    like = set()
    first, last = text.own[0], text.own[-1]
    for place, form in text.forms.items():
        if place in taken:
            continue
        if form.like or (form.why and form.why in text.off):
            like.add(place)
        elif form.why and first < place < last:
            say(form.why, place)
    if "sub-heading" in text.off:
        return set()
    if like and not _ends_are_marked(text):
        like = {place for place in like if text.width(place) <= MAX_HEADING // 2}
    _leave_out_deck(text, like, say)
    _leave_out_rows(text, like, say)
    found = _with_text_below(text, like, heads)
    _leave_out_questions_below(text, found, heads, say)
    found |= _quoted(text, found, taken, say) | _alternating(text, found, taken, say)
    for place in sorted(found):
        say("sub-heading", place)
    return found


def _leave_out_deck(text: Text, like: set[int], say: Say) -> None:
    """Take the lines right under the headline out of `like`: several of them, before any paragraph, belong to it."""
    if "deck" in text.off:
        return
    deck = []
    for place in text.own if text.own[0] in like else text.own[1:]:
        if place not in like:
            break
        deck.append(place)
    if len(deck) < 2:
        return
    if len(deck) == 2:
        second = text.forms[deck[1]]
        if second.end in ASKS or second.width < 0.6 * text.width(deck[0]):
            return  # a lead without a full stop, and a sub-heading
        if text.own[0] not in like and min(second.width, text.width(deck[0])) < 40:
            return  # a sub-heading below another
    say("deck", deck[0])
    like.difference_update(deck)


def _leave_out_rows(text: Text, like: set[int], say: Say) -> None:
    """Take three and more lines in a row out of `like`: they are a list, or a table, which may have a heading."""
    if "short-lines" in text.off or not like:
        return
    rows = {place for place, form in text.forms.items() if form.why == "figures"} | like
    run: list[int] = []
    for place in [*text.own, -1]:
        if place in rows:
            run.append(place)
            continue
        if len(run) > 2:
            is_table = len(run) > len(like.intersection(run))
            out = like.intersection(run[1:] if is_table and run[0] != text.own[0] else run)
            if out:
                say("short-lines", min(out))
                like.difference_update(out)
        run = []


def _with_text_below(text: Text, like: set[int], heads: set[int]) -> set[int]:
    """Return those of `like` that are not the first and have text below them, or another sub-heading that has."""
    found: set[int] = set()
    below = -1
    for place in reversed(text.own):
        if place in like and below >= 0 and place != text.own[0]:
            width, width_below = text.width(place), text.width(below)
            if below in found or below in heads:
                is_heading = True
            elif below in like:
                is_heading = False
            else:
                is_heading = width <= 80 or width_below > width
            if is_heading:
                found.add(place)
        below = place
    return found


def _ends_are_marked(text: Text) -> bool:
    """Tell whether most paragraphs end with an end mark, as not all scripts and writers have it."""
    long = [place for place in text.own if text.width(place) > LONG]
    ends = (text.forms[place].end if place in text.forms else text.at(place)[-8:] for place in long)
    marked = sum(not _END_MARKS.isdisjoint(end) for end in ends)
    return 2 * marked >= len(long)


def _leave_out_questions_below(text: Text, found: set[int], heads: set[int], say: Say) -> None:
    """Take lone questions right under a sub-heading out of `found`: there the text begins with one."""
    if "question-below" in text.off:
        return
    asked = [place for place in found if text.forms[place].end in ASKS]
    above = dict(zip(text.own[1:], text.own, strict=False))
    below = [place for place in asked if above[place] in found or above[place] in heads]
    if below and len(below) == len(asked) < 3:
        for place in sorted(below):
            say("question-below", place)
            found.discard(place)


def _quoted(text: Text, found: set[int], taken: set[int], say: Say) -> set[int]:
    """Return the whole quotations with a full stop inside, where three sub-headings are quotations without."""
    if "quoted-headings" in text.off or sum(is_quotation(text.at(place)) for place in found) < 3:
        return set()
    above = dict(zip(text.own[1:], text.own, strict=False))
    more = {
        place
        for place, form in text.forms.items()
        if place in above
        and place != text.own[-1]
        and form.end in STOPS
        and form.width <= 80
        and not {place, above[place]} & taken
        and is_quotation(text.at(place))
    }
    for place in sorted(more):
        say("quoted-headings", place)
    return more


def is_quotation(text: str) -> bool:
    """Tell whether a text is one quotation from its first sign to its last."""
    closers = QUOTES.get(text[0], "")
    inner = text[1:-1]
    return (
        text[-1] in closers
        and len(text) > 4
        and text[0] not in inner
        and not any(mark in inner for mark in closers if mark not in "'’‘")
    )


def _alternating(text: Text, found: set[int], taken: set[int], say: Say) -> set[int]:
    """Return short lines with a full stop that take turns with long paragraphs just as sub-headings do."""
    if "alternation" in text.off or len(found) < 3:
        return set()
    own = text.own
    more: set[int] = set()
    for parity in (0, 1):
        chain: list[int] = []
        for index in [*range(1 + parity, len(own) - 1, 2), -1]:
            place, below = own[index], own[index + 1] if index >= 0 else -1
            short = index >= 0 and place in text.forms and place not in taken and text.at(place)[0] not in QUOTES
            if short and text.width(place) <= 100 and 4 * text.width(place) <= text.width(below):
                chain.append(place)
                continue
            if len(chain) > 4 and 2 * sum(place in found for place in chain) >= len(chain):
                more.update(place for place in chain if place not in found)
            chain = []
    for place in sorted(more):
        say("alternation", place)
    return more
