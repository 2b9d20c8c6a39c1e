"""The people and other names of an article: full names, short names, titles and gender."""

from __future__ import annotations

import dataclasses
from typing import TYPE_CHECKING

from workbench.splitting.wordlists import words

if TYPE_CHECKING:
    from workbench.splitting.reading import Article

MALE_TITLES = words("mr mr. sir lord king prince father brother herr señor monsieur baron")
FEMALE_TITLES = words(
    """
    mrs mrs. ms ms. miss lady queen princess madam madame mme dame sister frau señora congresswoman
    """
)
TITLES = (
    MALE_TITLES
    | FEMALE_TITLES
    | words(
        """
    dr dr. prof prof. president vice prime minister chancellor senator sen. sen rep. rep
    representative gov. gov governor secretary general gen. judge justice mayor congressman
    congresswoman rev. pope king chairman chief director former ambassador col. capt. lt. sgt.
    officer detective attorney speaker spokesperson presidential captain sheriff
    prosecutor
    """
    )
)
MALE_NAMES = words(
    """
    aaron adam adrian alan albert alberto alejandro alex alexander alexei alfred ali andrew
    anthony antoine antonio arthur barack ben benjamin bernie bill bob boris brandon brian bruce
    carl carlos charles charlie chris christopher chuck craig dan daniel dave david dean dennis
    dmitry don donald doug douglas ed eddie edward emmanuel eric ernest evan francis francisco
    frank franklin fred gary gene george gerald gordon graham greg gregory harold harry henry
    herbert howard hugh ian isaac ivan jack jacob jake james jared jason jean jeff jeffrey
    jeremy jerry jim jimmy joe john jon jonathan jorge jose joseph juan justin karl keith ken
    kenneth kevin lance larry leo leon leonard lewis louis luis luiz luke marco marcus mario
    mark martin matt matthew michael mike mitch mitt mohamed mohammed nathan neil nicholas
    nicolas oliver oscar pablo patrick paul pedro pete peter phil philip pierre rafael ralph
    rand ray raymond ricardo richard rick rob robert rodrigo roger ron ronald roy russell ryan
    sam samuel scott sean sergei simon stephen steve steven stuart ted terry thomas tim timothy
    todd tom tony victor vincent vladimir volodymyr walter warren wayne will william xi
    """
)
FEMALE_NAMES = words(
    """
    abigail alice alison amanda amy andrea angela ann anna anne annie ashley barbara beth betty
    brenda carla carly carmen carol caroline catherine charlotte cheryl christina christine
    cindy claire crystal cynthia dana debbie deborah denise diana diane donna dorothy elena
    elizabeth ellen emily emma erin eva evelyn fiona florence frances gina gloria grace hannah
    heather heidi helen hillary irene jackie jane janet jennifer jenny jessica jill joan joanna
    joyce judith judy julia julie karen kate katherine kathleen kathryn kathy kelly kim kimberly
    kirsten kristen laura lauren leslie linda lisa liz loretta lori lucy margaret maria marie
    marilyn marine martha mary megan melania melissa michelle monica nancy natalie nicole nikki
    olivia pamela patricia paula rachel rebecca renee rita rosa rose ruth samantha sandra sara
    sarah sharon sheila shirley sonia sophia sophie stephanie susan suzanne sylvia tammy teresa
    theresa tiffany tina tracy ursula valerie vanessa vera victoria virginia wendy
    """
)


FIRST_NAMES = MALE_NAMES | FEMALE_NAMES
NO_SURNAMES = words(
    """
    university school college hospital institute foundation center centre company airport park
    street house hall stadium prize award trust island islands county city town beach bridge
    & inc. inc co corp
    """
)
OFFICES = words(
    """
    president minister chancellor senator governor mayor secretary director chairman chairwoman
    leader chief king queen prince premier spokesman spokeswoman candidate ambassador general
    professor author head chair captain coach founder owner commander speaker
    """
)


@dataclasses.dataclass(slots=True, eq=False)
class Name:
    """One bearer of a name; `mentions` are token spans of the article, in order."""

    full: str
    last: str
    label: str
    gender: str = ""
    mentions: list[tuple[int, int]] = dataclasses.field(default_factory=list)


def find_names(article: Article) -> list[Name]:
    """The named people, organisations and places, with shorter mentions under the full name."""
    spans = _entity_spans(article)
    names: list[Name] = []
    for first, last, label in spans:
        first, last = _bare(article, first, last)
        if first >= last:
            continue
        words = article.tree.words[first:last]
        if label in ("ORG", "GPE", "LOC", "FAC") and _sounds_personal(article, first, last):
            label = "PERSON"
        name = _bearer(names, words, label)
        if name is None:
            name = Name(_text(article, first, last), words[-1], label)
            names.append(name)
        elif (
            last - first > len(name.full.split())
            and label == "PERSON"
            and len(name.full.split()) == 1
        ):
            name.full = _text(article, first, last)
        name.mentions.append((first, last))
        name.gender = name.gender or _gender(article, first, words)
    _add_missed_mentions(article, names)
    return names


