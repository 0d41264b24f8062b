"""The vocabulary: the topics that a digest has of its own, and which of them a text speaks of."""

import difflib
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import lru_cache, partial
from typing import Any, NamedTuple

from digest import frontmatter
from digest.config import is_language
from digest.editor.inflection import SPACELESS, WORD, bare, endings, fold
from digest.editor.signs import mentioned
from digest.editor.stopwords import never_topics, primary
from digest.editor.tokens import Known
from digest.errors import Problem
from digest.frontmatter import FrontMatterError
from digest.layout import TOPICS
from digest.urls import topic_slug

MAX_TOPICS = 10_000
MAX_ALIASES = 200
MAX_NAME = 100
"""Characters of a name or an alias."""
MAX_DESCRIPTION = 1000
MAX_PROBLEMS = 100
KEYS = ("aliases", "parent", "description")
READ = 50_000
"""Characters of a text that are read."""
TITLE, LEAD, BODY = 3, 2, 1
"""What a mention counts where it stands."""
MOST_BODY = 3
"""What all mentions in the body count at most."""
ENOUGH = 2
"""What a topic needs: the title, the lead, or two mentions in the body."""


class Topic(NamedTuple):
    """What readers find articles under."""

    name: str
    aliases: tuple[tuple[str, str], ...] = ()
    """Language and other name; the language is empty for an alias in every language."""
    parent: str = ""
    description: str = ""


class Vocabulary(NamedTuple):
    """Topics in the order of their file."""

    topics: tuple[Topic, ...] = ()

    def __hash__(self) -> int:
        """Hash little: it is looked up for every article."""
        return len(self.topics)


class Match(NamedTuple):
    """A topic of which a text speaks."""

    name: str
    score: int
    mentions: int


class _Wrong(NamedTuple):
    """What is wrong in the file, and below which keys."""

    keys: tuple[str, ...]
    message: str
    hint: str


class _Alias(NamedTuple):
    """A name or alias as it is looked for."""

    topic: str
    words: tuple[str, ...]
    capitals: bool
    """Whether only capital letters will do: `US` is not `us`."""


class _Index(NamedTuple):
    """Aliases of one language by what they begin with."""

    words: Mapping[str, tuple[_Alias, ...]]
    """By the first word."""
    stems: Mapping[str, tuple[_Alias, ...]]
    """By the first word without the ending of its plain form."""
    heads: frozenset[str]
    """The first letters of all these."""
    signs: Mapping[str, tuple[tuple[str, str], ...]]
    """In scripts without spaces: alias and topic by the first sign, the longest first."""
    known: dict[str, Known[tuple[_Alias, ...]]]
    """By language, and by a word of a text: the aliases that may begin with it. Most words stand in many texts."""


def load(text: str, path: str = TOPICS) -> tuple[Vocabulary, tuple[Problem, ...]]:
    """Read a digest's own topics. What is wrong is left out and told; the rest is of use."""
    try:
        values = frontmatter.load(text)
    except FrontMatterError as error:
        message = error.message.replace("the front matter", "the file")
        return Vocabulary(), (Problem("error", path, max(error.line - 1, 1), message, error.hint),)
    wrong: list[_Wrong] = []
    topics: dict[str, Topic] = {}
    slugs: dict[str, str] = {}
    for name, value in values.items():
        if len(topics) >= MAX_TOPICS:
            wrong.append(_Wrong((name,), f"there are more than {MAX_TOPICS:,} topics", "keep those that matter"))
            break
        if fault := _fault(name):
            wrong.append(_Wrong((name,), *fault))
        elif other := slugs.get(topic_slug(name)):
            message = f"the topics `{other}` and `{name}` have the same address"
            wrong.append(_Wrong((name,), message, "make one an alias of the other"))
        else:
            slugs[topic_slug(name)] = name
            topics[name] = _topic(name, value, wrong)
    _check_parents(topics, wrong)
    vocabulary = Vocabulary(_without_collisions(tuple(topics.values()), wrong))
    problems = (Problem("error", path, _line(text, one.keys), one.message, one.hint) for one in wrong[:MAX_PROBLEMS])
    return vocabulary, tuple(sorted(problems, key=lambda problem: problem.line))


