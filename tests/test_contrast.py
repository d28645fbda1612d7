"""Contrast pairs: rewriting, perturbations, consistency. Laws, and numbers worked by hand."""

import re
import runpy

import pytest
from msgspec.structs import replace

from benchmark import InputRefused, load_gold, score
from benchmark.consistency import Answer, consistency
from benchmark.contrast.english import english_of
from benchmark.contrast.generation import BY_NAME, PERTURBATIONS, generate, variants
from benchmark.contrast.name_lists import ORIGINS
from benchmark.contrast.rewriting import (
    Edit,
    InapplicableError,
    Rewriting,
    Stand,
    deletion,
    insertion,
    substitution,
)
from benchmark.contrast.variants import lowered
from benchmark.records import Document, Entity, Quote, Span, words_of
from benchmark.sets import gold_root
from benchmark.validation import check_gold
from tests import build

ROOT = gold_root().parent
CONTRAST = gold_root() / "contrast" / "documents.jsonl"


@pytest.fixture(scope="module")
def shipped() -> list[Document]:
    return load_gold("contrast")


@pytest.fixture(scope="module")
def parents() -> dict[str, Document]:
    return {one.doc_id: one for one in (*load_gold("article"), *load_gold("newsroom"))}


TEXT = "Ann said it was late."


@pytest.mark.parametrize(
    ("edits", "text", "moved"),
    [
        # "it was late" stands at 9-20. An edit before it moves it by what it adds or takes.
        ([insertion(0, "Yes: ")], "Yes: Ann said it was late.", "it was late"),
        ([deletion(0, 4)], "said it was late.", "it was late"),
        # Words that stand for others inside the span belong to it, and so do new ones.
        ([substitution(12, 15, "seemed")], "Ann said it seemed late.", "it seemed late"),
        ([insertion(16, "very ")], "Ann said it was very late.", "it was very late"),
        # At its edges new words do not.
        ([insertion(9, "that ")], "Ann said that it was late.", "it was late"),
        ([insertion(20, " now")], "Ann said it was late now.", "it was late"),
        # The clause goes behind: the span keeps its words wherever they go.
        (
            [Edit(0, 21, (Stand(9, 10, "I"), Span(10, 20), ", ", Span(0, 3), " said."))],
            "It was late, Ann said.",
            "It was late",
        ),
    ],
)
def test_a_span_keeps_its_words(edits, text, moved):
    rewriting = Rewriting(TEXT, edits)
    assert rewriting.text == text
    assert words_of(text, rewriting.spans((Span(9, 20),))) == moved


def test_a_span_that_is_cut_in_two_has_two_parts():
    edit = Edit(11, 11, (", ", Span(0, 3), ", "))
    with pytest.raises(InapplicableError):
        Rewriting(TEXT, [edit, Edit(10, 12)])
    rewriting = Rewriting(TEXT, [Edit(11, 12, (", ", Span(0, 8), ", "))])
    assert rewriting.text == "Ann said it, Ann said, was late."
    parts = rewriting.spans((Span(9, 20),))
    assert [rewriting.text[one.start : one.end] for one in parts] == ["it", "was late"]


def test_a_span_that_is_cut_before_a_blank_does_not_begin_with_it():
    rewriting = Rewriting(TEXT, [Edit(11, 11, (", ", Span(0, 8), ","))])
    assert rewriting.text == "Ann said it, Ann said, was late."
    parts = rewriting.spans((Span(9, 20),))
    assert [rewriting.text[one.start : one.end] for one in parts] == ["it", "was late"]


def test_no_span_begins_or_ends_with_a_blank(shipped):
    for one in shipped:
        for quote in one.quotes:
            for span in (*quote.content, *quote.cue, *quote.source):
                words = one.text[span.start : span.end]
                assert words == words.strip(), (one.doc_id, words)