def _sounds_personal(article: Article, first: int, last: int) -> bool:
    """`Antoine Quirin`: two or three capitalised words, the first a common first name."""
    tree = article.tree
    return (
        1 < last - first <= 3
        and tree.lower[first] in FIRST_NAMES
        and all(tree.pos[t] == "PROPN" and tree.words[t].istitle() for t in range(first, last))
        and tree.lower[last - 1] not in NO_SURNAMES
    )


def _add_missed_mentions(article: Article, names: list[Name]) -> None:
    """Last names that the pipeline did not see as names, where only one person has them."""
    tree = article.tree
    taken = {t for name in names for first, last in name.mentions for t in range(first, last)}
    bearers: dict[str, list[Name]] = {}
    for name in names:
        if name.label == "PERSON" and " " in name.full:
            bearers.setdefault(name.last, []).append(name)
    for t in range(tree.n):
        found = bearers.get(tree.words[t], [])
        if len(found) != 1 or t in taken or tree.dep[t] == "compound":
            continue
        if t == 0 or (tree.pos[t - 1] != "PROPN" and tree.words[t - 1] != "-"):
            found[0].mentions.append((t, t + 1))
            found[0].mentions.sort()


def _text(article: Article, first: int, last: int) -> str:
    return " ".join(article.tree.span_text(first, last).split())


def _entity_spans(article: Article) -> list[tuple[int, int, str]]:
    tree = article.tree
    spans = []
    i = 0
    while i < tree.n:
        if tree.ent_iob[i] == 3 and tree.ent[i] in (
            "PERSON",
            "ORG",
            "GPE",
            "LOC",
            "NORP",
            "FAC",
            "PRODUCT",
            "EVENT",
            "WORK_OF_ART",
        ):
            j = i + 1
            while j < tree.n and tree.ent_iob[j] == 1:
                j += 1
            spans.append((i, j, tree.ent[i]))
            i = j
        else:
            i += 1
    return _with_named_roles(article, spans)


def _with_named_roles(
    article: Article, spans: list[tuple[int, int, str]]
) -> list[tuple[int, int, str]]:
    """A name in apposition to an office is a person, whatever the pipeline took its parts for."""
    tree = article.tree
    for i in range(tree.n):
        if (
            tree.dep[i] != "appos"
            or tree.pos[i] != "PROPN"
            or tree.lemma[tree.head[i]] not in OFFICES
        ):
            continue
        first = i
        while (
            first > 0
            and (tree.pos[first - 1] == "PROPN" or tree.words[first - 1] == "-")
            and tree.words[first - 1] != ","
        ):
            first -= 1
        label = next((s for s in spans if s[0] <= first and i < s[1]), (0, 0, ""))[2]
        if label == "PERSON" or i == first:
            continue
        spans = [s for s in spans if s[1] <= first or s[0] > i]
        spans.append((first, i + 1, "PERSON"))
    return sorted(spans)


def _bare(article: Article, first: int, last: int) -> tuple[int, int]:
    """The name without title, article and possessive mark."""
    tree = article.tree
    while (
        first < last
        and (tree.lower[first] in TITLES or tree.pos[first] == "DET")
        and last - first > 1
    ):
        first += 1
    while last > first and (tree.tag[last - 1] == "POS" or not tree.words[last - 1][:1].isalnum()):
        last -= 1
    return first, last


def _bearer(names: list[Name], words: list[str], label: str) -> Name | None:
    """Whoever was called so before: the same name, or a person with this last name, if only one."""
    text = " ".join(words)
    for name in names:
        if name.full == text:
            return name
    if label != "PERSON":
        found = [n for n in names if n.label == "PERSON" and " " in n.full and [n.last] == words]
        return found[0] if len(found) == 1 else None
    if len(words) == 1:
        found = [
            n for n in names if n.label == "PERSON" and words[0] in (n.last, n.full.split()[0])
        ]
        return found[0] if len(found) == 1 else None
    found = [
        n
        for n in names
        if n.label == "PERSON"
        and n.last == words[-1]
        and (len(n.full.split()) == 1 or n.full.split()[0] == words[0])
    ]
    return found[0] if len(found) == 1 else None


def _gender(article: Article, first: int, words: list[str]) -> str:
    title = article.tree.lower[first - 1] if first else ""
    if title in MALE_TITLES or words[0].lower() in MALE_NAMES:
        return "m"
    if title in FEMALE_TITLES or words[0].lower() in FEMALE_NAMES:
        return "f"
    return ""
