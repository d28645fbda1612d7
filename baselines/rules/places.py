"""Capitals that stand for their governments, and names of states."""

METONYMS = {
    "Moscow": "Russia", "Beijing": "China", "Washington": "United States", "London": "Britain",
    "Paris": "France", "Berlin": "Germany", "Kiev": "Ukraine", "Kyiv": "Ukraine",
    "Tbilisi": "Georgia", "Ankara": "Turkey", "Tehran": "Iran", "Warsaw": "Poland",
    "Tokyo": "Japan", "Seoul": "South Korea", "Pyongyang": "North Korea", "New Delhi": "India",
    "Delhi": "India", "Rome": "Italy", "Madrid": "Spain", "Islamabad": "Pakistan",
    "Kabul": "Afghanistan", "Baghdad": "Iraq", "Damascus": "Syria", "Cairo": "Egypt",
    "Riyadh": "Saudi Arabia", "Minsk": "Belarus", "Chisinau": "Moldova", "Yerevan": "Armenia",
    "Baku": "Azerbaijan", "Astana": "Kazakhstan", "Tashkent": "Uzbekistan",
    "Bishkek": "Kyrgyzstan", "Dushanbe": "Tajikistan", "Vilnius": "Lithuania", "Riga": "Latvia",
    "Tallinn": "Estonia", "Helsinki": "Finland", "Stockholm": "Sweden", "Oslo": "Norway",
    "Copenhagen": "Denmark", "Prague": "Czech Republic", "Budapest": "Hungary",
    "Bucharest": "Romania", "Sofia": "Bulgaria", "Belgrade": "Serbia", "Zagreb": "Croatia",
    "Athens": "Greece", "Lisbon": "Portugal", "Dublin": "Ireland", "Vienna": "Austria",
    "Canberra": "Australia", "Ottawa": "Canada", "Havana": "Cuba", "Caracas": "Venezuela",
    "Hanoi": "Vietnam", "Jakarta": "Indonesia", "Manila": "Philippines", "Taipei": "Taiwan",
}  # fmt: skip

COUNTRIES: frozenset[str] = frozenset(METONYMS.values()) | frozenset(
    """Israel Lebanon Jordan Libya Tunisia Algeria Morocco Yemen Qatar Kuwait Cyprus Mexico Brazil
    Argentina Chile Colombia Peru Belgium Netherlands Switzerland Slovakia Slovenia Montenegro
    Macedonia Albania Kosovo Iceland Thailand Malaysia Singapore Nigeria Kenya Ethiopia Sudan
    Somalia America NATO EU UN U.N. U.S.""".split()
)
