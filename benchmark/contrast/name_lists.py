"""Invented people need names: given names by gender and family names, by origin.

Common names of many languages, put together at random, so that they are nobody's.
"""

from typing import Literal, NamedTuple

Gender = Literal["female", "male", "unknown"]


class Origin(NamedTuple):
    """The names of one origin. `unknown` holds given names that women and men bear; it may be
    empty."""

    female: tuple[str, ...]
    male: tuple[str, ...]
    unknown: tuple[str, ...]
    family: tuple[str, ...]


def _origin(female: str, male: str, unknown: str, family: str) -> Origin:
    return Origin(*(tuple(names.split()) for names in (female, male, unknown, family)))


ORIGINS: dict[str, Origin] = {
    "English": _origin(
        "Harriet Judith Phoebe Marjorie Rosalind Beatrix Winifred Imogen Cordelia Gwendolen",
        "Duncan Wilfred Humphrey Clive Gareth Barnaby Alistair Rupert Desmond Lionel",
        "Robin Leslie Hilary Vivian Evelyn Ashley Jocelyn Merle Sandy Lindsay",
        "Thackwell Ormsby Haldane Prescott Winterbourne Castleton Fairburn Loxley Tuckwell "
        "Amberley Hathersage Penhallow Cotterill Dunstable Marchbanks Wetherby",
    ),
    "Finnish": _origin(
        "Aino Helmi Kaarina Tuulikki Marjatta Sirkka Orvokki Vuokko Hilkka Raija",
        "Eero Juhani Tapio Pekka Veikko Urho Aarne Kalevi Ilmari Seppo",
        "Rauni Tuisku Vanamo Utu Valo Kuura Kaino Halla Myrsky Routa",
        "Kivisaari Lehtovaara Honkapuro Rautalampi Suonenjoki Pajukoski Hirvonniemi Vesterlampi "
        "Kallioranta Tervakangas Lumiaho Peltomaa Savikoski Hautaniemi Koivukoski Niittyharju",
    ),
    "Greek": _origin(
        "Eleni Despina Katerina Vasiliki Chrysoula Fotini Paraskevi Stavroula Areti Magdalini",
        "Stelios Thanasis Vangelis Kostas Petros Dimitris Lefteris Manolis Spyros Takis",
        "",
        "Papalexiou Karamitros Vlachopanos Anastasakis Theodorellis Stavrianidis Kalogridis "
        "Mavrodimos Pelekoudas Zacharakis Xenodakis Lambrinellis Drakonteas Kotsifas Roussakis "
        "Galanopetrou",
    ),
    "Nigerian": _origin(
        "Adaeze Ngozi Folasade Chiamaka Yewande Ifeoma Titilayo Nkechi Omolara Ebele",
        "Chukwuemeka Babatunde Obinna Olumide Ikenna Segun Uchenna Kayode Nnamdi Tunde",
        "Ayo Temi Tobi Tolu Ife Kelechi Dayo Seun Ebi Tomi",
        "Okonjideke Adewunmiju Eze-Nwafor Olatunbosi Nwachukwele Balogunde Ezenwammadu "
        "Adeyinkale Okparachi Ogunleyemi Umehani Akinwandero Obiakorie Fashogbonu Iwuchunkwo "
        "Olorunsholade",
    ),
    "Vietnamese": _origin(
        "Huong Thuy Hanh Ngoc Phuong Loan Nhung Trinh Yen Diep",
        "Dung Hung Cuong Tuan Hieu Long Phuc Thang Vinh Trung",
        "Minh Anh Khanh Linh Bao An Thanh Hoa Tam Chau",
        "Nguyenkhoa Tranluong Phamviet Hoangmai Buidinh Dangthai Vuongle Lamquoc Doanhieu "
        "Trinhxuan Luongbang Thaison Maichau Quachtin Haongoc Camthanh",
    ),
    "Armenian": _origin(
        "Anahit Siranush Hasmik Gohar Naira Ruzanna Karine Arpine Tatevik Lusine",
        "Hovhannes Garegin Tigran Vartan Ruben Sarkis Mkrtich Levon Hakob Gevorg",
        "Arev Sevan Arax Nairi Yeraz",
        "Terzibashian Kalpakchian Mirzabekian Gharibashian Nalbandoghlian Setrakyants "
        "Demirtashian Arzumanents Boyajents Hekiments Khachikents Papazents Sahakents "
        "Torosents Yeraments Zohrabents",
    ),
}
