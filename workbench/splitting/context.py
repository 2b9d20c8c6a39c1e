"""What a sentence needs from the rest of the article to stand alone: who `he` is, which `country`.

Every word that may need replacing is read once per article, in order. A reading is taken only
where it is sure; otherwise the word stays and the claim is marked ambiguous.
"""

from __future__ import annotations

import bisect
import dataclasses
import re
from typing import TYPE_CHECKING

from workbench.splitting.people import Name, find_names
from workbench.splitting.wordlists import words

if TYPE_CHECKING:
    from workbench.splitting.reading import Article, Passage
    from workbench.splitting.tree import Tree

HE = {
    "he": "m",
    "him": "m",
    "his": "m",
    "himself": "m",
    "she": "f",
    "her": "f",
    "hers": "f",
    "herself": "f",
}
IT = frozenset({"it", "its"})
THEY = frozenset({"they", "them", "their"})
LEADERS = words(
    """
    leader president head ruler chief minister premier chancellor senator governor mayor
    candidate nominee chairman chairwoman ceo director secretary spokesman spokeswoman king
    queen politician official general businessman lawmaker congressman frontrunner billionaire
    author actor singer player coach
    """
)
COUNTRY = frozenset({"country", "nation", "state", "republic"})
MEMORY = 3
OFFICES = {"head": {"president", "king", "queen", "chancellor", "premier", "emperor"}}


def _akin(place: str, word: str) -> bool:
    """`Belarusian` and `Belarus`, `French` and `France` share their beginning."""
    n = 4 if min(len(place), len(word)) > 4 else 3
    return place[:n] == word[:n]


@dataclasses.dataclass(frozen=True, slots=True)
class Referent:
    """What a word refers to: the text to put for it, and who that is where it is somebody.

    `antecedent` is the token it was read from; a text that holds it needs no replacement.
    """

    text: str
    plural: bool = False
    name: Name | None = None
    antecedent: int = -1


