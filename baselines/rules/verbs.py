"""Cue lexicon: verbs and nouns of communication and attitude, with their forms.

Communication after Levin (1993, sections 37.1-37.9: transfer of a message, tell, manner of
speaking, say, complain, advise) and the public verbs of Quirk et al. (1985, 16.31);
judgement after Levin section 33; attitudes after the private and suasive verbs of Quirk et
al. (1985, 16.31-16.32). Selected and inflected here.
"""

from dataclasses import dataclass
from typing import Literal

Takes = Literal["any", "clause", "to", "that"]

# Verbs whose object or clause is what is said: anything may follow.
_PUBLIC = """say tell add announce argue assert claim concede conclude contend declare
emphasize emphasise explain insist joke note predict proclaim quip reply respond reveal state stress
suggest tweet warn write recall acknowledge admit affirm allege assure caution complain boast remark
reiterate vow pledge exclaim urge advise testify lament
retort deny confirm mention observe
opine report ask believe
point refer talk speak disclose retweet hint imply muse marvel confess deadpan"""
# Verbs of judgement: what they judge is the content.
_JUDGE = """accuse criticize criticise praise denounce condemn blast mock defend describe
decry deride slam dismiss question reject hail applaud commend thank congratulate
blame rebuke chide ridicule compare endorse oppose favor support cite discuss propose
attack highlight celebrate deplore repudiate downplay invoke underscore
echo dispute refute reference characterize characterise disavow tout bemoan berate
lambaste excoriate disparage scold trumpet reaffirm recount recommend demand"""
# Attitude and inference: only where a clause follows.
_PRIVATE = """believe think hope expect fear know feel understand doubt guess realize
learn decide agree find show indicate worry wonder imagine see estimate report speculate
assume suspect maintain demonstrate hear remember prove signal figure ask promise
announce conceive view regard portray perceive foresee anticipate regret
discover determine reckon rule stipulate"""
_INFINITIVE = """want plan intend hope vow pledge promise threaten refuse decline seek
offer agree prefer wish expect decide ask propose aim choose swear consider"""
_NAMING = "call label dub brand deem"
_IRREGULAR = {
    "say": "said", "tell": "told", "write": "wrote", "think": "thought", "know": "knew",
    "feel": "felt", "understand": "understood", "find": "found", "see": "saw", "hear": "heard",
    "foresee": "foresaw", "seek": "sought", "choose": "chose", "swear": "swore",
    "deny": "denied", "reply": "replied", "imply": "implied", "testify": "testified",
    "worry": "worried", "decry": "decried", "show": "showed", "plan": "planned",
    "quip": "quipped", "slam": "slammed", "admit": "admitted", "prefer": "preferred",
    "dub": "dubbed", "disavow": "disavowed", "offer": "offered", "regret": "regretted",
    "speak": "spoke", "refer": "referred",
}  # fmt: skip
_PARTICIPLES = {"quip": "quipping", "slam": "slamming", "admit": "admitting", "see": "seeing",
                "plan": "planning", "refer": "referring", "prefer": "preferring",
                "dub": "dubbing"}  # fmt: skip


@dataclass(frozen=True)
class Verb:
    """A form of a cue verb: what may follow it, and whether it can stand behind its content."""

    lemma: str
    takes: frozenset[Takes]
    form: Literal["base", "third", "past", "ing"]
    public: bool


def _forms(lemma: str) -> dict[str, str]:
    stem = lemma[:-1] if lemma.endswith("e") else lemma
    consonant_y = lemma.endswith("y") and lemma[-2] not in "aeiou"
    third = lemma[:-1] + "ies" if consonant_y else lemma + "s"
    if lemma.endswith(("sh", "ch", "ss")):
        third = lemma + "es"
    past = _IRREGULAR.get(lemma) or (lemma[:-1] + "ied" if consonant_y else stem + "ed")
    ing = _PARTICIPLES.get(lemma, (lemma if lemma in ("see", "foresee") else stem) + "ing")
    return {"base": lemma, "third": third, "past": past, "ing": ing}


def _table() -> dict[str, Verb]:
    takes: dict[str, set[Takes]] = {}
    for words, kind in (
        (_PUBLIC, "any"), (_JUDGE, "any"), (_NAMING, "any"), (_PRIVATE, "clause"),
        (_INFINITIVE, "to"),
    ):  # fmt: skip
        for lemma in words.split():
            takes.setdefault(lemma, set()).add(kind)  # type: ignore[arg-type]
    public = {*_PUBLIC.split(), "report", "estimate", "maintain", "ask", "believe", "think",
              "show", "find", "suspect", "call"}  # fmt: skip
    table = {}
    for lemma, kinds in takes.items():
        for form, word in _forms(lemma).items():
            table[word] = Verb(lemma, frozenset(kinds), form, lemma in public)  # type: ignore[arg-type]
    return table