def of_names(names: Iterable[str]) -> Vocabulary:
    """Return a vocabulary of topics without aliases, for example those that articles already have."""
    return Vocabulary(tuple(Topic(name) for name in names if not _fault(name)))


def _fault(name: str) -> tuple[str, str] | None:
    if not name.strip() or len(name) > MAX_NAME or not name.isprintable():
        return f"{name[:40]!r} is no name of a topic", f"write one line of at most {MAX_NAME} characters"
    if not WORD.search(name) or re.search(r"(^|[/\\])\.{1,2}([/\\]|$)", name):
        return f"the topic {name[:40]!r} is not named in words", "use letters or digits"
    return None


def _topic(name: str, value: Any, wrong: list[_Wrong]) -> Topic:
    """Read what the file says of one topic."""
    if value is None or isinstance(value, list):
        value = {"aliases": value}
    if not isinstance(value, dict):
        message = f"what stands after `{name}` is a text, not aliases, parent or description"
        wrong.append(_Wrong((name,), message, "write for example `description: …` indented below it"))
        return Topic(name)
    for key in value:
        if key not in KEYS:
            near = difflib.get_close_matches(key, KEYS, 1, 0.5)
            hint = f"did you mean `{near[0]}`?" if near else f"known keys: {', '.join(KEYS)}"
            wrong.append(_Wrong((name, key), f"unknown key `{key[:40]}` of the topic `{name}`", hint))
    said = {}
    for key, limit in (("parent", MAX_NAME), ("description", MAX_DESCRIPTION)):
        said[key] = value.get(key) or ""
        if not isinstance(said[key], str) or len(said[key]) > limit:
            message = f"`{key}` of the topic `{name}` must be a text of at most {limit:,} characters"
            wrong.append(_Wrong((name, key), message, f"write `{key}: …` on one line"))
            said[key] = ""
        said[key] = " ".join(said[key].split())
    return Topic(name, tuple(_aliases(name, value.get("aliases"), wrong)), **said)


def _aliases(name: str, value: Any, wrong: list[_Wrong]) -> Iterator[tuple[str, str]]:
    """Yield language and alias: of a list, or of lists by language."""
    count = 0
    for lang, listed in value.items() if isinstance(value, dict) else [("", value)]:
        if lang and not is_language(lang):
            message = f"{lang[:40]!r} among the aliases of `{name}` is not a language tag"
            wrong.append(_Wrong((name, lang), message, "write for example `de: [One, Another]`"))
            continue
        for alias in listed if isinstance(listed, list) else [listed] if listed else []:
            if not isinstance(alias, str) or _fault(alias):
                message = f"an alias of the topic `{name}` is no text of 1 to {MAX_NAME} characters"
                wrong.append(_Wrong((name, "aliases"), message, "write `aliases: [One, Another]`"))
                continue
            count += 1
            if count > MAX_ALIASES:
                message = f"the topic `{name}` has more than {MAX_ALIASES} aliases"
                wrong.append(_Wrong((name, "aliases"), message, "keep those that matter"))
                return
            yield primary(lang) if lang else "", alias


def _check_parents(topics: dict[str, Topic], wrong: list[_Wrong]) -> None:
    """Take away parents that do not exist or are, in the end, their own children."""
    for name, topic in topics.items():
        if topic.parent and topic.parent not in topics:
            near = difflib.get_close_matches(topic.parent, topics, 1, 0.6)
            hint = f"did you mean `{near[0]}`?" if near else f"add a topic `{topic.parent}`, or delete the line"
            message = f"the parent `{topic.parent}` of the topic `{name}` does not exist"
            wrong.append(_Wrong((name, "parent"), message, hint))
            topics[name] = topic._replace(parent="")
    seen: dict[str, str] = {}
    for name in topics:
        chain: dict[str, None] = {}
        one = name
        while one and one not in seen:
            seen[one] = name
            chain[one] = None
            one = topics[one].parent
        if one in chain:
            circle = [*list(chain)[list(chain).index(one) :], one]
            message = f"these topics are parents of each other: {' → '.join(circle[:12])}"
            wrong.append(_Wrong((one, "parent"), message, "delete one of their `parent` lines"))
            for member in circle:
                topics[member] = topics[member]._replace(parent="")


