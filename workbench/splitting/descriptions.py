"""Described things: `this country`, `the head of state`, `these changes`, `the restaurant`."""

from __future__ import annotations

import dataclasses
from typing import TYPE_CHECKING

from workbench.splitting.antecedents import PERSONS, doer_of
from workbench.splitting.countries import COUNTRIES
from workbench.splitting.nominals import deed
from workbench.splitting.referents import Referent, Replacement, phrase
from workbench.splitting.reiterations import Reiterations, is_bare
from workbench.splitting.tree import SUBJECTS
from workbench.splitting.wordlists import words

if TYPE_CHECKING:
    from collections.abc import Mapping

    from workbench.splitting.people import Name
    from workbench.splitting.reading import Article
    from workbench.splitting.tree import Tree

LEADERS = words(
    """
    leader president head ruler chief minister premier chancellor senator governor mayor
    candidate nominee chairman chairwoman ceo director secretary spokesman spokeswoman king
    queen politician official general businessman lawmaker congressman frontrunner billionaire
    author actor actress singer player coach lawyer judge sheriff detective professor scientist
    """
)
NATION = frozenset({"country", "nation"})
COUNTRY = frozenset({"country", "nation", "state", "republic"})
OFFICES = {"head": {"president", "king", "queen", "chancellor", "premier", "emperor"}}
HAPPENINGS = words(
    """
    protest riot attack clash strike demonstration flood fire earthquake storm explosion bombing
    shooting raid killing murder arrest crash accident disturbance fight battle revolt uprising
    rally march eruption hurricane outbreak election vote trial hearing robbery theft kidnapping
    """
)
PERIODS = words("year week month day morning afternoon evening night time summer winter weekend")
LOOSE = words("type kind way") | PERIODS
MEMORY = 3
LEADER_MEMORY = 6


@dataclasses.dataclass(frozen=True, slots=True)
class Reading:
    """What came of one description: text to put for it, a person, or that it is unsure."""

    replacement: Replacement | None = None
    person: Name | None = None
    unsure: bool = False


UNSURE = Reading(unsure=True)


