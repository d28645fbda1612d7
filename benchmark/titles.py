"""Words around names: titles that precede them, pronouns that stand for them, prepositions."""

# Honorifics, offices and callings that can stand before a person's name.
TITLES: frozenset[str] = frozenset(
    (
        "acting activist actor actress adm admiral advocate agriculture ambassador analyst "
        "analysts archbishop architect assistant associate astronaut attorney author ayatollah "
        "banker baron baroness barrister bishop boss brig brigadier broker brother cabinet "
        "campaigner candidate capt captain cardinal ceo cfo chair chairman chairperson chairwoman "
        "chancellor chief cmdr co-founder coach cofounder col colonel columnist commander "
        "commissioner commissioners composer congress congressman congresswoman constable consul "
        "coo coroner corporal correspondent councillor councilor count countess cpl cto culture "
        "dame defence defender defense deputy designer detective development diplomat director "
        "directors doctor dr duchess duke earl economist economists economy editor education emir "
        "emperor empress energy engineer environment envoy ex executive expert experts farmer "
        "father federal field filmmaker finance foreign former founder fr gen general goalkeeper "
        "gov government governor head health historian home imam incoming inspector interim "
        "interior journalist judge junior justice king labor labour lady late lawmaker lawmakers "
        "lawyer leader leaders leading lecturer lieutenant local lord lt magistrate maj major "
        "manager managing marshal mayor midfielder minister ministers miss mr mrs ms mx national "
        "nominee novelist nurse officer opposition organiser organizer outgoing owner parliament "
        "parliamentary party pastor photographer pilot poet pope premier president presidents "
        "prime prince princess private prof professor prosecutor quarterback queen rabbi rear "
        "regional rep reporter representative researcher resident retired rev reverend scientist "
        "secretary sen senator senior sergeant sgt shah sheikh singer sir sister solicitor "
        "speaker spokesman spokespeople spokesperson spokeswoman state strategist striker student "
        "sultan superintendent surgeon teacher then top trade trader trainer transport treasury "
        "undersecretary veteran vice whip writer"
    ).split()
)

# Words that stand for a speaker without naming one.
PRONOUNS: frozenset[str] = frozenset(
    (
        "all another anybody anyone both each either everybody everyone few he her hers herself "
        "him himself his i it its itself many me mine most my myself neither nobody none one "
        "oneself others our ours ourselves several she some somebody someone such that their "
        "theirs them themself themselves these they this those us we which who whom whose you "
        "your yours yourself yourselves"
    ).split()
)

# Prepositions: behind one of them a name is not the head of its phrase.
PREPOSITIONS: frozenset[str] = frozenset(
    (
        "about above across after against along alongside amid among around as at before behind "
        "below beneath beside besides between beyond by concerning despite down during except for "
        "from in inside into like near of off on onto opposite out outside over past per "
        "regarding since than through throughout till to toward towards under underneath until up "
        "upon versus via with within without"
    ).split()
)
