"""Perturbations of names: people renamed, shortened, given titles, set beside others."""

import dataclasses
import random
import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence

from benchmark.contrast.english import english_of
from benchmark.contrast.name_lists import ORIGINS, Gender, Origin
from benchmark.contrast.rewriting import Edit, Stand, insertion, substitution
from benchmark.contrast.variants import Change, core, ids, sentence_ends, with_phenomena
from benchmark.records import Document, Entity, Phenomenon, Quote, words_of
from benchmark.titles import TITLES

_PARTICLES = frozenset("al bin de del den der di dos el la le ter van von e y".split())
_FEMALE, _MALE = frozenset("she mrs ms her".split()), frozenset("he mr his".split())
_PRONOUNS_OF_ONE = frozenset("he she himself herself mr ms".split())


# Words of one gender and of the other. "Her" is two words: see _turned.
_GENDERED = tuple(
    pair.split("/")
    for pair in (
        "he/she himself/herself man/woman boy/girl brother/sister "
        "father/mother son/daughter "
        "husband/wife uncle/aunt nephew/niece grandfather/grandmother "
        "grandson/granddaughter widower/widow mr/ms chairman/chairwoman "
        "spokesman/spokeswoman policeman/policewoman businessman/businesswoman "
        "gentleman/lady waiter/waitress hero/heroine"
    ).split()
)
_HONORIFICS = frozenset("mr mrs ms".split())
_NOUNS = "|".join(word for pair in _GENDERED for word in pair if word not in _PRONOUNS_OF_ONE)
_FEMALE_NOUNS = frozenset(pair[1] for pair in _GENDERED)


def people(document: Document) -> list[Entity]:
    """The persons with a name of their own that the text uses."""
    return [
        one
        for one in document.entities
        if one.kind == "person"
        and all(word[0].isupper() or _is_particle(word) for word in one.name.split())
        and not set(one.name.lower().replace(".", "").split()) & TITLES
        and re.search(whole(one.name.split()[-1]), document.text)
    ]


def _is_particle(word: str) -> bool:
    return word in _PARTICLES or word.startswith(("al-", "el-"))


def own_gender(document: Document, person: str) -> Gender:
    """What a speaker's own sources say, and nouns beside the name: "he", "Ms", "her husband, X"."""
    votes: Counter[str] = Counter()
    for quote in document.quotes:
        if quote.speakers == (person,):
            words = words_of(document.text, quote.source).lower().replace(".", "").split()
            # "Her" in "Her deputy, Ann" is somebody else's.
            if len(words) == 1 or (words and words[0] in _HONORIFICS):
                votes["female"] += words[0] in _FEMALE
                votes["male"] += words[0] in _MALE
    names = "|".join(map(whole, {person, person.split()[0], person.split()[-1]}))
    beside = re.compile(
        rf"\b({_NOUNS})s?,? (?:{names})"
        rf"|(?:{names}), (?:\d+, )?(?!whose)(?:[a-z’']+ ){{0,3}}({_NOUNS})\b"
    )
    for found in beside.finditer(document.text):
        noun = (found[1] or found[2]).lower()
        votes["female" if noun in _FEMALE_NOUNS else "male"] += 1
    return _winner(votes)


def _winner(votes: Counter[str]) -> Gender:
    """The gender that all evidence is for."""
    if bool(votes["female"]) == bool(votes["male"]):
        return "unknown"
    return "female" if votes["female"] else "male"


def renamed_people(document: Document, seed: int) -> Iterator[Change]:
    """Everybody under a name of another origin and the same gender, in every mention."""
    draw = random.Random(seed)
    for origin in draw.sample(sorted(ORIGINS), len(ORIGINS)):
        genders = {one.name: own_gender(document, one.name) for one in people(document)}
        if table := _new_names(document, genders, ORIGINS[origin], draw):
            yield renaming(document, table, ())


_OTHER = {a: b for pair in _GENDERED for a, b in (pair, pair[::-1])} | {"mrs": "mr"}
# What turns a text into nonsense when genders are exchanged. One of "the women" cannot
# become a man, and who else belongs to them cannot be told.
_FIXED = re.compile(
    r"\b(?:king|queen|prince|princess|pregnan\w*|beard\w*|nun|nuns|monks?|priest|bishop|imam|"
    r"sheikh|father [A-Z]|Father|Sister|Mother|Brother|actress|actor|Sir|Dame|Lord|Lady|"
    r"maternity|maiden|mistress\w*|bull|sumo|ama|midwi\w+|fisherm[ae]n|sons? of|goalkeeper|"
    r"[Ww]omen|[Mm]en|girls|boys|[Mm]others|[Ff]athers|sisters|brothers|wives|husbands|"
    r"widows|widowers)\b"
)
_FUNCTION = frozenset(
    "a about after again alone and as at because before but by during for from had has how if in "
    "into is it not of off on once or out over since so than that the then there they this to "
    "today too twice until up was were what when where which while who why with yesterday "
    "would".split()
)