def test_words_that_stand_for_a_part_of_a_span_are_refused():
    with pytest.raises(InapplicableError):
        Rewriting(TEXT, [substitution(4, 11, "x")]).spans((Span(9, 20),))


@pytest.mark.parametrize(("word", "small"), [("The end", "the end"), ("I am", "I am")])
def test_the_first_letter_of_a_clause(word, small):
    assert lowered(word) == small


def test_a_name_keeps_its_capital():
    with pytest.raises(InapplicableError):
        lowered("Marseilles is far")


def test_the_file_is_what_the_script_makes():
    script = runpy.run_path(str(ROOT / "scripts" / "build_contrast.py"))
    assert script["build"]() == load_gold("contrast")


def test_as_many_as_are_wanted_and_of_every_kind(shipped):
    kinds = {one.perturbation for one in shipped} - {"none"}
    assert kinds == set(BY_NAME)
    assert sum(one.perturbation != "none" for one in shipped) >= 1500
    keeping = [one for one in PERTURBATIONS if one.preserving]
    assert len(keeping) >= 12
    assert len(PERTURBATIONS) - len(keeping) >= 6


def test_the_card_states_how_many_there_are(shipped):
    card = (CONTRAST.parent / "README.md").read_text("utf-8")
    made = sum(one.perturbation != "none" for one in shipped)
    assert f"{made:,} variants of them, each\nmade by one of {len(PERTURBATIONS)}" in card


def test_every_document_is_sound_gold_under_a_name_of_its_own(shipped):
    assert not [fault for one in shipped for fault in check_gold(one, "contrast", 1)]
    assert len({one.doc_id for one in shipped}) == len(shipped)


def test_the_oracle_is_right_everywhere(shipped):
    predictions = [Document(doc_id=one.doc_id, quotes=one.quotes) for one in shipped]
    report = score(predictions, "contrast", draws=0)
    assert report.measures["attribution"].f1 == 1
    assert {one.value for one in report.contrast.values()} == {1.0}


def test_a_label_preserving_variant_keeps_its_labels(shipped, parents):
    """But for names that are renamed everywhere, and the agency that is swapped."""
    for one in shipped:
        kind = BY_NAME.get(str(one.perturbation))
        if kind is None or not kind.preserving:
            continue
        before = {q.quote_id.rsplit("-", 1)[1]: q for q in parents[one.parent].quotes}
        after = {q.quote_id.rsplit("-", 1)[1]: q for q in one.quotes}
        assert before.keys() == after.keys()
        for number, old in before.items():
            new = after[number]
            assert (new.status, new.agency_role) == (old.status, old.agency_role)
            assert new.quote_type == old.quote_type
            assert len(new.speakers) == len(old.speakers)
            if kind.name not in ("renamed_people", "other_gender", "surname", "agency_swapped"):
                assert (new.speaker, new.agency) == (old.speaker, old.agency)


def test_a_label_changing_variant_changes_the_labels_of_its_pairs(shipped, parents):
    for one in shipped:
        kind = BY_NAME.get(str(one.perturbation))
        if kind is None or kind.preserving:
            continue
        before = {q.quote_id: q for q in parents[one.parent].quotes}
        after = {q.quote_id: q for q in one.quotes}
        for pair in one.pairs:
            old, new = before[pair.parent], after.get(pair.quote)
            labels = None if new is None else (new.speaker, new.agency, new.agency_role)
            assert labels != (old.speaker, old.agency, old.agency_role), one.doc_id


def test_nothing_is_invented_about_real_people(shipped):
    kinds = {one.perturbation for one in shipped if one.parent == "medvedev-dushanbe"}
    assert not {kind for kind in kinds if kind in BY_NAME and BY_NAME[str(kind)].invents}
    assert "quotation_marks" in kinds


