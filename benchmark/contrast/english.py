"""British and American English: the spellings, and which of the two a text is written in."""

import re
from typing import Literal

English = Literal["british", "american"]

# British and American spellings of words that news uses; the second column is American.
SPELLINGS = tuple(
    pair.split("/")
    for pair in (
        "colour/color favour/favor favoured/favored favourite/favorite honour/honor "
        "honours/honors labour/labor neighbour/neighbor neighbours/neighbors rumour/rumor "
        "harbour/harbor harbours/harbors behaviour/behavior defence/defense licence/license "
        "offence/offense centre/center centres/centers theatre/theater metre/meter "
        "metres/meters kilometre/kilometer kilometres/kilometers litre/liter litres/liters "
        "fibre/fiber organise/organize organised/organized organisers/organizers "
        "organisation/organization organisations/organizations recognise/recognize "
        "recognised/recognized realise/realize realised/realized apologise/apologize "
        "apologised/apologized criticised/criticized criticise/criticize "
        "privatisation/privatization stabilise/stabilize cancelled/canceled "
        "travelled/traveled traveller/traveler travellers/travelers signalled/signaled "
        "labelled/labeled programme/program programmes/programs tonnes/tons "
        "grey/gray plough/plow cheque/check tyre/tire tyres/tires sceptical/skeptical "
        "catalogue/catalog dialogue/dialog judgement/judgment storey/story councillor/councilor "
        "councillors/councilors counsellor/counselor jewellery/jewelry manoeuvre/maneuver "
        "towards/toward afterwards/afterward learnt/learned spelt/spelled"
    ).split()
)
# Words that both sides spell so, but for different things.
ON_BOTH_SIDES = frozenset("check story program license tons learned tire dialog".split())
# British words that Americans write too.
_NO_EVIDENCE = frozenset("catalogue dialogue tonnes towards afterwards grey".split())
_BRITISH = frozenset(pair[0] for pair in SPELLINGS) - _NO_EVIDENCE
_AMERICAN = frozenset(pair[1] for pair in SPELLINGS) - ON_BOTH_SIDES
_TITLE = re.compile(r"\b(?:Mr|Mrs|Ms|Dr)(\.?) ")


def english_of(text: str) -> English | None:
    """Which English a text has: by the stop behind its titles, else by its spelling, or None."""
    if title := _TITLE.search(text):
        return "american" if title[1] else "british"
    words = re.findall(r"[a-z]+", text.lower())
    british = sum(word in _BRITISH for word in words)
    american = sum(word in _AMERICAN for word in words)
    if british == american:
        return None
    return "british" if british > american else "american"
