"""What a sentence needs from the rest of the article to stand alone: who `he` is, which `country`.

Every word that may need replacing is read once per article, in order. A reading is taken only
where it is sure; otherwise the word stays and the claim is marked ambiguous.
"""

from __future__ import annotations

import bisect
from typing import TYPE_CHECKING, TypeVar

from workbench.splitting import antecedents, cues
from workbench.splitting.abbreviations import find_abbreviations
from workbench.splitting.descriptions import Descriptions
from workbench.splitting.people import NO_SURNAMES, Name, find_names
from workbench.splitting.periods import earlier_date
from workbench.splitting.referents import Referent, Replacement, phrase
from workbench.splitting.wordlists import words

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from workbench.splitting.antecedents import Mention
    from workbench.splitting.reading import Article, Passage

HE = {
    "he": "m",
    "him": "m",
    "his": "m",
    "she": "f",
    "her": "f",
    "hers": "f",
}
POSSESSIVE = words("his hers its their theirs")
IT = frozenset({"it", "its"})
PRONOUNS = frozenset({"PRP", "PRP$"})
THEY = frozenset({"they", "them", "their"})
PEOPLE_REACH = 3
LEAST = 0.5
TOPIC = 1.0  # for every further mention as a subject, half of it for others
TOLD_OF = 2.0
LONG_NAME = 3  # spaces; longer ones are no good before another noun
TITLE_WORDS = 4  # in marks, but nobody's words: a title or a word in doubt
EMPTY_NOUNS = words("time day year fact shame pity")
Key = TypeVar("Key")
TEMPORAL = words("late early")
MAKING = words("make find think consider believe deem keep")
RAISING = words("be seem appear take make remain mean")