class Descriptions:
    """Reads the noun phrases of an article that begin with `the`, `this` or `these`."""

    def __init__(
        self,
        article: Article,
        names: list[Name],
        people: dict[int, Name],
        known: Mapping[int, Replacement],
    ) -> None:
        self.article = article
        self._known_words = known
        self._people = people
        self._places = sorted(
            (
                first,
                ("the " if first and article.tree.lower[first - 1] == "the" else "") + name.full,
            )
            for name in names
            if name.full in COUNTRIES
            for first, _ in name.mentions
        )
        self._persons = sorted(
            (
                (first, name)
                for name in names
                if name.label == "PERSON"
                for first, _ in name.mentions
            ),
            key=lambda mention: mention[0],
        )
        self._roles = {
            name.full: _roles_of(article.tree, name) for name in names if name.label == "PERSON"
        }
        self._reiterations = Reiterations(article)
        self._defined = _definitions(article, people)

    def read(self, number: int, i: int) -> Reading | None:
        """The reading of the phrase that token i opens; None where nothing is referred to."""
        tree = self.article.tree
        noun = tree.head[i]
        if tree.lower[i] in ("this", "that", "these", "those"):
            if noun > i and tree.lemma[noun] in COUNTRY and tree.tag[noun] == "NN":
                return self._country(number, i, noun)
            return self._same_noun(number, i, noun)
        if tree.lower[i] != "the" or tree.tag[noun] not in ("NN", "NNS", "NNP"):
            return None
        if tree.tag[noun] != "NN":
            return self._again(number, i, noun)
        if tree.lemma[noun] in NATION and noun == i + 1 and is_bare(tree, i, noun):
            return self._country(number, i, noun)
        if tree.lemma[noun] in LEADERS and tree.first(noun, "appos", "compound") is None:
            person = self._leader(number, noun)
            if person is not None:
                return Reading(person=person)
        return self._known(number, i, noun) or self._again(number, i, noun)

    def _again(self, number: int, i: int, noun: int) -> Reading | None:
        referent = self._reiterations.read(number, i, noun)
        if referent is None:
            return None
        return Reading(Replacement(referent, noun - i + 1))

    # -- this and these

    def _country(self, number: int, i: int, noun: int) -> Reading:
        """`this country` is the last one named, if the sentence does not speak of another too, or
        the only one in the sentence, if that does not do anything to it."""
        tree = self.article.tree
        mentions = [mention for mention in self._places if mention[0] < i]
        if not mentions or not is_bare(tree, i, noun):
            return UNSURE
        begin = self.article.passages[number].first
        here = {full: first for first, full in mentions if first >= begin}
        named = [full for _, full in mentions]
        last = named[-1]
        main = max(dict.fromkeys(named), key=named.count)
        sure = (last == main or len(set(named)) == 1) and set(here) <= {main}
        if not sure and tree.lower[i] == "this" and len(here) == 1:
            doer = doer_of(tree, noun, tree.ancestors(noun))
            sure = doer is not None and here[last] not in tree.subtree(doer)
        return Reading(Replacement(Referent(last), noun - i + 1)) if sure else UNSURE

    def _same_noun(self, number: int, i: int, noun: int) -> Reading | None:
        """`these changes` after `epigenetic changes`: the fuller phrase with the same noun."""
        tree = self.article.tree
        if tree.ent[noun] in ("DATE", "TIME") or tree.lemma[noun] in PERIODS:
            return None
        if noun < i or tree.lemma[noun] in LOOSE:
            return UNSURE
        own = tree.subtree(noun)
        first = self.article.passages[max(0, number - MEMORY)].first
        for t in range(self.article.passages[number].first - 1, first - 1, -1):
            if tree.lemma[t] == tree.lemma[noun] and tree.tag[t] == tree.tag[noun]:
                referent = phrase(tree, t, self._known_words)
                if referent is None or _adds_nothing(referent.text):
                    continue
                if own[-1] - i + 1 == len(own) == 2:
                    if referent.text.startswith("some "):
                        referent = dataclasses.replace(referent, text="the" + referent.text[4:])
                    return Reading(Replacement(referent, 2))
                return UNSURE
        found = (
            self._reiterations.read(number, i, noun)
            or self._deed(number, i, noun)
            or self._events(number, i, noun)
        )
        return Reading(Replacement(found, noun - i + 1)) if found else UNSURE

    def _deed(self, number: int, i: int, noun: int) -> Referent | None:
        if self.article.tree.lower[i] not in ("this", "that"):
            return None
        return deed(self.article, number, i, noun, self._known_words)

    def _events(self, number: int, i: int, noun: int) -> Referent | None:
        """`These events` are the protests that the sentence before tells of, if it tells of one."""
        tree = self.article.tree
        if number == 0 or tree.lemma[noun] != "event" or noun != i + 1 or tree.tag[noun] != "NNS":
            return None
        before = self.article.passages[number - 1]
        told = [
            t
            for t in range(before.first, before.last)
            if tree.tag[t] == "NNS" and tree.dep[t] in SUBJECTS and tree.lemma[t] in HAPPENINGS
        ]
        if len(told) != 1:
            return None
        return Referent(f"the {tree.lower[told[0]]}", plural=True, antecedent=told[0])

    # -- the

    def _known(self, number: int, i: int, noun: int) -> Reading | None:
        """`the restaurant` where the article has told which one: the only one of that kind."""
        tree = self.article.tree
        bearers = self._defined.get(tree.lemma[noun], [])
        earlier = [ref for ref in bearers if ref.antecedent < self.article.passages[number].first]
        if noun != i + 1 or not is_bare(tree, i, noun) or not earlier:
            return None
        if len({ref.text for ref in bearers}) > 1:
            return None
        after = noun + 1
        if after < tree.n and tree.pos[after] == "PROPN" and tree.head[after] == noun:
            return None
        referent = earlier[0]
        return Reading(Replacement(referent, 2), person=referent.name)

    def _leader(self, number: int, noun: int) -> Name | None:
        """Whom `the Belarusian leader` or `the head of state` means."""
        tree = self.article.tree
        first = self.article.passages[max(0, number - LEADER_MEMORY)].first
        recent: list[Name] = []
        for at, name in reversed(self._persons):
            if first <= at < noun and name not in recent:
                recent.append(name)
        places = [tree.lower[t] for t in tree.subtree(noun) if tree.ent[t] in ("NORP", "GPE")]
        office = tree.lemma[noun]
        if places:
            fitting = [
                name
                for name in recent
                if any(_akin(p, role) for p in places for role in self._roles[name.full])
            ]
        elif len(recent) == 1:
            return recent[0]
        else:
            titles = OFFICES.get(office, {office})
            fitting = [name for name in recent if self._roles[name.full] & titles]
        return fitting[0] if len(fitting) == 1 else None


