"""What sentences are taken apart into, on parses written down, so that the rules are tested.

A token is word/tag/part of speech/label/head/lemma and, for a name, its kind.
"""

import pytest
import spacy
from spacy.tokens import Doc

from workbench.splitting.clauses import propositions
from workbench.splitting.details import readings
from workbench.splitting.realise import realise
from workbench.splitting.repairs import repair
from workbench.splitting.tree import Tree

VOCAB = spacy.blank("en").vocab
NO_SPACE_BEFORE = {".", ",", ";", ")", "]", "-", "'s"}
NO_SPACE_AFTER = {"(", "[", "-"}


def parsed(text: str) -> Doc:
    rows = [token.split("/") for token in text.split()]
    words = [row[0] for row in rows]
    kinds = [row[6] if len(row) > 6 else "" for row in rows]
    before = ["", *kinds]
    return Doc(
        VOCAB,
        words=words,
        spaces=[
            word not in NO_SPACE_AFTER and after not in NO_SPACE_BEFORE
            for word, after in zip(words, [*words[1:], "."], strict=True)
        ],
        tags=[row[1] for row in rows],
        pos=[row[2] for row in rows],
        deps=[row[3] for row in rows],
        heads=[int(row[4]) for row in rows],
        lemmas=[row[5] for row in rows],
        ents=[
            f"{'I' if before[i] == kind else 'B'}-{kind}" if kind else "O"
            for i, kind in enumerate(kinds)
        ],
    )


def read(text: str) -> set[str]:
    """Every reading of a parse, from which the chooser takes its claims."""
    tree = Tree(parsed(text))
    repair(tree)
    return {
        realise(tree, reading.proposition.pieces, lambda _: None)
        for root in range(tree.n)
        if tree.head[root] == root
        for proposition in propositions(tree, root, {})
        for reading in readings(tree, proposition)
    }