def _without_collisions(topics: tuple[Topic, ...], wrong: list[_Wrong]) -> tuple[Topic, ...]:
    """Return the topics without aliases that name another one too: which is meant, a person must say."""
    names = {_key(topic.name): topic.name for topic in topics}
    owners: dict[str, dict[str, list[str]]] = {}
    for topic in topics:
        for lang, alias in topic.aliases:
            of_alias = owners.setdefault(_key(alias), {})
            for tag in (lang, "*"):
                if topic.name not in (own := of_alias.setdefault(tag, [])) and len(own) < 2:
                    own.append(topic.name)
    told = set()
    kept = []
    for topic in topics:
        aliases = []
        for lang, alias in topic.aliases:
            key = _key(alias)
            rivals = [*owners[key].get(lang or "*", []), *owners[key].get("", [])]
            others = [own for own in (*filter(None, [names.get(key)]), *rivals) if own != topic.name]
            if not others:
                aliases.append((lang, alias))
            elif key not in told:
                told.add(key)
                message = f"the alias `{alias}` is of `{topic.name}` and of `{others[0]}`, so it finds neither"
                if key in names:
                    message = f"the alias `{alias}` of `{topic.name}` is the name of the topic `{names[key]}`"
                hint = "delete it in one of them, or say in which languages it means what"
                wrong.append(_Wrong((topic.name, alias), message, hint))
        kept.append(topic._replace(aliases=tuple(aliases)))
    return tuple(kept)


def _key(alias: str) -> str:
    return " ".join(fold(word) for word in WORD.findall(alias))


def _line(text: str, keys: Sequence[str]) -> int:
    """Return the line on which the first of `keys` stands, or below it the next one."""
    lines = text.split("\n")
    found = 0
    for depth, key in enumerate(keys):
        wanted = re.compile(rf"[\"']?{re.escape(key)}[\"']?\s*:" if depth == 0 else rf"(?<!\w){re.escape(key)}(?!\w)")
        search = wanted.search if depth else wanted.match
        found = next((place for place in range(found, len(lines)) if search(lines[place])), found)
    return found + 1


def match(vocabulary: Vocabulary, title: str, lead: str, body: str, lang: str, most: int = 5) -> tuple[Match, ...]:
    """Return up to `most` topics of the vocabulary that an article speaks of, those it speaks of most first.

    A topic is found by its name or an alias of the article's language, as whole words in any of their forms, in
    scripts without spaces anywhere; of two that overlap the longer counts. What is written in capitals only is not
    found in small letters. A mention in the title counts more than one in the lead, and that more than in the body.
    """
    score: dict[str, int] = {}
    mentions: dict[str, int] = {}
    if not vocabulary.topics:
        return ()
    index = _index(vocabulary, primary(lang))
    for text, worth in ((title, TITLE), (lead, LEAD), (body[:READ], BODY)):
        here: dict[str, int] = {}
        for topic in _found(text, index, lang):
            here[topic] = here.get(topic, 0) + 1
        for topic, count in here.items():
            score[topic] = score.get(topic, 0) + (worth if worth > BODY else min(count, MOST_BODY))
            mentions[topic] = mentions.get(topic, 0) + count
    found = [Match(topic, points, mentions[topic]) for topic, points in score.items() if points >= ENOUGH]
    return tuple(sorted(found, key=lambda one: (-one.score, -one.mentions, one.name))[:most])


@lru_cache(maxsize=64)
def _index(vocabulary: Vocabulary, language: str) -> _Index:
    words: dict[str, list[_Alias]] = {}
    stems: dict[str, list[_Alias]] = {}
    signs: dict[str, list[tuple[str, str]]] = {}
    for topic in vocabulary.topics:
        for alias in (topic.name, *(alias for lang, alias in topic.aliases if lang in ("", language))):
            if SPACELESS.search(alias):
                signs.setdefault(alias[0], []).append((alias, topic.name))
                continue
            parts = tuple(fold(word) for word in WORD.findall(alias))
            one = _Alias(topic.name, parts, alias.isupper() and len(alias) <= 6)
            words.setdefault(parts[0], []).append(one)
            if stem := _stem(parts[0], language, len(parts) > 1):
                stems.setdefault(stem, []).append(one)
    heads = frozenset(key[:2] for key in (*words, *stems))
    return _Index(
        {key: tuple(sorted(found, key=lambda one: -len(one.words))) for key, found in words.items()},
        {key: tuple(sorted(found, key=lambda one: -len(one.words))) for key, found in stems.items()},
        heads,
        {key: tuple(sorted(found, key=lambda one: -len(one[0]))) for key, found in signs.items()},
        {},
    )


