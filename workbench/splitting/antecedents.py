"""Candidates for what a pronoun means, weighed by nearness, role and number.

The weights follow the usual findings on salience (Lappin and Leass 1994): subjects before objects
before the rest, the sentence itself before the one before it, and the same role as the pronoun's.
A candidate is taken only if it leads clearly.
"""

from __future__ import annotations

import dataclasses
from typing import TYPE_CHECKING

from workbench.splitting import cues
from workbench.splitting.referents import QUOTES, is_plural
from workbench.splitting.tree import SUBJECTS
from workbench.splitting.wordlists import words

if TYPE_CHECKING:
    from workbench.splitting.people import Name
    from workbench.splitting.reading import Article, Passage
    from workbench.splitting.tree import Tree

REACH = 2
LEAD = 1.0
ROLES = {
    "nsubj": 3.0,
    "nsubjpass": 3.0,
    "dobj": 1.5,
    "attr": 0.5,
    "pobj": 0.5,
    "poss": 0.5,
    "appos": 0.0,
}
OWN = words("his hers its their theirs himself herself itself themselves")
NOT_THINGS = frozenset(
    {"DATE", "TIME", "MONEY", "PERCENT", "QUANTITY", "CARDINAL", "ORDINAL", "NORP", "LANGUAGE"}
)
PLACES = frozenset({"LOC", "FAC", "WORK_OF_ART", "LAW", "EVENT", "PRODUCT"})
DATES = frozenset({"DATE", "TIME"})
MINDED = (cues.SPEECH | cues.BELIEF | cues.INTENTION) - cues.EVIDENCE | words(
    "publish write talk speak meet vote marry sue resign visit hire teach buy apologise apologize"
) - words(
    """
    add answer broadcast counter detail echo express highlight hold maintain note prove rate relate
    remain repeat require rule signal state stress submit text update aim consider determine
    expect offer prepare promise threaten proceed feel see post point charge sing
    """
)
ABSTRACT = words(
    """
    effort plan talk claim result charge term concern measure law rule right issue idea view power
    change difference problem reason case fact fear hope threat risk cost price rate loss gain sale
    vote poll call demand request offer step move role matter attempt attack death crime
    """
)
AGENTIVE = ("er", "or", "ist", "ian", "man", "ant", "ent", "ee", "people", "child", "official")
AMOUNTS = words(
    """
    some many most all one none several both half each number total majority minority group lot
    couple dozen hundred thousand million pair percent handful rest series variety set
    """
)
MEMBERS = ("conj", "appos")
ET_AL = frozenset({"et", "al", "al."})
VAGUE = words(
    """
    time way part number lot kind type sort one thing case fact order example addition day year
    week month morning evening night today yesterday moment end start place course share percent
    half majority most rest result reason
    """
)
GROUPS = words(
    """
    company government party team network police committee department agency group organisation
    organization family band club council court ministry congress senate parliament union bank
    board crew army navy force office authority commission university school church couple staff
    public press media administration association federation community coalition corporation firm
    """
)
MEN = words("man boy father son brother husband king prince grandfather uncle gentleman guy")
WOMEN = words("woman girl mother daughter sister wife queen princess grandmother aunt lady")
PERSONS = (
    MEN
    | WOMEN
    | words(
        """
        person lawyer officer engineer driver doctor teacher student worker victim suspect soldier
        spokesperson judge journalist reporter scientist researcher professor patient child teenager
        resident citizen author writer artist actor actress singer player coach pilot passenger
        survivor witness prisoner nurse detective sheriff mayor senator governor candidate critic
        minister president leader official activist lawmaker businessman politician director
        spokesman spokeswoman manager boss chief owner user visitor tourist traveller organizer
        organiser employee gunman killer attacker investigator firefighter protester demonstrator
        prosecutor defendant lawmaker legislator voter neighbor neighbour worshipper shooter robber
        thief migrant refugee immigrant veteran soldier commander colonel captain general admiral
        analyst economist historian biologist physicist expert scholar economist musician rapper
        dancer painter poet novelist editor publisher columnist reporter correspondent host
        commentator presenter designer architect farmer fisherman miner builder baker butcher
        cleaner clerk cashier secretary assistant aide adviser advisor consultant counselor
        president-elect councillor councilman councilwoman deputy delegate envoy diplomat
        ambassador chancellor premier monarch emperor duke duchess bishop priest pastor imam rabbi
        monk nun saint prophet rebel terrorist militant fighter hostage kidnapper smuggler
        suspect culprit offender inmate convict juror plaintiff baby infant toddler adult
        pensioner parent sibling cousin nephew niece grandson granddaughter grandchild spouse
        widow widower fiancé fiancée girlfriend boyfriend partner friend colleague rival opponent
        predecessor successor supporter follower fan champion winner loser runner swimmer cyclist
        footballer boxer golfer goalkeeper striker defender referee umpire athlete astronaut
        """
    )
)