VERBS: dict[str, Verb] = _table()
# Verbs that stand behind or within a quotation only: "...," he continued.
BEHIND_ONLY = frozenset(
    """continued continues went asked asks answered answers concluded began shouted shouts yelled
    whispered declared called laughed sighed agreed agrees repeated repeats cried offered read
    reads adds snapped posted interjected countered counters""".split()
)
# Forms that are nouns as often: only with a clause or an infinitive behind them.
AMBIGUOUS = frozenset(
    """state states support supports supporting note remarks questions question plans plan rules
    rule reports report claims claim hopes hope fears fear thanks pledges promises promise comment
    signal signals figures figure guess tweet doubt estimate estimates cite dispute demands demand
    echo fault finds views pledge regret threat charges praise answers labels label brand brands
    attack attacks mock oppose opposed opposing compared compare favored favoured deemed""".split()
)
# Base forms that are hardly ever nouns: their subject need not look like a plural.
NEVER_NOUNS = frozenset({"say", "believe", "argue", "insist", "think", "agree", "admit", "accuse"})
# What is said stands before "of" or "about", not behind it.
SPEAKING = frozenset({"say", "write", "add", "tell", "tweet", "ask"})
# "saw it as": a judgement with its object.
SEEING = frozenset({"see", "view", "regard", "portray", "cast", "paint", "frame", "perceive"})
# Verbs that are cues with a particle only; it belongs to the cue.
PARTICLES = {
    "point": frozenset({"out", "to"}), "refer": frozenset({"to"}),
    "talk": frozenset({"about", "of"}), "speak": frozenset({"about", "of"}),
}  # fmt: skip
TELLING = frozenset(
    """told tell tells telling assured assures assuring reminded reminds reminding informed informs
    informing asked asks asking warned warns warning urged urges urging advised advises advising
    promised promising""".split()
)
NOUNS = frozenset(
    """statement claim claims announcement warning suggestion assertion assertions argument
    allegation allegations belief view promise prediction admission acknowledgment
    acknowledgement insistence accusation accusations fear fears hope hopes notion contention
    assurances assurance concern concerns conclusion charge complaint threat vow pledge
    rumors reports declaration comments remarks sense""".split()
)
NOUNS_TO = frozenset("decision plan plans promise pledge vow desire refusal threat".split())

ADVERBS = frozenset(
    """also later earlier then now so far repeatedly already once recently again still just even
    simply only publicly privately flatly angrily quickly reportedly not never n't first long often
    all both always previously explicitly openly initially ever further thus therefore instead
    actually really clearly strongly too famously""".split()
)
AUXILIARIES = frozenset(
    """has have had did do does will would could can may might should must didn't doesn't don't
    hasn't haven't hadn't won't wouldn't 's 've 'd ’s ’ve ’d ’ll didn’t doesn’t don’t hasn’t
    haven’t won’t wouldn’t he's she's he’s she’s""".split()
)
BE = frozenset("is are was were be been being am isn't wasn't aren't weren't isn’t wasn’t".split())
DAYS = frozenset(
    """monday tuesday wednesday thursday friday saturday sunday today yesterday tomorrow
    tonight""".split()
)
TIMES = DAYS | frozenset(
    """morning evening afternoon night day week month year days weeks months years hours minutes ago
    late early""".split()
)
PREPOSITIONS = frozenset(
    """of in on at for from with by about during through via to after before since under over into
    between among against amid outside inside within without near behind across
    throughout""".split()
)
DETERMINERS = frozenset(
    """the a an this that these those his her their its my our your some many most several both all
    each every few one two three no another any""".split()
)
PRONOUNS = frozenset("he she they we i it you who which".split())
SUBORDINATORS = frozenset(
    """that because while when if but although though where whether as since so than or until what
    how why whom whose after before nor yet unless once like""".split()
)
# Common finite verbs that are no cue: a noun phrase does not run over one.
COMMON_VERBS = (
    BE
    | AUXILIARIES
    | frozenset(
        """went came got made took gave became began ran held won lost led left put set met saw kept
    spoke stood sat paid brought built spent sent grew knew drew fell let lets get gets make makes
    take takes go goes come comes give gives run runs keep keeps wins needs need seems seem appears
    spoken gone done given taken failed led happened""".split()
    )
)