PARSES = {
    "despite": """
        Protests/NNS/NOUN/nsubj/1/protest/NORP spread/VBD/VERB/ROOT/1/spread
        despite/IN/SCONJ/prep/1/despite the/DT/DET/det/4/the
        cancellation/NN/NOUN/pobj/2/cancellation of/IN/ADP/prep/4/of the/DT/DET/det/7/the
        measure/NN/NOUN/pobj/5/measure and/CC/CCONJ/cc/4/and the/DT/DET/det/10/the
        resignation/NN/NOUN/conj/4/resignation of/IN/ADP/prep/10/of the/DT/DET/det/13/the
        Cabinet/NNP/PROPN/pobj/11/Cabinet/ORG ././PUNCT/punct/1/.
    """,
    "despite_none": """
        Police/NNS/NOUN/nsubj/1/Police posed/VBD/VERB/ROOT/1/pose
        despite/IN/SCONJ/prep/1/despite extra/JJ/ADJ/amod/4/extra
        security/NN/NOUN/pobj/2/security ././PUNCT/punct/1/.
    """,
    "after": """
        After/IN/ADP/prep/9/after the/DT/DET/det/2/the resignation/NN/NOUN/pobj/0/resignation
        of/IN/ADP/prep/2/of Honecker/NNP/PROPN/pobj/3/Honecker/PERSON in/IN/ADP/prep/2/in
        1989/CD/NUM/pobj/5/1989/DATE ,/,/PUNCT/punct/9/, Krenz/NNP/PROPN/nsubj/9/Krenz/PERSON
        ruled/VBD/VERB/ROOT/9/rule ././PUNCT/punct/9/.
    """,
    "born": """
        Born/VBN/VERB/advcl/7/bear in/IN/ADP/prep/0/in Rome/NNP/PROPN/pobj/1/Rome/GPE
        in/IN/ADP/prep/0/in 1950/CD/NUM/pobj/3/1950/DATE ,/,/PUNCT/punct/7/,
        Smith/NNP/PROPN/nsubj/7/Smith/PERSON left/VBD/VERB/ROOT/7/leave ././PUNCT/punct/7/.
    """,
    "having": """
        She/PRP/PRON/nsubj/1/she is/VBZ/AUX/ROOT/1/be rich/JJ/ADJ/acomp/1/rich
        ,/,/PUNCT/punct/1/, having/VBG/AUX/aux/5/having sold/VBN/VERB/advcl/1/sell
        her/PRP$/PRON/poss/7/her firm/NN/NOUN/dobj/5/firm ././PUNCT/punct/1/.
    """,
    "absolute": """
        They/PRP/PRON/nsubj/1/they return/VBP/VERB/ROOT/1/return ,/,/PUNCT/punct/1/,
        with/IN/ADP/prep/1/with Lee/NNP/PROPN/nsubj/5/Lee/PERSON
        replacing/VBG/VERB/pcomp/3/replace/PERSON Brown/NNP/PROPN/dobj/5/Brown/PERSON
        ././PUNCT/punct/1/.
    """,
    "consequence": """
        The/DT/DET/det/1/the road/NN/NOUN/nsubj/2/road was/VBD/AUX/ROOT/2/be
        closed/JJ/ADJ/acomp/2/closed ,/,/PUNCT/punct/2/, causing/VBG/VERB/advcl/2/cause
        delays/NNS/NOUN/dobj/5/delay ././PUNCT/punct/2/.
    """,
    "when": """
        He/PRP/PRON/nsubj/1/he left/VBD/VERB/ROOT/1/leave in/IN/ADP/prep/1/in
        2015/CD/NUM/pobj/2/2015/DATE ,/,/PUNCT/punct/3/, when/WRB/SCONJ/advmod/8/when
        he/PRP/PRON/nsubjpass/8/he was/VBD/AUX/auxpass/8/be signed/VBN/VERB/relcl/3/sign
        by/IN/ADP/agent/8/by Porto/NNP/PROPN/pobj/9/Porto/PERSON ././PUNCT/punct/1/.
    """,
    "where": """
        She/PRP/PRON/nsubj/1/she attended/VBD/VERB/ROOT/1/attend Yale/NNP/PROPN/dobj/1/Yale/ORG
        ,/,/PUNCT/punct/2/, where/WRB/SCONJ/advmod/6/where she/PRP/PRON/nsubj/6/she
        studied/VBD/VERB/relcl/2/study law/NN/NOUN/dobj/6/law ././PUNCT/punct/1/.
    """,
    "model": """
        Jo/NNP/PROPN/nsubj/1/Jo/PERSON is/VBZ/AUX/ROOT/1/be an/DT/DET/det/3/an
        actress/NN/NOUN/attr/1/actress and/CC/CCONJ/cc/3/and model/NN/NOUN/conj/3/model
        who/WP/PRON/nsubjpass/8/who was/VBD/AUX/auxpass/8/be born/VBN/VERB/relcl/3/bear
        in/IN/ADP/prep/8/in Rome/NNP/PROPN/pobj/9/Rome/GPE ././PUNCT/punct/1/.
    """,
    "role": """
        Fulham/NNP/PROPN/nsubj/1/Fulham/ORG signed/VBD/VERB/ROOT/1/sign
        striker/NN/NOUN/compound/3/striker Cyriac/NNP/PROPN/dobj/1/Cyriac/PERSON
        on/IN/ADP/prep/1/on loan/NN/NOUN/pobj/4/loan ././PUNCT/punct/1/.
    """,
    "include": """
        Some/DT/DET/det/2/some top/JJ/ADJ/amod/2/top exporters/NNS/NOUN/nsubj/3/exporter
        include/VBP/VERB/ROOT/3/include Chile/NNP/PROPN/dobj/3/Chile/GPE and/CC/CCONJ/cc/4/and
        Peru/NNP/PROPN/conj/4/Peru/GPE ././PUNCT/punct/3/.
    """,
    "films": """
        He/PRP/PRON/nsubj/1/he made/VBD/VERB/ROOT/1/make several/JJ/ADJ/amod/4/several
        Argentine/JJ/ADJ/compound/4/argentine/NORP films/NNS/NOUN/dobj/1/film
        ,/,/PUNCT/punct/4/, including/VBG/VERB/prep/4/include Dune/NNP/PROPN/pobj/6/Dune/PERSON
        ././PUNCT/punct/1/.
    """,
    "enumeration": """
        He/PRP/PRON/nsubj/1/he founded/VBD/VERB/ROOT/1/found two/CD/NUM/nummod/3/two/CARDINAL
        schools/NNS/NOUN/dobj/1/school ,/,/PUNCT/punct/3/, the/DT/DET/det/6/the
        Liceo/NNP/PROPN/appos/3/Liceo/PRODUCT and/CC/CCONJ/cc/6/and the/DT/DET/det/9/the
        Ateneo/NNPS/PROPN/conj/6/Ateneo/ORG ././PUNCT/punct/1/.
    """,
    "leader": """
        They/PRP/PRON/nsubj/1/they met/VBD/VERB/ROOT/1/meet the/DT/DET/det/3/the
        leaders/NNS/NOUN/dobj/1/leader of/IN/ADP/prep/3/of Russia/NNP/PROPN/pobj/4/Russia/GPE
        (/-LRB-/PUNCT/punct/5/( Vladimir/NNP/PROPN/compound/8/Vladimir/PERSON
        Putin/NNP/PROPN/appos/5/Putin/PERSON )/-RRB-/PUNCT/punct/5/) and/CC/CCONJ/cc/5/and
        Belarus/NNP/PROPN/conj/5/Belarus/GPE ././PUNCT/punct/1/.
    """,
    "age": """
        Smith/NNP/PROPN/nsubj/4/Smith/ORG ,/,/PUNCT/punct/0/, 28/CD/NUM/appos/0/28/DATE
        ,/,/PUNCT/punct/0/, left/VBD/VERB/ROOT/4/leave ././PUNCT/punct/4/.
    """,
    "semicolon": """
        She/PRP/PRON/nsubj/1/she is/VBZ/AUX/ccomp/10/be a/DT/DET/det/3/a
        senator/NN/NOUN/attr/1/senator ;/:/PUNCT/punct/10/; in/IN/ADP/prep/10/in
        2009/CD/NUM/pobj/5/2009/DATE ,/,/PUNCT/punct/10/, she/PRP/PRON/nsubjpass/10/she
        was/VBD/AUX/auxpass/10/be appointed/VBN/VERB/ROOT/10/appoint ././PUNCT/punct/10/.
    """,
    "brackets": """
        Donovan/NNP/PROPN/nsubj/6/Donovan/PERSON (/-LRB-/PUNCT/punct/0/(
        1916/CD/NUM/appos/0/1916/DATE -/SYM/SYM/punct/4/-/DATE 1970/CD/NUM/prep/2/1970/DATE
        )/-RRB-/PUNCT/punct/0/) was/VBD/AUX/ROOT/6/be a/DT/DET/det/8/a
        lawyer/NN/NOUN/attr/6/lawyer ././PUNCT/punct/6/.
    """,
    "editor": """
        [/XX/X/dep/6/[ The/DT/DET/det/2/the tour/NN/NOUN/nsubj/6/tour in/IN/ADP/prep/2/in
        Canada/NNP/PROPN/pobj/3/Canada/GPE ]/-RRB-/PUNCT/punct/2/] was/VBD/AUX/ROOT/6/be
        good/JJ/ADJ/acomp/6/good ././PUNCT/punct/6/.
    """,
    "figure": """
        Rates/NNS/NOUN/nsubj/1/rate fell/VBD/VERB/ROOT/1/fall by/IN/ADP/prep/1/by
        2/CD/NUM/nummod/4/2/PERCENT percent/NN/NOUN/pobj/2/percent/PERCENT in/IN/ADP/prep/1/in
        May/NNP/PROPN/pobj/5/May/DATE ././PUNCT/punct/1/.
    """,
    "hedge": """
        He/PRP/PRON/nsubj/2/he allegedly/RB/ADV/advmod/2/allegedly took/VBD/VERB/ROOT/2/take
        money/NN/NOUN/dobj/2/money in/IN/ADP/prep/2/in May/NNP/PROPN/pobj/4/May/DATE
        ././PUNCT/punct/2/.
    """,
    "relative_only": """
        The/DT/DET/det/2/the only/JJ/ADJ/amod/2/only men/NNS/NOUN/nsubj/5/man
        trained/VBN/VERB/acl/2/train here/RB/ADV/advmod/3/here left/VBD/VERB/ROOT/5/leave
        ././PUNCT/punct/5/.
    """,
    "somebody": """
        A/DT/DET/det/1/a man/NN/NOUN/nsubjpass/5/man who/WP/PRON/nsubj/3/who
        fled/VBD/VERB/relcl/1/flee was/VBD/AUX/auxpass/5/be shot/VBN/VERB/ROOT/5/shoot
        ././PUNCT/punct/5/.
    """,
    "conditional": """
        If/IN/SCONJ/mark/2/if he/PRP/PRON/nsubj/2/he wins/VBZ/VERB/advcl/6/win
        ,/,/PUNCT/punct/6/, he/PRP/PRON/nsubj/6/he will/MD/AUX/aux/6/will
        resign/VB/VERB/ROOT/6/resign ././PUNCT/punct/6/.
    """,
    "comparison": """
        Ann/NNP/PROPN/nsubj/1/Ann earns/VBZ/VERB/ROOT/1/earn more/JJR/ADJ/dobj/1/more
        than/IN/SCONJ/mark/5/than Bob/NNP/PROPN/nsubj/5/Bob/PERSON earns/VBZ/VERB/advcl/2/earn
        ././PUNCT/punct/1/.
    """,
    "where2": """
        He/PRP/PRON/nsubjpass/2/he was/VBD/AUX/auxpass/2/be arrested/VBN/VERB/ROOT/2/arrest
        in/IN/ADP/prep/2/in Berlin/NNP/PROPN/pobj/3/Berlin/GPE on/IN/ADP/prep/2/on
        Monday/NNP/PROPN/pobj/5/Monday/DATE ,/,/PUNCT/punct/2/, in/IN/ADP/prep/2/in
        a/DT/DET/det/10/a café/NN/NOUN/pobj/8/café ././PUNCT/punct/2/.
    """,
}