@dataclasses.dataclass(frozen=True, slots=True)
class Mention:
    """A noun that a later pronoun can mean; `passage` counts the sentences of the article."""

    passage: int
    token: int
    role: float
    plural: bool
    kind: str  # person, group, name (of anything else), thing; perhaps a person


def kind_of_noun(tree: Tree, noun: int, people: dict[int, Name], *, is_subject: bool) -> str:
    """The kind of a mention, and nothing for dates, figures and words without weight."""
    lemma = tree.lemma[noun].lower()
    if tree.ent[noun] in DATES or (
        not is_subject and (tree.ent[noun] in NOT_THINGS or lemma in VAGUE)
    ):
        return ""
    if lemma in PERSONS:
        return "person"
    if noun in people or tree.ent[noun] == "PERSON":
        return "person" if noun not in people or people[noun].gender else "perhaps"
    if tree.ent[noun] in ("ORG", "GPE") or lemma in GROUPS:
        return "group"
    if tree.pos[noun] != "PROPN":
        return "thing"
    titled = any(tree.lemma[j].lower() in PERSONS for j in tree.all(noun, "compound"))
    return "perhaps" if titled else "name"


def mentions_of(
    article: Article, number: int, passage: Passage, people: dict[int, Name]
) -> list[Mention]:
    """The nouns of one sentence with their roles."""
    tree = article.tree
    found = []
    for t in range(passage.first, passage.last):
        if tree.dep[t] not in ROLES or tree.pos[t] in ("PRON", "DET") or tree.lower[t] in ET_AL:
            continue
        dep = _role_of(tree, t)
        weight = ROLES.get(dep)
        if weight is None:
            continue
        is_subject = dep in SUBJECTS
        if tree.pos[t] not in ("NOUN", "PROPN") and not (
            is_subject and t and tree.words[t - 1] in QUOTES
        ):
            continue
        kind = kind_of_noun(tree, t, people, is_subject=is_subject)
        if kind:
            if dep == tree.dep[t] and is_subject and _is_embedded(tree, tree.head[t]):
                weight -= 1.0
            if dep == "attr" and _identifies(tree, t):
                weight = ROLES["nsubj"] + 2.5
            found.append(Mention(number, t, weight, is_plural(tree, t), kind))
    return found


def _role_of(tree: Tree, noun: int) -> str:
    """Of `some of the siblings` the siblings have the part of `some`; what `there is` is told of
    as a subject is; and of two subjects, the first only describes: `A lawyer, Smith came`."""
    dep, head = tree.dep[noun], tree.head[noun]
    if dep == "pobj" and tree.lower[head] == "of":
        amount = tree.head[head]
        if tree.lemma[amount].lower() in AMOUNTS:
            return _role_of(tree, amount)
    if dep == "attr" and tree.first(head, "expl") is not None:
        return "nsubj"
    if dep == "nsubj" and any(j > noun for j in tree.all(head, "nsubj")):
        return "appos"
    return dep


def _is_embedded(tree: Tree, verb: int) -> bool:
    """A clause within another; `X fell, officials said` tells of X first of all."""
    above = tree.head[verb]
    leads = tree.dep[verb] == "ccomp" and verb < above and tree.head[above] == above
    return above != verb and not leads


def _identifies(tree: Tree, attribute: int) -> bool:
    """`The fastest animal is the falcon`: what is told of later is the falcon."""
    subject = tree.subject(tree.head[attribute])
    if subject is None or tree.pos[subject] != "NOUN":
        return False
    superlative = any(tree.tag[j] in ("JJS", "RBS") for j in tree.subtree(subject))
    first = tree.subtree(attribute)[0]
    return superlative and (tree.lower[first] == "the" or tree.pos[attribute] == "PROPN")


def fits(tree: Tree, mention: Mention, *, plural: bool, minded: bool) -> bool:
    """Whether the number agrees; companies, teams and countries are `they` too.

    With `minded` the pronoun says, thinks or wants something, as things do not.
    """
    if minded and mention.kind == "thing" and not _speaks(tree.lemma[mention.token], plural):
        return False
    if plural:
        several = mention.kind in ("group", "name") and tree.ent[mention.token] not in PLACES
        return mention.plural or several
    return not mention.plural and mention.kind != "person"


def _is_abstract(noun: str) -> bool:
    """Efforts and decisions seldom are who `they` are."""
    return noun in ABSTRACT or noun.endswith(("tion", "sion", "ment", "ness", "ity", "ism"))


def _speaks(noun: str, plural: bool) -> bool:
    """Reports and studies tell; `they` are whoever is named after what they do."""
    return noun in cues.STUDIES or (plural and noun.endswith(AGENTIVE))