def test_edits_leave_no_doubled_marks_or_spaces(shipped, parents):
    """But for what the parent has itself, and the spaces that are missing on purpose."""
    slip = re.compile(r"\.\.|,,| [,.;]|  |\(\s|[,;][.;]|\b(\w{2,}) \1\b")
    for one in shipped:
        made = {found[0] for found in slip.finditer(one.text)}
        allowed = {found[0] for found in slip.finditer(parents[one.parent].text)}
        assert made <= allowed, one.doc_id


def test_a_renamed_text_has_no_old_name_left(shipped, parents):
    for one in shipped:
        if one.perturbation != "renamed_people":
            continue
        new = {entity.name for entity in one.entities}
        gone = [e for e in parents[one.parent].entities if e.name not in new and e.kind == "person"]
        for entity in gone:
            assert not re.search(rf"(?<![\w-]){re.escape(entity.name)}(?![\w-])", one.text)


def test_names_belong_to_one_list():
    for origin in ORIGINS.values():
        lists = [set(names) for names in origin]
        assert all(len(one) == len(names) for one, names in zip(lists, origin, strict=True))
        assert sum(map(len, lists)) == len(set().union(*lists))


def test_variants_do_not_depend_on_the_other_parents(parents):
    one = parents["nr-test-03-alazan-corridor"]
    alone = list(generate([one], 7))
    among = [v for v in generate(list(parents.values())[:8], 7) if v.parent == one.doc_id]
    assert alone == among
    assert alone != list(generate([one], 8))


def only(parent: Document, name: str) -> Document:
    return next(variants(parent, BY_NAME[name], 1))


def test_variants_by_hand():
    """The text of `tests.build`, and what a few perturbations must make of one sentence in it."""
    parent = build.gold()
    assert '"We were lucky," Ana Ruiz told Reuters.' in only(parent, "full_name").text
    removed = only(parent, "clause_removed")
    assert "Reuters. More rain will come. " in removed.text
    assert [(pair.parent, pair.quote) for pair in removed.pairs] == [("d-3", None)]
    assert "d-3" not in {one.quote_id for one in removed.quotes}
    added = only(parent, "carrier_added")
    assert re.search(r"warned that more rain would come, (\w+) reported\. ", added.text)
    carried = next(one for one in added.quotes if one.quote_id.endswith("-3"))
    assert carried.speakers == ("Otto Brandt",)
    shell = next(one for one in added.quotes if one.quote_id.endswith("-06"))
    assert (shell.status, shell.agency) == ("optional", carried.agency)
    assert words_of(added.text, shell.cue) == "reported"
    assert shell.quote == "Minister Otto Brandt warned that more rain would come"
    wrapped = only(parent, "line_wrapping")
    assert wrapped.text.replace("\n", " ") == parent.text
    assert max(map(len, wrapped.text.split("\n"))) <= 72
    turned = only(parent, "other_gender")
    assert " he said, Interfax" in turned.text
    assert " she " not in turned.text


def answer(kind: str, parent: str, number: int, right: bool) -> Answer:
    return Answer(kind, parent, f"{parent}-{number}", right)


def test_consistency_by_hand():
    """Four pairs: right twice, right then wrong, wrong then right, wrong twice.

    Parents 2 of 4, variants 2 of 4, both 1 of 4, so the change is 0 and consistency 1/4.
    """
    found = [answer("none", "a", n, n < 2) for n in range(4)]
    found += [answer("x", "a", n, n in (0, 2)) for n in range(4)]
    figures = consistency(found, 100, 1)
    assert list(figures) == ["x", "all"]
    one = figures["x"]
    assert (one.pairs, one.parent, one.variant, one.both) == (4, 2, 2, 1)
    assert (one.change, one.value, one.interval) == (0, 0.25, None)


def test_a_system_against_itself_has_no_change():
    found = [answer(kind, p, n, n % 2 == 0) for kind in ("none", "x") for p in "abcdefghijkl"
             for n in range(5)]  # fmt: skip
    one = consistency(found, 200, 1)["x"]
    assert one.change_interval == (0, 0)
    assert not one.lacking