def _stem(word: str, language: str, adjective: bool) -> str:
    """Return a word without the ending of its plain form, where its other forms have another in its place."""
    _, plain, longest = endings(language, adjective)
    for length in range(min(longest, len(word) - 3), 0, -1):
        if word[-length:] in plain:
            return word[:-length]
    return ""


def _found(text: str, index: _Index, lang: str) -> Iterator[str]:
    """Yield the topic of each mention in a text, the longest where several overlap."""
    if index.signs and SPACELESS.search(text):
        yield from mentioned(text, index.signs)
    if not index.words:
        return
    known = index.known.get(lang)
    if known is None:
        known = index.known[lang] = Known(partial(_of_word, index=index, lang=lang))
    hits = [place for place, word in enumerate(_texts(text)) if known[word]]
    if not hits:
        return  # as in most texts
    shouted = text.isupper()
    spans = _spans(text)
    end = 0
    for place in hits:
        best = None
        for alias in known[spans[place][0]] if place >= end else ():
            if (best is None or len(alias.words) > len(best.words)) and _goes_on(text, spans, place, alias, lang):
                if alias.capitals and not _is_acronym(spans[place][0], alias, shouted, lang):
                    continue
                best = alias
        if best:
            yield best.topic
            end = place + len(best.words)


@lru_cache(maxsize=4)
def _texts(text: str) -> Sequence[str]:
    return WORD.findall(text)


def _of_word(written: str, index: _Index, lang: str) -> tuple[_Alias, ...]:
    """Return the aliases whose first word a word of a text may be a form of."""
    word = fold(written)
    if word[:2] not in index.heads and lang[:2] not in ("ar", "he"):
        return ()
    return tuple(_beginning(word, written, index, lang))


@lru_cache(maxsize=4)
def _spans(text: str) -> Sequence[tuple[str, str, int, int]]:
    """Return the words of a text as written and folded, and where they stand; two vocabularies may ask for them."""
    return [(found[0], fold(found[0]), found.start(), found.end()) for found in WORD.finditer(text)]


def _beginning(word: str, written: str, index: _Index, lang: str) -> Iterator[_Alias]:
    """Yield the aliases whose first word `word` may be a form of."""
    forms = bare(word, lang)
    for form in forms:
        for alias in index.words.get(form, ()):
            if form == word or len(form) >= 4 or (len(form) == 3 and written[0].isupper()):
                yield alias
    for form in forms[1:]:
        if len(form) >= 4 or written[0].isupper():
            yield from index.stems.get(form, ())


def _goes_on(text: str, spans: Sequence[tuple[str, str, int, int]], place: int, alias: _Alias, lang: str) -> bool:
    """Tell whether the words after the first one are the alias's too, with no more than a space or hyphen between."""
    if place + len(alias.words) > len(spans):
        return False
    for step, wanted in enumerate(alias.words[1:], 1):
        _, word, start, _ = spans[place + step]
        between = text[spans[place + step - 1][3] : start]
        if len(between) > 2 or between.strip(" .-–'’&/\u00a0\n"):
            return False
        last = step == len(alias.words) - 1
        if word != wanted and wanted not in bare(word, lang) and not _same_stem(word, wanted, lang, not last):
            return False
    return True


def _same_stem(word: str, wanted: str, lang: str, adjective: bool) -> bool:
    known, _, _ = endings(lang, adjective)
    stem = _stem(wanted, lang, adjective) or (wanted if adjective else "")
    return bool(stem) and word.startswith(stem) and word[len(stem) :] in known


def _is_acronym(written: str, alias: _Alias, shouted: bool, lang: str) -> bool:
    """Tell whether a word in capitals is an acronym; in a text all of capitals, common words are none."""
    capitals = written.rstrip("s") if len(written) > 2 else written
    return capitals.isupper() and not (shouted and fold(capitals) in never_topics(lang))
