"""The rules on parses built by hand, so that the rules are tested and not the model."""

import numpy as np
import pytest
import spacy
from spacy.tokens import Doc

from workbench.splitting.attribution import find_relations
from workbench.splitting.choosing import FEATURES, UNDIVIDED, Chooser
from workbench.splitting.clauses import propositions
from workbench.splitting.details import readings
from workbench.splitting.extents import cue_of, source_of
from workbench.splitting.reading import Article, Layout
from workbench.splitting.realise import realise
from workbench.splitting.repairs import repair
from workbench.splitting.tree import Tree

VOCAB = spacy.blank("en").vocab
Token = tuple[str, str, str, str, int]  # word, tag, part of speech, label, head


def doc_of(*tokens: Token, lemmas: dict[str, str] | None = None) -> Doc:
    words = [token[0] for token in tokens]
    closing = {".", ",", "'s"}
    spaces = [i + 1 < len(words) and words[i + 1] not in closing for i in range(len(words))]
    return Doc(
        VOCAB,
        words=words,
        spaces=spaces,
        tags=[token[1] for token in tokens],
        pos=[token[2] for token in tokens],
        deps=[token[3] for token in tokens],
        heads=[token[4] for token in tokens],
        lemmas=[(lemmas or {}).get(word, word.lower()) for word in words],
    )


def article_of(doc: Doc) -> Article:
    return Article(Layout.of(doc.text), doc)


def claims(tree: Tree, root: int) -> list[str]:
    """What the clause comes apart into, without the readings that leave it together."""
    return [
        realise(tree, p.pieces, lambda _: None)
        for p in propositions(tree, root, {})
        if p.origin not in UNDIVIDED
    ]


@pytest.fixture
def created() -> Doc:
    return doc_of(
        ("The", "DT", "DET", "det", 1),
        ("pact", "NN", "NOUN", "nsubjpass", 3),
        ("was", "VBD", "AUX", "auxpass", 3),
        ("created", "VBN", "VERB", "ROOT", 3),
        ("in", "IN", "ADP", "prep", 3),
        ("2002", "CD", "NUM", "pobj", 4),
        ("and", "CC", "CCONJ", "cc", 3),
        ("is", "VBZ", "AUX", "conj", 3),
        ("strong", "JJ", "ADJ", "acomp", 7),
        (".", ".", "PUNCT", "punct", 3),
        lemmas={"was": "be", "created": "create", "is": "be"},
    )


def test_coordinated_verbs_share_their_subject(created: Doc) -> None:
    assert claims(Tree(created), 3) == ["The pact was created in 2002.", "The pact is strong."]


def test_a_tree_keeps_offsets_and_order(created: Doc) -> None:
    tree = Tree(created)
    assert [created.text[s:e] for s, e in zip(tree.idx, tree.end, strict=True)] == tree.words
    assert tree.subtree(4) == [4, 5]
    assert tree.subject(3) == 1


@pytest.fixture
def reported() -> Doc:
    return doc_of(
        ("She", "PRP", "PRON", "nsubj", 2),
        ("never", "RB", "ADV", "neg", 2),
        ("said", "VBD", "VERB", "ROOT", 2),
        ("that", "IN", "SCONJ", "mark", 5),
        ("taxes", "NNS", "NOUN", "nsubj", 5),
        ("fell", "VBD", "VERB", "ccomp", 2),
        (".", ".", "PUNCT", "punct", 2),
        lemmas={"said": "say", "fell": "fall", "taxes": "tax"},
    )


def test_a_clause_below_a_verb_of_saying_is_its_content(reported: Doc) -> None:
    article = article_of(reported)
    (relation,) = find_relations(article)
    (part,) = relation.parts
    assert article.text[slice(*part)] == "that taxes fell"
    assert source_of(article.tree, 2) == [0]
    assert cue_of(article.tree, 2) == [1, 2]
    assert relation.negated


def test_figures_in_a_list_are_claims_of_their_own() -> None:
    doc = doc_of(
        ("Riots", "NNS", "NOUN", "nsubj", 1),
        ("caused", "VBD", "VERB", "ROOT", 1),
        ("deaths", "NNS", "NOUN", "dobj", 1),
        (",", ",", "PUNCT", "punct", 2),
        ("injuries", "NNS", "NOUN", "conj", 2),
        ("and", "CC", "CCONJ", "cc", 4),
        ("arrests", "NNS", "NOUN", "conj", 4),
        (".", ".", "PUNCT", "punct", 1),
    )
    assert claims(Tree(doc), 1) == [
        "Riots caused deaths.",
        "Riots caused injuries.",
        "Riots caused arrests.",
    ]