def _adds_nothing(text: str) -> bool:
    """`The term` tells no more than `this term`."""
    first, *rest = text.split()
    return len(rest) < 1 + (first.lower() in ("the", "some", "many", "several", "all"))


def _akin(place: str, word: str) -> bool:
    """`Belarusian` and `Belarus`, `French` and `France` share their beginning."""
    n = 4 if min(len(place), len(word)) > 4 else 3
    return place[:n] == word[:n]


def _roles_of(tree: Tree, name: Name) -> set[str]:
    """The words the article has for a person: `the president of Belarus, X`, `Russia (Y)`."""
    found: set[str] = set()
    for first, last in name.mentions:
        head = next((t for t in range(first, last) if not first <= tree.head[t] < last), last - 1)
        others = [tree.head[head]] if tree.dep[head] == "appos" else []
        others += [
            j for j in tree.children[head] if tree.dep[j] in ("appos", "compound", "nmod", "amod")
        ]
        for other in others:
            for t in _without_members(tree, other):
                if (
                    not first <= t < last
                    and abs(t - first) < 12
                    and tree.pos[t] in ("NOUN", "PROPN", "ADJ")
                ):
                    found.update((tree.lemma[t].lower(), tree.lower[t]))
    return found


def _without_members(tree: Tree, noun: int) -> list[int]:
    """A phrase without the members coordinated with any of its words."""
    dropped = {t for i in tree.subtree(noun) for j in tree.all(i, "conj") for t in tree.subtree(j)}
    return [t for t in tree.subtree(noun) if t not in dropped]


def _is_fenced(tree: Tree, i: int) -> bool:
    """Whether the apposition stands behind a comma, a bracket or the noun itself."""
    before = tree.subtree(i)[0] - 1
    return before == tree.head[i] or (
        before > 0 and tree.words[before] in (",", "(", "—", "–", ":")
    )


def _has_subject(tree: Tree, i: int) -> bool:
    """In `in the deal, the firm …` the parser takes a subject for an apposition."""
    verb = next((j for j in tree.ancestors(i) if tree.is_verb(j)), None)
    return verb is None or tree.subject(verb) is not None


def _definitions(article: Article, people: dict[int, Name]) -> dict[str, list[Referent]]:
    """What the article says of which name: `X is a restaurant`, `the best restaurant is X`,
    `X, a restaurant`, `driver X`; by the noun."""
    tree = article.tree
    found: dict[str, list[Referent]] = {}

    def define(noun: int, name: int, *, told: bool = False) -> None:
        if tree.pos[noun] != "NOUN" or tree.tag[noun] != "NN" or tree.pos[name] != "PROPN":
            return
        if not tree.words[name][0].isupper():
            return
        person = people.get(name)
        if person is not None and tree.lemma[noun] not in PERSONS | LEADERS:
            if not told:
                return
            person = None  # `the best restaurant is Maaemo`: the pipeline took it for a person
        referent = (
            Referent(person.full, name=person, antecedent=name)
            if person
            else phrase(tree, name, {}, alone=True)
        )
        if referent is not None and len(referent.text.split()) <= 6:
            found.setdefault(tree.lemma[noun], []).append(referent)

    for i in range(tree.n):
        dep = tree.dep[i]
        if dep == "attr" and tree.lemma[tree.head[i]] == "be":
            subject = tree.subject(tree.head[i])
            if subject is not None and tree.first(subject, "conj") is None:
                define(i, subject, told=True)
                define(subject, i, told=True)
        elif dep == "appos" and _has_subject(tree, i) and _is_fenced(tree, i):
            define(i, tree.head[i])
            define(tree.head[i], i)
        elif dep == "compound" and tree.words[i].islower() and tree.head[i] in people:
            define(i, tree.head[i])
    return found