def other_gender(document: Document, seed: int) -> Iterator[Change]:
    """Women for men and men for women: given names, pronouns, kinship and offices.

    Whose gender the text does not tell gets a given name that women and men bear.
    """
    draw = random.Random(seed)
    genders = {one.name: own_gender(document, one.name) for one in people(document)}
    text = document.text
    if not {"female", "male"} & set(genders.values()) or _FIXED.search(text):
        return
    turned: dict[str, Gender] = {name: _OPPOSITE[one] for name, one in genders.items()}
    for origin in draw.sample(sorted(ORIGINS), len(ORIGINS)):
        if table := _new_names(document, turned, ORIGINS[origin], draw):
            change = renaming(document, table, tuple(_turned(text)))

            def substitute(name: str, change: Change = change) -> str:
                return _turned_words(change.substitute(name))

            yield dataclasses.replace(change, substitute=substitute)
            return


_OPPOSITE: dict[Gender, Gender] = {"female": "male", "male": "female", "unknown": "unknown"}


def _turned_words(text: str) -> str:
    """A name or an alias with its gendered words exchanged."""
    for edit in sorted(_turned(text), key=lambda one: -one.start):
        (piece,) = edit.pieces
        assert isinstance(piece, Stand)
        text = text[: edit.start] + piece.text + text[edit.end :]
    return text


def _turned(text: str) -> Iterator[Edit]:
    for one in re.finditer(r"\b[A-Za-z]+\b", text):
        word = one[0].lower()
        if word in ("her", "his", "him", "hers"):
            follows = re.match(r" ([a-z-]+|[A-Z]\w+)", text[one.end() :])
            noun = follows is not None and follows[1].lower() not in _FUNCTION
            new = {
                "her": "his" if noun else "him",
                "his": "her" if noun else "hers",
                "him": "her",
                "hers": "his",
            }[word]
        elif word in _OTHER:
            new = _OTHER[word]
        else:
            continue
        yield substitution(one.start(), one.end(), _cased(new, one[0]))


def _cased(word: str, like: str) -> str:
    return word.capitalize() if like[0].isupper() else word


def _new_names(
    document: Document, genders: Mapping[str, Gender], origin: Origin, draw: random.Random
) -> dict[str, str]:
    """New words for the words of names. Family members go on sharing a name."""
    given = {key: list(getattr(origin, key)) for key in ("female", "male", "unknown")}
    family = list(origin.family)
    for names in (*given.values(), family):
        draw.shuffle(names)
    table: dict[str, str] = {}
    for name in genders:
        words = re.findall(_UNIT, name)
        if _family_first(document, name):
            words.reverse()
        for place, word in enumerate(words):
            first = place == 0
            pool = given[genders[name]] if first else family
            if word in table:
                continue
            while pool and re.search(whole(pool[-1]), document.text):
                pool.pop()
            if not pool:
                return {}
            table[word] = pool.pop()
    # One half of a double surname may stand for the whole of it.
    for word in list(table):
        for half in word.split("-"):
            if half != word and re.search(whole(half), document.text):
                table.setdefault(half, table[word])
    return table


def _family_first(document: Document, name: str) -> bool:
    """Whether the first word of a name is what the text uses alone."""
    words = name.split()
    first, last = words[0], words[-1]
    alone = re.sub(re.escape(name), "", document.text)
    return (
        len(words) > 1
        and re.search(whole(first), alone) is not None
        and re.search(whole(last), alone) is None
    )


# A word of a name, with the particles before it: "van Assenrade" is one.
_UNIT = rf"(?:(?:{'|'.join(sorted(_PARTICLES))}) )*\S+"


def renaming(document: Document, table: Mapping[str, str], edits: Sequence[Edit]) -> Change:
    """The change that puts new words for old ones in text, title, entities and labels."""
    pattern = re.compile("|".join(whole(word) for word in sorted(table, key=len, reverse=True)))
    mentions = [
        substitution(one.start(), one.end(), table[one[0]])
        for one in pattern.finditer(document.text)
    ]
    taken = [(one.start, one.end) for one in mentions]
    others = [
        one for one in edits if not any(one.start < end and start < one.end for start, end in taken)
    ]

    def substitute(name: str) -> str:
        return pattern.sub(lambda one: table[one[0]], name)

    concerned = [
        quote
        for quote in core(document)
        if any(substitute(name) != name for name in quote.speakers)
    ]
    return Change(tuple(mentions + others), ids(concerned), substitute=substitute)


def whole(word: str) -> str:
    """The pattern of a word that is no part of another."""
    return rf"(?<![\w-]){re.escape(word)}(?![\w-])"


def _named_sources(document: Document, draw: random.Random) -> list[tuple[Quote, Entity]]:
    """Core quotes of one person whose source is one span, in random order."""
    known = {one.name: one for one in people(document)}
    found = [
        (quote, known[quote.speakers[0]])
        for quote in core(document)
        if len(quote.speakers) == 1 and quote.speakers[0] in known and len(quote.source) == 1
    ]
    draw.shuffle(found)
    return found