class Context:
    """The referring words of an article.

    `replacements` maps a token to its reading, `unsure` holds the tokens that refer to something
    that could not be told, and `people` maps tokens to the person they stand for.
    """

    def __init__(self, article: Article) -> None:
        self.article = article
        self.replacements: dict[int, Replacement] = {}
        self.unsure: set[int] = set()
        self.names = find_names(article)
        self.people: dict[int, Name] = {}
        self._spans: dict[int, tuple[int, Name]] = {
            first: (last, name) for name in self.names for first, last in name.mentions
        }
        self._namesakes: dict[str, list[Name]] = {}
        for name in self.names:
            if name.label == "PERSON" and " " in name.full:
                self._namesakes.setdefault(name.last, []).append(name)
        self._quotes = [
            (q.start, q.end)
            for q in article.quotations
            if len(article.text[q.start : q.end].split()) > TITLE_WORDS
        ]
        self._mentions: list[Mention] = []
        self._stands_for: dict[int, int] = {}
        self._abbreviations = find_abbreviations(article.text)
        self._introduce()
        self._descriptions = Descriptions(article, self.names, self.people, self.replacements)
        for number, passage in enumerate(article.passages):
            self._read(number, passage)

    def _introduce(self) -> None:
        """Marks the words of every person's name, and an office that the name stands beside."""
        tree = self.article.tree
        for first, (last, name) in self._spans.items():
            if name.label != "PERSON":
                continue
            for t in range(first, last):
                self.people[t] = name
                head = tree.head[t]
                if tree.dep[t] == "appos" and tree.lemma[head] in antecedents.PERSONS:
                    self.people.setdefault(head, name)

    def speaker(self, tokens: list[int]) -> str | None:
        """The name of whoever the words of a source stand for, None where that is not told."""
        tree = self.article.tree
        inside = set(tokens)
        head = next(
            (t for t in tokens if tree.head[t] not in inside or tree.head[t] == t), tokens[0]
        )
        person = self.people.get(head) or self._named_beside(head, tokens)
        if person is not None:
            return person.full
        replacement = self.replacements.get(head)
        return replacement.referent.text if replacement is not None else None

    def _named_beside(self, head: int, tokens: list[int]) -> Name | None:
        """`The party's leader, Jeremy Corbyn`: a name in apposition or after the office."""
        tree = self.article.tree
        beside = [t for t in tree.subtree(head) if tree.dep[t] == "appos" and t in self.people]
        if beside:
            return self.people[beside[-1]]
        if self._holds_both(head, tokens):
            return self.people[tokens[-1]]
        after = tokens[-1] + 1
        if after < tree.n and tree.words[after] == ",":
            after += 1
        while after < tree.n and tree.pos[after] == "PROPN" and after not in self.people:
            after += 1
        follows = after < tree.n and tree.head[after - 1] <= after + 3
        role = any(tree.lemma[t] in antecedents.PERSONS for t in tokens)
        return self.people.get(after) if role and follows else None

    def _holds_both(self, office: int, tokens: list[int]) -> bool:
        """`Party leader and Prime Minister Boris Johnson`: an office without an article, before
        a name, is that person's as well."""
        tree = self.article.tree
        return (
            tokens[-1] in self.people
            and tokens[-1] > office
            and tree.lemma[office] in antecedents.PERSONS
            and tree.tag[office] == "NN"
            and tree.first(office, "det", "poss", "conj") in (None, tokens[-1])
        )

    # -- reading, sentence by sentence

    def _read(self, number: int, passage: Passage) -> None:
        tree = self.article.tree
        if passage.block.kind not in ("heading", "furniture"):
            self._mentions += antecedents.mentions_of(self.article, number, passage, self.people)
        abbreviations, spans, tags = self._abbreviations, self._spans, tree.tag
        for i in range(passage.first, passage.last):
            if abbreviations and tree.words[i] in abbreviations:
                self._abbreviation(i)
            tag = tags[i]
            if i in spans:
                self._name(i)
            elif tag in PRONOUNS:
                self._pronoun(number, i)
            elif tag == "DT" and tree.dep[i] == "det":
                self._described(number, i)
            elif tag == "DT" and i == passage.first and tree.lower[i] in ("these", "those"):
                self._these(number, i)

    def _name(self, i: int) -> None:
        """`Cruz` for Ted Cruz, where no other Cruz can be meant."""
        tree = self.article.tree
        last, name = self._spans[i]
        if name.label != "PERSON" or last - i == len(name.full.split()):
            return
        if name.last != " ".join(tree.words[i:last]) or name.last.lower() in NO_SURNAMES:
            return
        if i and (tree.words[i - 1] == "-" or tree.lower[i - 1] in ("the", "a", "an")):
            return
        if tree.dep[last - 1] == "compound" and tree.first(tree.head[last - 1], "det") is not None:
            return  # `the Kennedy family`
        told = any(first < i and end - first > 1 for first, end in name.mentions)
        if told or all(n is name for n in self._namesakes.get(name.last, ())):
            self.replacements[i] = Replacement(Referent(name.full, name=name), last - i)

    def _abbreviation(self, i: int) -> None:
        """`CSTO` where it stands for itself, not as part of another name."""
        tree = self.article.tree
        short = tree.words[i]
        if i and (tree.words[i - 1] == "(" or tree.pos[i - 1] == "PROPN"):
            return
        inside = tree.dep[i] in ("compound", "nmod", "amod")
        if inside and (
            tree.pos[i + 1 : i + 2] == ["PROPN"]
            or self._abbreviations[short].count(" ") >= LONG_NAME
        ):
            return
        self.replacements[i] = Replacement(Referent(self._abbreviations[short]), 1)

    def _these(self, number: int, i: int) -> None:
        """`These began …` after `to send peacekeepers`: the only plural object before it."""
        tree = self.article.tree
        if number == 0 or tree.dep[i] not in ("nsubj", "nsubjpass"):
            self.unsure.add(i)
            return
        before = self.article.passages[number - 1]
        things = [
            t
            for t in range(before.first, before.last)
            if tree.dep[t] == "dobj" and tree.tag[t] == "NNS" and tree.words[t].islower()
        ]
        self._settle(i, phrase(tree, things[0], self.replacements) if len(things) == 1 else None)
        if i in self.replacements:
            taken = next(m for m in self._mentions if m.token == things[0])
            self._take_up(number, i, taken)

    def _described(self, number: int, i: int) -> None:
        """`this country`, `the head of state`, `these changes`, `the film`."""
        tree = self.article.tree
        noun = tree.head[i]
        if tree.lower[i] == "that" or tree.lower[i : i + 2] == ["the", "same"]:
            dated = earlier_date(self.article, number, i, noun)
            if dated is not None:
                self.replacements[dated[0]] = dated[1]
                return
        reading = self._descriptions.read(number, i)
        if reading is None:
            return
        if reading.unsure:
            self.unsure.add(i)
        if reading.replacement is not None:
            self.replacements[i] = reading.replacement
        if reading.person is not None:
            for t in self.article.tree.subtree(self.article.tree.head[i]):
                self.people.setdefault(t, reading.person)

    # -- pronouns

    def _pronoun(self, number: int, i: int) -> None:
        word = self.article.tree.lower[i]
        if word in HE:
            referent = self._person(number, i, HE[word])
        elif word in IT:
            if self._is_expletive(i):
                return
            referent = self._thing(number, i, plural=False)
        elif word in THEY:
            referent = self._thing(number, i, plural=True)
        else:
            return
        referent = referent or self._cataphor(number, i)
        tree = self.article.tree
        possessive = tree.tag[i] == "PRP$" or tree.dep[i] == "poss" or word in POSSESSIVE
        if possessive and referent is not None and _reads_otherwise(referent):
            referent = None
        self._settle(i, referent, possessive=possessive)

    def _cataphor(self, number: int, i: int) -> Referent | None:
        """`In his speech, the premier …`: where nobody was told of before, the subject to come."""
        tree = self.article.tree
        above = tree.ancestors(i)
        subject = tree.subject(above[-1]) if above else None
        if subject is None or not i < subject or tree.dep[above[-1]] != "ROOT":
            return None
        word = tree.lower[i]
        mention = next((m for m in self._mentions if m.token == subject), None)
        if mention is None or self._quote_at(i) != self._quote_at(subject):
            return None
        if word not in HE:
            fits = antecedents.fits(tree, mention, plural=word in THEY, minded=False)
            known = mention.kind in ("group", "name")
            return phrase(tree, subject, self.replacements) if fits and known else None
        name = self.people.get(subject)
        earlier = any(
            m.kind == "person" and m.token < i and number - m.passage <= PEOPLE_REACH
            for m in self._mentions
        )
        if name is None or earlier or name.gender not in ("", HE[word]):
            return None
        name.gender = HE[word]
        self.people[i] = name
        return Referent(name.full, name=name, antecedent=subject)

    def _settle(self, i: int, referent: Referent | None, *, possessive: bool = False) -> None:
        if referent is None:
            self.unsure.add(i)
        else:
            self.replacements[i] = Replacement(referent, 1, possessive)

    def _quote_at(self, i: int) -> int:
        """The number of the quotation that holds the token, -1 outside of all."""
        at = self.article.tree.idx[i]
        k = bisect.bisect_right(self._quotes, (at, len(self.article.text))) - 1
        return k if k >= 0 and at < self._quotes[k][1] else -1

    def _is_expletive(self, i: int) -> bool:
        tree = self.article.tree
        head = tree.head[i]
        if tree.dep[i] == "expl":
            return True
        if (
            i + 2 < tree.n
            and tree.lemma[i - 1] in MAKING
            and tree.pos[i + 1] == "ADJ"
            and tree.lower[i + 2] in ("to", "that", "for")
        ):
            return True  # `makes it possible to`
        if tree.dep[i] not in ("nsubj", "nsubjpass"):
            return False
        attribute = tree.first(head, "attr")
        if attribute is not None and tree.lemma[attribute] in EMPTY_NOUNS:
            return True
        told = tree.first(head, "ccomp") is not None or tree.dep[head] in ("ccomp", "amod")
        if told and tree.dep[i] == "nsubjpass" and tree.lemma[head] in cues.REPORTING:
            return True  # `it is believed that`, whichever way round the parser hangs the two
        if attribute is not None and tree.first(attribute, "relcl") is not None:
            first = tree.subtree(attribute)[0]
            if tree.lower[first] == "the" or tree.pos[first] == "PROPN":
                return True  # `it was John who`
        if any(tree.lemma[j] in TEMPORAL for j in tree.all(head, "acomp", "advmod")) and (
            tree.lemma[head] in RAISING
        ):
            return True  # `before it is too late`
        heavy = tree.first(head, "ccomp", "csubj", "xcomp") or any(
            tree.dep[k] in ("ccomp", "xcomp", "advcl")
            for j in tree.all(head, "acomp", "attr")
            for k in tree.children[j]
        )
        return bool(heavy) and tree.lemma[head] in RAISING

    def _candidates(
        self, number: int, i: int, reach: int, fits: Callable[[Mention], bool], *, plural: bool
    ) -> Iterator[tuple[Mention, float]]:
        """The fitting mentions before token i with their weights, nearest first.

        A quotation keeps what is inside apart from what is outside.
        """
        tree = self.article.tree
        quote = self._quote_at(i)
        above = tree.ancestors(i)
        doer = self._meant_by(antecedents.doer_of(tree, i, above))
        for mention in reversed(self._mentions):
            if number - mention.passage > reach:
                break
            if mention.token >= i or not fits(mention) or self._quote_at(mention.token) != quote:
                continue
            if doer is not None and self._meant_by(mention.token) == doer:
                continue  # `they fed them`
            if not antecedents.is_barred(tree, mention.token, i, above):
                yield mention, antecedents.weigh(tree, mention, i, number, above, plural=plural)

    def _meant_by(self, t: int | None) -> Name | int | None:
        """Whom a word stands for, as far as it is known."""
        return None if t is None else self.people.get(t) or self._stands_for.get(t, t)

    def _person(self, number: int, i: int, gender: str) -> Referent | None:
        """The person meant by he or she: the only one it can be, or the one who leads clearly."""
        weights: dict[Name | str, float] = {}
        nearest: dict[Name | str, Mention] = {}
        tree = self.article.tree

        def fits(mention: Mention) -> bool:
            return mention.kind in ("person", "perhaps") and (
                not mention.plural or mention.token in self.people
            )

        for mention, weight in self._candidates(number, i, PEOPLE_REACH, fits, plural=False):
            name = self.people.get(mention.token)
            known = name.gender if name else _gender(tree.lemma[mention.token])
            if known not in ("", gender):
                continue
            key = name or tree.lemma[self._stands_for.get(mention.token, mention.token)]
            weights[key] = max(weights.get(key, -9.0), weight + 0.5 * bool(known))
            nearest.setdefault(key, mention)
        best = _leader(weights)
        if best is None or (isinstance(best, str) and weights[best] < LEAST):
            return None
        if self._has_company(nearest[best].token, gender):
            return None
        token = self._take_up(number, i, nearest[best])
        if isinstance(best, str):
            return phrase(tree, token, self.replacements, alone=True)
        best.gender = best.gender or gender
        self.people[i] = best
        return Referent(best.full, name=best, antecedent=token)

    def _has_company(self, token: int, gender: str) -> bool:
        """`Anna and Clara`: one of two that could both be she."""
        tree = self.article.tree
        member = tree.first(token, "conj")
        name = self.people.get(member) if member is not None else None
        return name is not None and name.gender == gender

    def _take_up(self, number: int, i: int, mention: Mention) -> int:
        """The noun that a pronoun stands for; the pronoun can be an antecedent in its turn."""
        token = self._stands_for.get(mention.token, mention.token)
        self._stands_for[i] = token
        role = antecedents.ROLES.get(self.article.tree.dep[i], 0.5)
        self._mentions.append(antecedents.Mention(number, i, role, mention.plural, mention.kind))
        return token

    def _thing(self, number: int, i: int, *, plural: bool) -> Referent | None:
        """What it or they mean, if one candidate leads clearly."""
        tree = self.article.tree
        weights: dict[str, float] = {}
        nearest: dict[str, Mention] = {}
        minded = antecedents.is_minded(tree, i)

        def fits(mention: Mention) -> bool:
            return antecedents.fits(tree, mention, plural=plural, minded=minded)

        candidates = self._candidates(number, i, antecedents.REACH, fits, plural=plural)
        for mention, weight in candidates:
            key = tree.lower[self._stands_for.get(mention.token, mention.token)]
            again = (TOPIC if mention.role >= TOLD_OF else TOPIC / 2) if key in weights else 0.0
            weights[key] = max(weights.get(key, -9.0), weight) + again
            nearest.setdefault(key, mention)
        best = _leader(weights)
        if best is None or weights[best] < LEAST:
            return None
        token = self._take_up(number, i, nearest[best])
        known = self.replacements.get(token)
        if known is not None and not plural:
            return known.referent
        return self._together(token) or phrase(tree, token, self.replacements, alone=not plural)

    def _together(self, token: int) -> Referent | None:
        """People named side by side: `Andrew Yang, an entrepreneur, and Michael Bennet`."""
        tree = self.article.tree
        named = [token]
        while (member := tree.first(named[-1], "conj")) is not None:
            named.append(member)
        if len(named) < 2 or any(t not in self.people for t in named):
            return None
        *others, last = (self.people[t].full for t in named)
        return Referent(f"{', '.join(others)} and {last}", plural=True, antecedent=token)


def _reads_otherwise(referent: Referent) -> bool:
    """`The head of the council's wife` would be the wife of the council."""
    return not referent.name and len(referent.text.split()) > 3 and " of " in referent.text


def _gender(noun: str) -> str:
    return "m" if noun in antecedents.MEN else "f" if noun in antecedents.WOMEN else ""


def _leader(weights: dict[Key, float]) -> Key | None:
    """The heaviest candidate, if it is ahead of the next."""
    if not weights:
        return None
    ranked = sorted(weights, key=lambda key: -weights[key])
    if len(ranked) > 1 and weights[ranked[0]] - weights[ranked[1]] < antecedents.LEAD:
        return None
    return ranked[0]