def test_what_is_lost_in_every_parent_is_lacking():
    found = [answer(kind, p, n, kind == "none") for kind in ("none", "x") for p in "abcdefghijkl"
             for n in range(5)]  # fmt: skip
    one = consistency(found, 200, 1)["x"]
    assert (one.change, one.value) == (-1, 0)
    assert one.change_interval == (-1, -1)
    assert one.lacking


def test_a_small_loss_is_not_lacking_however_certain():
    """One answer of a hundred lost in each of twelve parents: beyond chance, and only -.01."""
    found = [answer(kind, p, n, kind == "none" or n > 0) for kind in ("none", "x")
             for p in "abcdefghijkl" for n in range(100)]  # fmt: skip
    one = consistency(found, 200, 1)["x"]
    assert one.change == pytest.approx(-0.01)
    assert one.change_interval[1] < 0
    assert not one.lacking


def test_an_attribution_that_is_gone_is_right_when_nothing_is_found(shipped):
    chosen = next(one for one in shipped if one.perturbation == "clause_removed")
    parent = next(one for one in shipped if one.doc_id == chosen.parent)
    gold = [parent, chosen]
    silent = [Document(doc_id=one.doc_id, quotes=()) for one in gold]
    assert score(silent, gold, draws=0).contrast["clause_removed"].variant == 1
    words = chosen.text[chosen.pairs[0].content[0].start : chosen.pairs[0].content[0].end]
    loud = [silent[0], replace(silent[1], quotes=(Quote(quote=words),))]
    assert score(loud, gold, draws=0).contrast["clause_removed"].variant == 0


def test_a_variant_without_its_parent_is_refused(shipped):
    chosen = next(one for one in shipped if one.pairs)
    with pytest.raises(InputRefused, match="add the parent"):
        score([Document(doc_id=chosen.doc_id, quotes=())], [chosen], draws=0)


def test_a_variant_that_names_another_parent_is_refused(shipped):
    """Even where its quotes are in the file: its interval would be drawn with the wrong text."""
    chosen = next(one for one in shipped if one.pairs)
    parent = next(one for one in shipped if one.doc_id == chosen.parent)
    lost = replace(chosen, parent="nobody")
    with pytest.raises(InputRefused, match="in 'nobody': add the parent"):
        score([parent, lost], [parent, lost], draws=0)


def test_intervals_draw_parents(shipped):
    """Twelve parents with many variants are twelve units, however many documents there are."""
    names = sorted({str(one.parent) for one in shipped})[:12]
    gold = [one for one in shipped if one.parent in names]
    report = score([Document(doc_id=one.doc_id, quotes=()) for one in gold], gold, draws=50)
    assert report.unit == "parents"
    assert len(report.judged.tally.by_unit()) == 12


MAYOR = (
    "Ana Ruiz, the mayor, said the dam had held, Reuters reported. Brandt spoke later. "
    '"The road is open, and nobody is missing," said Otto Brandt, a councillor. '
    "The ministry said on Monday that the bridge would be closed. Ruiz left."
)