def is_minded(tree: Tree, pronoun: int) -> bool:
    """`They believe`, `it hopes to`: the subject of a verb of speech, thought or will."""
    verb = tree.head[pronoun]
    return tree.dep[pronoun] == "nsubj" and tree.lemma[verb] in MINDED


def weigh(
    tree: Tree, mention: Mention, pronoun: int, number: int, above: list[int], *, plural: bool
) -> float:
    """How well the mention serves as the antecedent of the pronoun in sentence `number`.

    `above` holds the ancestors of the pronoun in the tree.
    """
    noun = mention.token
    weight = mention.role - 1.5 * (number - mention.passage)
    if tree.dep[pronoun] in SUBJECTS and tree.dep[noun] in SUBJECTS:
        weight += 1.0
    if tree.ent[noun]:
        weight += 0.5
    if plural and not mention.plural:
        weight -= 1.0
    elif plural and mention.kind == "thing" and _is_abstract(tree.lemma[noun]):
        weight -= 1.5
    if mention.kind == "perhaps":
        weight -= 1.0
    if mention.passage == number:
        if tree.lower[pronoun] == "its":
            weight += 1.0
        controlled = _controlled_by(tree, above)
        if noun == controlled:
            weight += 3.5
        elif tree.dep[noun] in SUBJECTS and tree.head[noun] in above:
            weight += -1.0 if _is_told_about(tree, pronoun) else 2.0 - 2.0 * (controlled >= 0)
        if noun in above:
            weight += 3.0 + 3.0 * (tree.dep[pronoun] == "poss" and _is_beside(tree, noun, above[0]))
    return weight


def _is_beside(tree: Tree, noun: int, member: int) -> bool:
    """Whether `member` is coordinated with the noun: `Smith, his wife and his son`."""
    while tree.dep[member] in MEMBERS:
        member = tree.head[member]
        if member == noun:
            return True
    return False


def _controlled_by(tree: Tree, above: list[int]) -> int:
    """`They kept the ships from leaving their port`: whoever leaves is the object, -1 if none."""
    for clause in above:
        if not tree.is_verb(clause):
            continue
        if tree.dep[clause] not in ("pcomp", "xcomp") or tree.subject(clause) is not None:
            return -1
        verb = tree.head[clause]
        while not tree.is_verb(verb) and tree.head[verb] != verb:
            verb = tree.head[verb]
        thing = tree.first(verb, "dobj")
        return thing if thing is not None and thing < clause else -1
    return -1


def _is_told_about(tree: Tree, pronoun: int) -> bool:
    """`The paper reported it was a nut`: a thing that is described is not who describes it."""
    verb = tree.head[pronoun]
    return (
        tree.lower[pronoun] == "it"
        and tree.dep[verb] == "ccomp"
        and tree.lemma[verb] == "be"
        and tree.first(verb, "attr") is not None
    )


def is_barred(tree: Tree, noun: int, pronoun: int, above: list[int]) -> bool:
    """`X saw him`: him is not X; nor is a phrase the antecedent of a word within it."""
    if noun in above:
        path = [pronoun, *above[: above.index(noun)]]
        if len(path) > 1 and tree.dep[pronoun] == "poss" and tree.dep[path[-1]] in MEMBERS:
            return False  # `Smith and his son`
        within = tree.lower[path[-1]] in ("in", "with")  # `a man in his forties`
        return not within and all(tree.dep[j] != "relcl" for j in path)
    if tree.dep[pronoun] == "poss" or tree.lower[pronoun] in OWN:
        return False
    clause = next((j for j in above if tree.is_verb(j)), None)
    if clause is None:
        return False
    return tree.head[noun] == clause or noun == _understood_subject(tree, clause)


def doer_of(tree: Tree, pronoun: int, above: list[int]) -> int | None:
    """The subject of the pronoun's own clause, whom a pronoun that is its object does not mean."""
    if tree.dep[pronoun] == "poss" or tree.lower[pronoun] in OWN:
        return None
    clause = next((j for j in above[:2] if tree.is_verb(j)), None)
    if clause is None or (clause != above[0] and tree.dep[above[0]] not in ("prep", "dative")):
        return None
    subject = _understood_subject(tree, clause)
    return None if subject == pronoun else subject


def _understood_subject(tree: Tree, clause: int) -> int | None:
    """`They came and saw him`, `she wants to see her`: the subject of a verb that shows none."""
    while (subject := tree.subject(clause)) is None and tree.dep[clause] in ("conj", "xcomp"):
        by_object = tree.dep[clause] == "xcomp"
        clause = tree.head[clause]
        thing = tree.first(clause, "dobj")
        if by_object and thing is not None:
            return thing
    return subject