@dataclasses.dataclass(frozen=True, slots=True)
class Replacement:
    """`n_tokens` tokens from this one on can be read as `referent`."""

    referent: Referent
    n_tokens: int
    possessive: bool = False

    @property
    def text(self) -> str:
        if not self.possessive:
            return self.referent.text
        return self.referent.text + (
            "'" if self.referent.plural and self.referent.text.endswith("s") else "'s"
        )


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
        self._subjects: list[tuple[int, Referent]] = []
        self._seen_people: list[tuple[int, int, Name]] = []
        self._spans: dict[int, tuple[int, Name]] = {
            first: (last, name) for name in self.names for first, last in name.mentions
        }
        self._quotes = [(q.start, q.end) for q in article.quotations]
        self.roles: dict[str, set[str]] = {}
        self._learn_roles()
        self._abbreviations = find_abbreviations(article)
        for number, passage in enumerate(article.passages):
            self._read(number, passage)

    # -- reading, sentence by sentence

    def _read(self, number: int, passage: Passage) -> None:
        tree = self.article.tree
        i = passage.first
        while i < passage.last:
            if tree.words[i] in self._abbreviations:
                self._abbreviation(i)
            if i in self._spans:
                self._name(number, i)
            elif tree.tag[i] in ("PRP", "PRP$"):
                self._pronoun(number, i, passage)
            elif (
                tree.lower[i] in ("these", "those") and tree.dep[i] != "det" and i == passage.first
            ):
                self._these(number, i)
            elif tree.pos[i] == "DET" and tree.dep[i] == "det":
                self._described(number, i, passage)
            i += 1
        self._remember_subject(number, passage)

    def _name(self, number: int, i: int) -> None:
        last, name = self._spans[i]
        if name.label == "PERSON":
            self._seen_people.append((number, i, name))
            for t in range(i, last):
                self.people[t] = name
        shown = " ".join(self.article.tree.words[i:last])
        whole = i == 0 or self.article.tree.words[i - 1] != "-"
        if whole and name.label == "PERSON" and name.full != shown and name.last == shown:
            self.replacements[i] = Replacement(Referent(name.full, name=name), last - i)

    def _abbreviation(self, i: int) -> None:
        """`CSTO` where it stands for itself, not as part of another name."""
        tree = self.article.tree
        short = tree.words[i]
        if tree.dep[i] in ("compound", "nmod", "amod") or (i and tree.words[i - 1] == "("):
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
        referent = self._phrase(things[0]) if len(things) == 1 else None
        if referent is None:
            self.unsure.add(i)
        else:
            self.replacements[i] = Replacement(referent, 1)

    def _pronoun(self, number: int, i: int, passage: Passage) -> None:
        word = self.article.tree.lower[i]
        if self._is_quoted(i):  # who `he` is to somebody else cannot be told
            if word in HE or word in IT or word in THEY:
                self.unsure.add(i)
            return
        possessive = self.article.tree.tag[i] == "PRP$"
        referent: Referent | None = None
        if word in HE:
            name = self._person(number, i, HE[word])
            if name is not None:
                before = max(
                    (token for _, token, seen in self._seen_people if seen is name), default=-1
                )
                self.people[i] = name
                self._seen_people.append((number, i, name))
                referent = Referent(name.full, name=name, antecedent=before)
        elif word in IT and not self._is_expletive(i):
            referent = self._thing(number, i, passage, plural=False)
        elif word in THEY:
            referent = self._thing(number, i, passage, plural=True)
        else:
            return
        if (
            referent is not None
            and possessive
            and len(referent.text.split()) > 3
            and referent.name is None
        ):
            referent = None  # `representatives from Iran's government` would be read otherwise
        if referent is not None:
            self.replacements[i] = Replacement(referent, 1, possessive)
        else:
            self.unsure.add(i)

    def _is_quoted(self, i: int) -> bool:
        at = self.article.tree.idx[i]
        k = bisect.bisect_right(self._quotes, (at, len(self.article.text))) - 1
        return k >= 0 and at < self._quotes[k][1]

    def _is_expletive(self, i: int) -> bool:
        tree = self.article.tree
        head = tree.head[i]
        if tree.dep[i] == "expl":
            return True
        if tree.dep[i] not in ("nsubj", "nsubjpass"):
            return False
        attribute = tree.first(head, "attr")
        if attribute is not None and tree.lemma[attribute] in (
            "time",
            "day",
            "year",
            "fact",
            "shame",
            "pity",
        ):
            return True
        heavy = tree.first(head, "ccomp", "csubj", "xcomp") or any(
            tree.dep[k] in ("ccomp", "xcomp", "advcl")
            for j in tree.all(head, "acomp", "attr")
            for k in tree.children[j]
        )
        return bool(heavy) and tree.lemma[head] in (
            "be",
            "seem",
            "appear",
            "take",
            "make",
            "remain",
        )

    # -- people

    def _person(self, number: int, i: int, gender: str) -> Name | None:
        """The person meant by he or she: the only one it can be, or the subject in focus."""
        recent: list[Name] = []
        for at, token, name in reversed(self._seen_people):
            if number - at > MEMORY or self._kept_apart(at, number):
                break
            if token < i and name.gender in ("", gender) and name not in recent:
                recent.append(name)
        if not recent:
            return None
        chosen = recent[0] if len(recent) == 1 else self._in_focus(number, i, recent)
        if chosen is not None and not chosen.gender:
            chosen.gender = gender
        return chosen

    def _kept_apart(self, earlier: int, later: int) -> bool:
        """Headings and titles do not carry a pronoun into the body, except the title."""
        return self.article.passages[earlier].block.kind in ("heading", "furniture")

    def _in_focus(self, number: int, i: int, candidates: list[Name]) -> Name | None:
        governing = self._governing_subject(i)
        if governing is not None and governing in candidates:
            return governing
        subject = next(
            (ref.name for at, ref in reversed(self._subjects) if number - at <= 2 and ref.name),
            None,
        )
        if subject is not None and subject in candidates:
            return subject
        return None

    def _governing_subject(self, i: int) -> Name | None:
        """The subject of the clause above, or of the own clause for possessives."""
        tree = self.article.tree
        for j in tree.ancestors(i):
            subject = tree.subject(j) if tree.is_verb(j) else None
            if subject is not None and subject < i:
                for t in tree.subtree(subject):
                    if t in self.people and (t == subject or tree.head[t] == subject):
                        return self.people[t]
        return None

    # -- things

    def _thing(self, number: int, i: int, passage: Passage, *, plural: bool) -> Referent | None:
        """For it and they: the subject above, or else the subject of the sentence before."""
        tree = self.article.tree
        own_clause = tree.dep[i] not in ("poss", "nsubj", "nsubjpass")
        for j in tree.ancestors(i):
            subject = tree.subject(j) if tree.is_verb(j) else None
            if subject is None or subject >= i or subject == i:
                continue
            if own_clause:  # `X saw it`: it is not X
                own_clause = False
                continue
            if tree.tag[subject] in ("WDT", "WP") and tree.dep[j] == "relcl":
                subject = tree.head[j]
            if tree.tag[subject] in ("PRP", "WDT", "WP", "DT", "EX"):
                break
            fits = self._is_plural(subject) == plural and subject not in self.people
            return self._phrase(subject) if fits else None
        if tree.dep[i] not in ("nsubj", "nsubjpass", "poss", "dobj", "pobj"):
            return None
        return self._subject_before(number, plural=plural)

    def _subject_before(self, number: int, *, plural: bool) -> Referent | None:
        """The subject of the sentence before, if it is no person and of that number.

        Teams, bands and countries are `they` too.
        """
        at, referent = self._subjects[-1] if self._subjects else (-9, Referent(""))
        if number - at > 2 or (referent.name is not None and referent.name.gender):
            return None
        if referent.plural == plural or (plural and referent.text[:1].isupper()):
            return dataclasses.replace(referent, name=None)
        return None

    def _is_plural(self, noun: int) -> bool:
        tree = self.article.tree
        return tree.tag[noun] in ("NNS", "NNPS") or tree.first(noun, "conj") is not None

    def _phrase(self, noun: int) -> Referent | None:
        """A noun phrase as a referent: without its asides, and only if it is short."""
        from workbench.splitting.asides import noun_phrase

        tree = self.article.tree
        tokens = noun_phrase(tree, noun)
        if tree.first(noun, "conj") is not None:
            tokens = tree.subtree(noun)
        if not tokens or len(tokens) > 9 or tokens[-1] - tokens[0] + 1 != len(tokens):
            return None
        text = " ".join(tree.span_text(tokens[0], tokens[-1] + 1).split())
        first = tokens[0]
        if (
            tree.lower[first] in ("a", "an", "some", "this", "these", "those", "that")
            and tree.dep[first] == "det"
        ):
            text = "the " + text.split(" ", 1)[1] if " " in text else text
        elif tree.pos[first] == "DET" or (
            tree.pos[first] not in ("PROPN",) and text[:1].isupper() and tree.ent[first] == ""
        ):
            text = text[0].lower() + text[1:]
        return Referent(text, self._is_plural(noun), antecedent=noun)

    # -- descriptions

    def _described(self, number: int, i: int, passage: Passage) -> None:
        """`this country`, `the head of state`, `these changes`."""
        tree = self.article.tree
        noun = tree.head[i]
        word = tree.lower[i]
        if word in ("this", "that", "these", "those"):
            if noun > i and tree.lemma[noun] in COUNTRY:
                self._country(number, i, noun)
            elif not self._same_noun(number, i, noun, passage):
                self.unsure.add(i)
        elif (
            word == "the"
            and tree.lemma[noun] in LEADERS
            and tree.tag[noun] == "NN"
            and tree.first(noun, "appos", "compound") is None
        ):
            name = self._leader(number, noun)
            if name is not None:
                for t in tree.subtree(noun):
                    self.people.setdefault(t, name)
                self._seen_people.append((number, i, name))

    def _country(self, number: int, i: int, noun: int) -> None:
        """`this country` is the last one named, if the sentence does not speak of another too."""
        mentions = sorted(
            (first, name.full)
            for name in self.names
            if name.label == "GPE"
            for first, _ in name.mentions
            if first < i
        )
        tokens = self.article.tree.subtree(noun)
        begin = self.article.passages[number].first
        here = {full for first, full in mentions if first >= begin}
        main = max(
            {full for _, full in mentions}, key=[full for _, full in mentions].count, default=""
        )
        whole = tokens[-1] - i + 1 == len(tokens)
        if (
            mentions
            and whole
            and (mentions[-1][1] == main or len({full for _, full in mentions}) == 1)
            and here <= {main}
        ):
            self.replacements[i] = Replacement(Referent(mentions[-1][1]), len(tokens))
        else:
            self.unsure.add(i)

    def _same_noun(self, number: int, i: int, noun: int, passage: Passage) -> bool:
        """`these changes` after `epigenetic changes`: the fuller phrase with the same noun."""
        tree = self.article.tree
        if noun < i or tree.lemma[noun] in (
            "type",
            "kind",
            "way",
            "time",
            "year",
            "week",
            "month",
            "day",
            "morning",
        ):
            return tree.ent[noun] in ("DATE", "TIME") or tree.lemma[noun] in (
                "year",
                "week",
                "month",
                "day",
                "morning",
            )
        if tree.ent[noun] in ("DATE", "TIME"):
            return True
        own = tree.subtree(noun)
        earliest = max(0, number - MEMORY)
        for t in range(passage.first - 1, self.article.passages[earliest].first - 1, -1):
            if tree.lemma[t] == tree.lemma[noun] and tree.pos[t] in ("NOUN", "PROPN"):
                referent = self._phrase(t)
                if referent is None or len(referent.text.split()) < 2:
                    continue
                if own[-1] - i + 1 == len(own) == 2:
                    self.replacements[i] = Replacement(referent, 2)
                    return True
                return False
        return False

    def _leader(self, number: int, noun: int) -> Name | None:
        """Whom `the Belarusian leader` or `the head of state` means."""
        tree = self.article.tree
        places = [tree.lower[t] for t in tree.subtree(noun) if tree.ent[t] in ("NORP", "GPE")]
        recent: list[Name] = []
        for at, _, name in reversed(self._seen_people):
            if number - at > 6:
                break
            if name not in recent:
                recent.append(name)
        if places:
            fitting = [
                name
                for name in recent
                if any(_akin(p, role) for p in places for role in self.roles.get(name.full, ()))
            ]
            return fitting[0] if len(fitting) == 1 else None
        if len(recent) == 1:
            return recent[0]
        office = tree.lemma[noun]
        fitting = [
            n for n in recent if self.roles.get(n.full, set()) & OFFICES.get(office, {office})
        ]
        return fitting[0] if len(fitting) == 1 else None

    def _learn_roles(self) -> None:
        """The words the article has for its people: `the president of Belarus, X`, `Russia (Y)`."""
        tree = self.article.tree
        for name in self.names:
            if name.label != "PERSON":
                continue
            words = self.roles.setdefault(name.full, set())
            for first, last in name.mentions:
                head = next(
                    (t for t in range(first, last) if not first <= tree.head[t] < last), last - 1
                )
                others = [tree.head[head]] if tree.dep[head] == "appos" else []
                others += [
                    j
                    for j in tree.children[head]
                    if tree.dep[j] in ("appos", "compound", "nmod", "amod")
                ]
                for other in others:
                    for t in _without_members(tree, other):
                        if (
                            not first <= t < last
                            and abs(t - first) < 12
                            and tree.pos[t] in ("NOUN", "PROPN", "ADJ")
                        ):
                            words.update((tree.lemma[t].lower(), tree.lower[t]))

    def _remember_subject(self, number: int, passage: Passage) -> None:
        tree = self.article.tree
        if passage.block.kind in ("heading", "furniture"):
            return
        root = next(
            (
                t
                for t in range(passage.first, passage.last)
                if tree.head[t] == t and tree.is_verb(t)
            ),
            None,
        )
        if root is not None and (said := tree.first(root, "ccomp")) is not None and said < root:
            root = said  # `X left, the paper reported`: the talk is of X
        subject = tree.subject(root) if root is not None else None
        if subject is None:
            return
        if subject in self.people:
            name = self.people[subject]
            self._subjects.append((number, Referent(name.full, name=name, antecedent=subject)))
        elif subject in self.replacements:
            self._subjects.append((number, self.replacements[subject].referent))
        elif tree.tag[subject] not in ("PRP", "DT", "EX", "WP", "WDT"):
            referent = self._phrase(subject)
            if referent is not None:
                self._subjects.append((number, referent))


def _without_members(tree: Tree, noun: int) -> list[int]:
    """A phrase without the members coordinated with any of its words."""
    dropped = {t for i in tree.subtree(noun) for j in tree.all(i, "conj") for t in tree.subtree(j)}
    return [t for t in tree.subtree(noun) if t not in dropped]


def find_abbreviations(article: Article) -> dict[str, str]:
    """Abbreviations that the article explains: `Collective Security Treaty Organization (CSTO)`."""
    found: dict[str, str] = {}
    for match in re.finditer(r"\(([A-Z][A-Z&.]{1,9})\)", article.text):
        short = match[1].replace(".", "")
        before = article.text[max(0, match.start() - 120) : match.start()].split()
        long = _long_form(before, short)
        if long:
            found.setdefault(match[1], long)
    return found


def _long_form(before: list[str], short: str) -> str:
    """The last words whose initials spell the abbreviation; small words may be skipped."""
    for n in range(len(short), len(short) + 4):
        words = before[-n:]
        initials = "".join(
            word[0].upper()
            for word in words
            if word[0].isupper()
            or word.lower() not in ("of", "the", "and", "for", "in", "on", "to", "&")
        )
        if len(words) == n and initials == short and words[0][0].isupper():
            return " ".join(words)
    return ""