def mayor() -> Document:
    """A shell at a sentence's tail, a quotation of two clauses, a plain report."""

    def quote(number, content, cue, source, speaker, **labels):
        span = build.span(content, MAYOR)
        return Quote(
            quote_id=f"m-{number}",
            content=(span,),
            quote=content,
            cue=(build.span(cue, MAYOR, labels.pop("nth", 0)),),
            source=(build.span(source, MAYOR),),
            speaker=(speaker,),
            quote_type=labels.pop("quote_type", "indirect"),
            **labels,
        )

    carrier = {"agency": "Reuters", "agency_role": "carrier"}
    tail = ("agency_tail",)
    return build.gold(
        "m",
        text=MAYOR,
        entities=(
            Entity(name="Ana Ruiz", kind="person", aliases=("Ruiz",)),
            Entity(name="Otto Brandt", kind="person", aliases=("Brandt",)),
            Entity(name="the ministry", kind="organization"),
            Entity(name="Reuters", kind="agency"),
        ),
        quotes=(
            quote(1, "Ana Ruiz, the mayor, said the dam had held", "reported", "Reuters", "Reuters",
                  status="optional", phenomena=("agency_shell", *tail), **carrier),
            quote(2, "the dam had held", "said", "Ana Ruiz, the mayor", "Ana Ruiz",
                  phenomena=tail, **carrier),
            quote(3, "The road is open, and nobody is missing,", "said",
                  "Otto Brandt, a councillor", "Otto Brandt", nth=1, quote_type="direct",
                  phenomena=("inverted_cue",)),
            quote(4, "the bridge would be closed", "said", "The ministry", "the ministry", nth=2),
        ),
    )  # fmt: skip


def test_more_variants_by_hand():
    """What a few perturbations must make of the sentences of `MAYOR`, and of their labels."""
    parent = mayor()
    assert check_gold(parent, "mayor", 0) == []
    split = only(parent, "split_quote")
    assert (
        '"The road is open," said Otto Brandt, a councillor, "and nobody is missing."' in split.text
    )
    (pair,) = split.pairs
    assert [split.text[one.start : one.end] for one in pair.content] == [
        "The road is open,",
        "and nobody is missing.",
    ]
    told = only(parent, "carrier_as_recipient")
    assert told.text.startswith("Ana Ruiz, the mayor, told Reuters the dam had held. ")
    scare = list(variants(parent, BY_NAME["scare_quotes"], 1))
    assert {
        words
        for words in ('The bridge will be "closed". Ruiz left.', 'and nobody is "missing". The')
        if any(words in one.text for one in scare)
    } == {'The bridge will be "closed". Ruiz left.', 'and nobody is "missing". The'}
    assert [pair.quote for one in scare for pair in one.pairs] == [None, None]
    short = only(parent, "surname")
    assert short.text.startswith("Ruiz, the mayor, said ")
    assert "said Brandt, a councillor." in short.text
    assert {name for quote in short.quotes for name in quote.speakers} >= {"Ruiz", "Brandt"}


def test_an_agency_that_is_left_alone():
    """Ruiz is named again and was not named before: her clause stays where it is needed."""
    parent = mayor()
    assert all(
        "The dam had held" not in one.text for one in variants(parent, BY_NAME["agency_alone"], 1)
    )
    text = MAYOR.removesuffix(" Ruiz left.")
    alone = only(replace(parent, text=text), "agency_alone")
    assert alone.text.startswith("The dam had held, Reuters reported. ")
    quote = next(one for one in alone.quotes if one.quote_id.endswith("-2"))
    assert (quote.speakers, quote.agency, quote.agency_role) == (("Reuters",), "Reuters", "carrier")
    assert words_of(alone.text, quote.cue) == "reported"
    assert not any("agency_shell" in one.phenomena for one in alone.quotes)


def test_a_clause_that_the_next_sentence_needs_stays():
    """ "She left" behind it: somebody must have been named."""
    parent = mayor()
    needed = replace(parent, text=MAYOR.replace("Ruiz left.", "It is old."))
    for kind in ("clause_removed", "scare_quotes"):
        made = list(variants(needed, BY_NAME[kind], 1))
        assert not any("bridge" in str(one.pairs) for one in made)
        assert all("The ministry said" in one.text for one in made)


@pytest.mark.parametrize(
    ("text", "english"),
    [
        ("Mr. Sand left the centre.", "american"),
        ("Mr Sand left the center.", "british"),
        ("Four hours of your labor were raised otherwise.", "american"),
        ("The harbour is four hours away.", "british"),
        ("Four hours otherwise, and ours is raised.", None),
    ],
)
def test_which_english_a_text_has(text, english):
    assert english_of(text) == english