def test_an_apposition_is_a_claim() -> None:
    doc = doc_of(
        ("Ms", "NNP", "PROPN", "compound", 1),
        ("Hart", "NNP", "PROPN", "nsubj", 6),
        (",", ",", "PUNCT", "punct", 1),
        ("a", "DT", "DET", "det", 4),
        ("lawyer", "NN", "NOUN", "appos", 1),
        (",", ",", "PUNCT", "punct", 1),
        ("won", "VBD", "VERB", "ROOT", 6),
        ("twice", "RB", "ADV", "advmod", 6),
        (".", ".", "PUNCT", "punct", 6),
    )
    assert claims(Tree(doc), 6) == ["Ms Hart won twice.", "Ms Hart is a lawyer."]


def test_split_subjects_agree_with_their_verb() -> None:
    doc = doc_of(
        ("Oil", "NN", "NOUN", "nsubj", 3),
        ("and", "CC", "CCONJ", "cc", 0),
        ("gas", "NN", "NOUN", "conj", 0),
        ("are", "VBP", "AUX", "ROOT", 3),
        ("scarce", "JJ", "ADJ", "acomp", 3),
        (".", ".", "PUNCT", "punct", 3),
        lemmas={"are": "be"},
    )
    assert claims(Tree(doc), 3) == ["Oil is scarce.", "Gas is scarce."]


def test_alternatives_stay_whole() -> None:
    doc = doc_of(
        ("Rain", "NN", "NOUN", "nsubj", 3),
        ("or", "CC", "CCONJ", "cc", 0),
        ("snow", "NN", "NOUN", "conj", 0),
        ("fell", "VBD", "VERB", "ROOT", 3),
        ("there", "RB", "ADV", "advmod", 3),
        (".", ".", "PUNCT", "punct", 3),
    )
    assert claims(Tree(doc), 3) == ["Rain or snow fell there."]


def test_a_garden_path_is_mended() -> None:
    doc = doc_of(
        ("Riots", "NNS", "NOUN", "ROOT", 0),
        ("that", "WDT", "PRON", "nsubj", 2),
        ("followed", "VBD", "VERB", "relcl", 0),
        ("events", "NNS", "NOUN", "nsubj", 4),
        ("caused", "VBD", "VERB", "ccomp", 2),
        ("deaths", "NNS", "NOUN", "dobj", 4),
        (".", ".", "PUNCT", "punct", 0),
    )
    tree = Tree(doc)
    repair(tree)
    assert (tree.head[4], tree.dep[4]) == (4, "ROOT")
    assert (tree.head[0], tree.dep[0]) == (4, "nsubj")
    assert (tree.head[3], tree.dep[3]) == (2, "dobj")


def test_circumstances_are_readings_of_their_own(born: Doc) -> None:
    tree = Tree(born)
    (base,) = propositions(tree, 2, {})
    made = {
        (r.operation, realise(tree, r.proposition.pieces, lambda _: None))
        for r in readings(tree, base)
    }
    assert made == {
        ("whole", "She was born in 1950 by accident."),
        ("core", "She was born."),
        ("one", "She was born in 1950."),
        ("one", "She was born by accident."),
    }


def test_nothing_is_left_out_of_what_is_denied(born: Doc) -> None:
    tree = Tree(born)
    tree.lower[1] = "never"
    (base,) = propositions(tree, 2, {})
    assert [r.operation for r in readings(tree, base)] == ["whole"]


@pytest.fixture
def born() -> Doc:
    return doc_of(
        ("She", "PRP", "PRON", "nsubjpass", 2),
        ("was", "VBD", "AUX", "auxpass", 2),
        ("born", "VBN", "VERB", "ROOT", 2),
        ("in", "IN", "ADP", "prep", 2),
        ("1950", "CD", "NUM", "pobj", 3),
        ("by", "IN", "ADP", "prep", 2),
        ("accident", "NN", "NOUN", "pobj", 5),
        (".", ".", "PUNCT", "punct", 2),
        lemmas={"was": "be", "born": "bear"},
    )


def test_the_trees_take_the_plan_with_the_highest_gain() -> None:
    tree = {
        "feature": [0, 0, 0],
        "threshold": [0.5, 0.0, 0.0],
        "left": [1, 1, 2],
        "right": [2, 1, 2],
        "value": [0.0, -1.0, 2.0],
    }
    chooser = Chooser({"features": list(FEATURES), "start": 0.5, "depth": 1, "trees": [tree]})
    table = np.zeros((2, len(FEATURES)))
    table[1, 0] = 1.0
    assert chooser.gains(table).tolist() == [-0.5, 2.5]