@pytest.mark.parametrize(
    ("name", "made", "never"),
    [
        ("despite", ["The measure was cancelled.", "The Cabinet resigned."], []),
        ("despite_none", ["There was extra security."], []),
        ("after", ["Honecker resigned in 1989."], []),
        ("born", ["Smith was born in Rome.", "Smith was born in 1950."], ["Born Smith left."]),
        ("having", ["She has sold her firm."], []),
        ("absolute", ["Lee replaces Brown."], []),
        ("consequence", ["The road was closed, causing delays."], ["The road caused delays."]),
        ("when", ["He was signed by Porto.", "He was signed by Porto in 2015."], []),
        ("where", ["She studied law.", "She studied law in Yale."], []),
        ("model", ["Jo was born in Rome.", "Jo is a model."], ["Model was born in Rome."]),
        ("role", ["Fulham signed Cyriac on loan.", "Cyriac is a striker."], []),
        ("include", ["Chile is a top exporter.", "Peru is a top exporter."], []),
        ("films", ["He made Dune.", "Dune is an Argentine film."], []),
        (
            "enumeration",
            ["He founded two schools.", "He founded the Liceo.", "He founded the Ateneo."],
            [],
        ),
        ("leader", ["Vladimir Putin is the leader of Russia."], []),
        ("age", ["Smith is 28."], []),
        ("semicolon", ["She is a senator.", "In 2009, she was appointed."], []),
        ("brackets", ["Donovan was a lawyer."], ["Donovan 1916-1970 was a lawyer."]),
        ("editor", ["[The tour in Canada] was good."], ["Was good."]),
        (
            "figure",
            ["Rates fell by 2 percent in May."],
            ["Rates fell by 2 percent.", "Rates fell in May."],
        ),
        ("hedge", ["He allegedly took money."], ["He took money.", "He took money in May."]),
        ("relative_only", [], ["The only men were trained here."]),
        ("somebody", ["A man was shot.", "A man fled."], []),
        ("conditional", ["If he wins, he will resign."], ["He will resign.", "He wins."]),
        ("comparison", ["Ann earns more than Bob earns."], ["Ann earns more."]),
        (
            "where2",
            ["He was arrested in a café.", "He was arrested on Monday."],
            ["He was arrested, in a café."],
        ),
    ],
)
def test_the_readings_of_a_parse(name: str, made: list[str], never: list[str]) -> None:
    found = read(PARSES[name])
    assert found
    assert set(made) <= found
    assert not set(never) & found
