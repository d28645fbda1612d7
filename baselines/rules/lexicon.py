"""Word lists. Verbs of communication after Levin (1993), sections 37.1 to 37.9, and the
reporting verbs of Quirk et al. (1985), section 14.28 ff.; selected and inflected here."""

_SAY = """\
say says said tell tells told add adds added announce announces announced argue argues argued
assert asserts asserted claim claims claimed comment commented concede concedes conceded
conclude concludes concluded confirm confirms confirmed contend contends contended declare
declares declared deny denies denied disclose disclosed emphasize emphasized emphasise
emphasised estimate estimates estimated explain explains explained insist insists insisted
joke joked joking maintain maintains maintained mention mentioned note notes noted observe
observed predict predicts predicted proclaim proclaimed promise promises promised quip quipped
reply replied report reports reported respond responded reveal reveals revealed stated stress
stresses stressed suggest suggests suggested testify testified tweeted warn warns warned write
writes wrote recall recalled acknowledge acknowledges acknowledged admit admits admitted
affirm affirmed allege alleges alleged assure assured caution cautioned complain complained
boast boasted remark remarked reiterate reiterated repeat repeated swear swore vow vowed vows
pledge pledged quote quoted ask asks asked yell yelled exclaim exclaimed shout shouted whisper
whispered answer answered urge urged urges advise advised"""
_THINK = """\
believe believes believed think thinks thought hope hopes hoped expect expects expected fear
fears feared know knows knew feel feels felt understand understood assume assumed doubt
doubted guess guessed realize realized learn learned decide decided agree agrees agreed
consider considers considered find finds found show shows showed indicate indicates indicated
imply implied speculate speculated conceded worry worried wonder wondered imagine imagined
remember recommend recommended propose proposed demand demanded appear appears appeared seem
seems seemed conclude determine determined learn prefer suspect suspected"""
_WANT = """\
want wants wanted plan plans planned intend intends intended hope hopes hoped vow vows vowed
pledge pledged promise promised threaten threatened refuse refuses refused decline declined
seek seeks sought try offer offered agree agreed prefer prefers preferred wish wished"""
_PARTICIPLE = """\
saying adding arguing claiming warning noting telling insisting stressing suggesting
explaining writing declaring stating asserting announcing promising predicting calling
tweeting acknowledging admitting alleging asking believing hoping"""

SAY = frozenset(_SAY.split())
THINK = frozenset(_THINK.split())
WANT = frozenset(_WANT.split())
PARTICIPLES = frozenset(_PARTICIPLE.split())
NOUNS = frozenset(
    """statement claim claims announcement warning suggestion assertion argument allegation
allegations belief view promise prediction admission acknowledgment insistence accusation fear
fears hope hopes idea notion""".split()
)

ADVERBS = frozenset(
    """never ever often always barely finally not also later earlier then now so far has have had
repeatedly already once recently again still just even simply only publicly privately flatly
angrily quickly reportedly monday tuesday wednesday thursday friday saturday sunday today
yesterday""".split()
)
ADDRESSED = frozenset(
    {"told", "tell", "tells", "telling", "assured", "reminded", "asked", "warned"}
)

# Capitals that stand for their government, and the state.
METONYMS = {
    "Moscow": "Russia",
    "Beijing": "China",
    "Washington": "United States",
    "London": "Britain",
    "Paris": "France",
    "Berlin": "Germany",
    "Kiev": "Ukraine",
    "Kyiv": "Ukraine",
    "Tbilisi": "Georgia",
    "Ankara": "Turkey",
    "Tehran": "Iran",
    "Warsaw": "Poland",
    "Tokyo": "Japan",
    "Seoul": "South Korea",
    "Pyongyang": "North Korea",
    "New Delhi": "India",
    "Rome": "Italy",
    "Madrid": "Spain",
}
ABBREVIATIONS = frozenset(
    """mr mrs ms dr prof sen rep gov gen col lt sgt st jr sr inc corp co ltd vs no jan feb mar apr
aug sept oct nov dec rev hon u.s u.k d.c a.m p.m e.g i.e""".split()
)
