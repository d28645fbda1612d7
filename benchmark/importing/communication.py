"""Cues of communication: whether a cue says that somebody spoke or wrote.

Verbs after Levin (1993, sections 33 and 37) and the public and suasive verbs of Quirk et al.
(1985, sections 16.31-16.32); the private verbs of the latter (believe, want, know) are left
out: they tell what somebody thinks, which is no quotation.
"""

import re

_VERBS = """accuse acknowledge add address admit advise affirm agree allege announce answer
apologize apologise appeal applaud argue articulate ask assert assure attack attest aver avow
bark beg bemoan
berate blame blast blog boast brag brief call caution censure challenge characterize characterise
charge chastise chide cite claim clarify command comment commend communicate compare complain
concede conclude concur condemn confess confide confirm congratulate contend continue contradict
counsel counter criticize criticise cry debunk declare decry defend demand denounce deny deplore
deride describe detail disagree disclose discuss disparage dispute disavow divulge dub echo
elaborate emphasize emphasise endorse enthuse exclaim exhort explain express fault fire
gush hail highlight hint implore imply indicate inform insinuate insist instruct interject invoke
invite issue joke knock label lament lambaste lampoon laud lecture list maintain mention mock muse
name narrate note object observe offer opine order outline paint pan phrase plead pledge point
portray post praise preach predict proclaim profess promise pronounce propose protest
publish push question quip quote rail rant rate reaffirm reassure
rebuff rebuke rebut recall recite recommend recount refer refute reiterate rejoin
relate relay remark remind repeat reply report repudiate request
respond restate retort retweet reveal ridicule roar say scoff scold scream
shout signal slam snap sneer speak specify spin state stipulate stress suggest swear swipe
talk taunt tell tease term testify thank threaten thunder tout trash trumpet tweet
underline underscore urge utter vent voice volunteer vow warn whisper write yell advocate
crow declare deadpan exult fume grouse mutter quibble
rip skewer spout tutor vouch welcome wonder"""
_IRREGULAR = """said told spoke spoken wrote written swore sworn begged quipped slammed admitted
referred disavowed panned bragged ripped snapped read reads reading put puts putting went goes
compared cried denied testified replied implied decried clarified""".split()
_NOUNS = """accusation acknowledgement acknowledgment admission advice allegation announcement
answer apology appeal argument article assertion assessment assurance briefing call caption
charge claim
column comment commentary comparison complaint confession confirmation contention criticism
declaration demand denial description disclosure editorial email e-mail essay explanation
headline insistence interview invitation joke letter manifesto memo mention message
note op-ed plea pledge post prediction press-release proclamation promise pronouncement proposal
question quotation quote reassurance rebuke recommendation remark report request
response reply revelation rhetoric rumor rumour speech statement suggestion summary
testimony threat transcript tweet vow warning words word""".split()
_PHRASES = re.compile(r"\b(?:according to|per|in the words of|as .* put it)\b")
_WORD = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*")


def _forms(verb: str) -> tuple[str, ...]:
    stem = verb.removesuffix("e")
    third = verb + ("es" if verb.endswith(("s", "sh", "ch", "x")) else "s")
    past = stem + "ed"
    if verb.endswith("y") and verb[-2] not in "aeiou":
        third, past = verb[:-1] + "ies", verb[:-1] + "ied"
    doubled = verb + verb[-1]
    return verb, third, past, stem + "ing", doubled + "ed", doubled + "ing"


_CUES = frozenset(
    [form for verb in _VERBS.split() for form in _forms(verb)]
    + _IRREGULAR + _NOUNS + [noun + "s" for noun in _NOUNS]
    + [noun[:-1] + "ies" for noun in _NOUNS if noun.endswith("y")]
)  # fmt: skip


def is_communication(cue: str) -> bool:
    """Whether one of the words of a cue is one of speaking or writing.

    No cue, or a mark alone (a colon), says nothing against it: that counts as communication.
    """
    words = _WORD.findall(cue.casefold())
    return not words or any(word in _CUES for word in words) or bool(_PHRASES.search(cue.lower()))