def full_name(document: Document, seed: int) -> Iterator[Change]:
    """The full name for a surname that stands alone."""
    for quote, person in _named_sources(document, random.Random(seed)):
        span = quote.source[0]
        words = document.text[span.start : span.end]
        before = document.text[: span.start].split()[-1:]
        if words == person.name.split()[-1] != person.name and not _is_title(before):
            edit = substitution(span.start, span.end, person.name)
            yield _about(quote, (edit,), ("surname_speaker",))


def surname(document: Document, _: int) -> Iterator[Change]:
    """Everybody by the one name that the text uses later, from the first mention on."""
    short = {one.name: own for one in people(document) if (own := _short_name(document, one))}
    if not short:
        return
    pattern = re.compile("|".join(whole(name) for name in sorted(short, key=len, reverse=True)))
    found = list(pattern.finditer(document.text))
    edits = tuple(substitution(one.start(), one.end(), short[one[0]]) for one in found)

    def substitute(name: str) -> str:
        return pattern.sub(lambda one: short[one[0]], name)

    concerned = [
        quote
        for quote in core(document)
        if any(
            span.start <= one.start() and one.end() <= span.end
            for span in quote.source
            for one in found
        )
    ]
    yield Change(edits, ids(concerned), substitute=substitute)


def _short_name(document: Document, person: Entity) -> str | None:
    """The part of a full name that the text uses alone, for nobody else."""
    words = person.name.split()
    alone = re.sub(re.escape(person.name), "", document.text)
    if any(re.search(whole(word), alone) for word in words[:-1] if word[0].isupper()):
        return None  # the given name stands alone somewhere, and would belong to nobody
    for alias in person.aliases:
        others = [one.name for one in document.entities if one.name != person.name]
        if (
            len(words) > 1
            and alias in words[1:]
            and re.search(rf"(?<!{re.escape(words[0])} ){whole(alias)}", document.text)
            and not any(re.search(whole(alias), name) for name in others)
        ):
            return alias
    return None


def title_added(document: Document, seed: int) -> Iterator[Change]:
    """Mr or Ms before a surname that stands alone, as some houses have it.

    With a full stop in American English, without one in British; where the text does not tell
    which it has, none is added.
    """
    draw = random.Random(seed)
    english = english_of(document.text)
    if english is None:
        return
    stop = "." if english == "american" else ""
    for quote, person in _named_sources(document, draw):
        span = quote.source[0]
        words = document.text[span.start : span.end]
        before = document.text[: span.start].split()[-1:]
        if re.search(rf"\b(?:Dr|Prof\w*)\.? (?:\w+ )?{whole(words)}", document.text):
            continue
        sex = own_gender(document, person.name)
        if words == person.name.split()[-1] and not _is_title(before) and sex != "unknown":
            title = "Mr" if sex == "male" else "Ms"
            edit = substitution(span.start, span.end, f"{title}{stop} {words}")
            yield _about(quote, (edit,))


def _is_title(words: Sequence[str]) -> bool:
    return bool(words) and words[-1].lower().rstrip(".") in TITLES


def _about(quote: Quote, edits: tuple[Edit, ...], remove: tuple[Phenomenon, ...] = ()) -> Change:
    wanted = quote.quote_id

    def relabel(one: Quote) -> Quote:
        return with_phenomena(one, (), remove) if one.quote_id == wanted else one

    return Change(edits, {wanted}, relabel)


def invented(draw: random.Random) -> str:
    """The name of somebody of whom nothing is known."""
    origin = ORIGINS[draw.choice([one for one in sorted(ORIGINS) if ORIGINS[one].unknown])]
    return f"{draw.choice(origin.unknown)} {draw.choice(origin.family)}"


_BYSTANDERS = (
    "{} has lived in the area for years.",
    "{} works in the same town.",
    "{} has followed the matter from the start.",
    "{} takes an interest in such cases.",
    "{} is expected back next week.",
)


def bystander(document: Document, seed: int) -> Iterator[Change]:
    """Somebody who says nothing, named in a sentence right behind the quote's.

    Only where a name is the source, and nothing in the rest of the paragraph or at the
    beginning of the next could be taken to mean the newcomer.
    """
    draw = random.Random(seed)
    text = document.text
    for quote, _ in _named_sources(document, draw):
        end = max(part.end for part in (*(quote.content or ()), *quote.cue, *quote.source))
        stop = text.find("\n\n", end)
        stop = len(text) if stop < 0 else stop
        if not 0 <= stop - end <= 2 or "pronoun_speaker" in quote.phenomena:
            continue
        following = text[stop : stop + 200].lower().split()
        if {"he", "she", "they", "his", "her", "him"} & set(following[:25]):
            continue
        if not (sentence_ends(text, stop - 1) or text[stop - 1] in '”"’“»'):
            continue
        later = [one for one in core(document) if one.content and one.content[0].start >= stop]
        if later and not later[0].source:
            continue
        name = invented(draw)
        words = " " + draw.choice(_BYSTANDERS).format(name)
        yield Change((insertion(stop, words),), {quote.quote_id})
