"""Sentences of a block, found by rule, for any language.

The same boundaries are given to the parser, so that both see the same sentences.
"""

import re

from workbench.splitting.blocks import Block
from workbench.splitting.wordlists import words

CITATIONS = r"(?:\s?\[\d{1,3}\])*"  # the numbers of notes go with the sentence before them
ENDS = re.compile(rf"(?:[.!?…]+|[。！？｡؟۔।॥]+)[\"'”’»)\]」』›]*{CITATIONS}")
BORN = re.compile(r"\((?:[^().]{0,40}\s)?[bcdr]$")  # `(b. March 2009)`, `(c. 1818)`
ABBREVIATIONS = words(
    """
    mr mrs ms messrs mme dr prof rev fr sr jr st gov sen rep reps sens hon pres gen col maj capt
    lt cmdr adm sgt cpl pvt det supt insp ft mt no nos vol pp p ch sec fig figs eq art al inc
    corp co ltd llc plc bros vs v cf ca approx dept univ assn bros est ed eds trans etc e.g i.e
    viz jan feb mar apr jun jul aug sep sept oct nov dec mon tue tues wed thu thur thurs fri sat
    ave blvd rd hwy u.s u.k u.n e.u d.c a.m p.m ph.d m.d b.a m.a j.d ala ariz ark calif colo
    conn del fla ga ill ind kan ky la mass md mich minn miss mo mont neb nev okla ore pa tenn
    tex va vt wash wis wyo sr sra srta dña d dª exmo exma núm pág págs av tel bzw ca dr evtl ggf
    inkl nr str usw vgl z.b d.h u.a sog bspw mio mrd mme mlle mm m mgr art bd env ex hab av kl
    osv mv bl.a f.eks nr ok dvs jf red ang pkt prof
    """
)
MAY_END = words(
    """
    inc corp co ltd llc plc bros etc jr sr a.m p.m u.s u.k u.n e.u d.c ph.d m.d b.a m.a j.d osv
    usw ala ariz ark calif colo conn fla ga ill kan ky mass md mich minn miss mo mont neb nev
    okla ore pa tenn tex va vt wash wis wyo al est
    """
)
STARTERS = words(
    """
    the a an this that these those he she it they we i you his her its their our my in on at for
    but and or so yet however after before when while if as since although though there here
    meanwhile moreover furthermore according what who why how where some many most several no
    not now then one two three also both each every another such by with from during to of mr
    mrs ms dr o os as um uma le la les il elle ils un une des el los las en de der die das ein
    eine er sie es wir ich
    """
)


CAPITALS_UNMARKED = "àâéèêîôç"  # French typists write `à` where the type has no `À`
QUOTE_ENDS = frozenset("\"”’'»")
SPEAKER_AFTER = re.compile(
    r"(?:[A-Z][\w.’'-]+,?\s+){1,4}(?:(?:the|a|an|who)\s[^.!?\"“]{1,60},\s+)?"
    r"(?:(?:also|then|later|once)\s+)?(?:said|says|asked|asks|added|wrote|tweeted|told|replied|responded|"
    r"continued|exclaimed|shouted|wondered|quipped|joked|recalled|explained|declared|demanded)\b"
)


CLAUSE_AFTER = re.compile(r"\s+(?!(?:in|on|at|to|of|during|after|as|when|while|by|with)\b)\w")


# what stands by itself without a mark that closes it: a caption before its credit, a day on top
UNMARKED = re.compile(
    r"(?<=\w)(?=\s+(?:Image|Photo|Photograph|Picture|Illustration|Credit|Foto|Bild|Imagem|Imagen):\s)"
    r"|(?<=day, [A-Z])[a-z]{2,8}\.? \d{1,2}, (?:19|20)\d\d(?=\s+[A-Z])"
)


def find_sentences(text: str, block: Block) -> list[tuple[int, int]]:
    """Spans of the sentences in one block, trimmed of white space.

    >>> text = 'Gov. Smith left at 5 p.m. on Monday. "Go!" she said. No. 5 won. .'
    >>> [text[s:e] for s, e in find_sentences(text, Block(0, len(text), "body"))]
    ['Gov. Smith left at 5 p.m. on Monday.', '"Go!" she said.', 'No. 5 won. .']
    >>> text = "Monday, May 4, 2015 The bridge fell. The bridge Image: Jo Roe."
    >>> [text[s:e] for s, e in find_sentences(text, Block(0, len(text), "body"))]
    ['Monday, May 4, 2015', 'The bridge fell.', 'The bridge', 'Image: Jo Roe.']
    """
    spans = []
    start = block.start
    for end in _boundaries(text, block):
        if any(char.isalnum() for char in text[start:end]):
            spans.append((start, end))
            start = end
            while start < block.end and text[start].isspace():
                start += 1
    if start < block.end:
        spans.append((start, block.end))
    return _absorb_stray_marks(text, spans)


def _boundaries(text: str, block: Block) -> list[int]:
    marked = [
        match.end()
        for match in ENDS.finditer(text, block.start, block.end)
        if match.end() < block.end and _is_boundary(text, match, block)
    ]
    unmarked = [
        match.end()
        for match in UNMARKED.finditer(text, block.start, block.end)
        if match[0] == "" or _is_day_on_top(text, match.start(), block)
    ]
    return sorted({*marked, *unmarked})


def _is_day_on_top(text: str, month: int, block: Block) -> bool:
    """Whether nothing but the name of the day stands before the month."""
    return text[block.start : month - 1].rstrip(", ").isalpha()


def _is_boundary(text: str, match: re.Match[str], block: Block) -> bool:
    end = match.end()
    if match[0][0] in "。！？｡؟۔।॥":
        return True
    if not text[end].isspace():
        return False
    rest = text[end : min(block.end, end + 60)].lstrip()
    if not rest or not _can_start(rest):
        return False
    if match[0][-1] in QUOTE_ENDS and (speaker := SPEAKER_AFTER.match(rest)):
        return match[0][0] == "." and bool(CLAUSE_AFTER.match(rest, speaker.end()))
    if match[0][0] == "." and not match[0].startswith(".."):
        return _full_stop_ends(text, match, block.start, rest)
    return not (match[0][0] in "!?…." and rest[0].islower())


def _can_start(rest: str) -> bool:
    first = rest.lstrip("\"'“‘«([¿¡„‚-–—*•› ")[:1]
    return (first.isalnum() and not first.islower()) or first in "$€£#@…" + CAPITALS_UNMARKED


def _full_stop_ends(text: str, match: re.Match[str], left: int, rest: str) -> bool:
    word = _word_before(text, match.start(), left)
    bare = word.lower()
    if match[0] != ".":  # a closing quotation mark, bracket or note follows the stop
        return True
    if word in ("b", "c", "d", "r") and (
        rest[0].isdigit() or BORN.search(text, left, match.start())
    ):
        return False
    following = re.match(r"\W*([\w’']+)", rest)
    starts = following is not None and following[1].lower() in STARTERS
    if re.fullmatch(r"[A-Z]", word) or re.fullmatch(r"(?:[A-Za-z]\.)+[A-Za-z]", word):
        return starts and word not in ("J", "M", "A") if len(word) == 1 else starts
    if bare in ("no", "nos", "art", "fig", "vol", "pp", "p", "nr", "núm"):
        return not rest[0].isdigit() and bare in ("no", "art")
    if bare in ABBREVIATIONS and word[:1].isupper() | (bare in _LOWER_ABBREVIATIONS):
        return bare in MAY_END and starts
    if word.isdigit() and len(word) <= 2:
        return not _is_ordinal(text, match.start() - len(word), left)
    return True


def _is_ordinal(text: str, start: int, left: int) -> bool:
    """`1. Item` at the left edge, or a German day: `am 21. Oktober`."""
    return start == left or _word_before(text, start - 1, left) in _BEFORE_ORDINALS


_LOWER_ABBREVIATIONS = words(
    """
    vs v cf ca approx etc e.g i.e viz al a.m p.m bzw usw z.b d.h nr osv dvs bl.a f.eks
    """
)


_BEFORE_ORDINALS = words("am vom dem den der zum bis jede jeder ihrem seinem ihren seinen")


def _word_before(text: str, position: int, left: int) -> str:
    start = position
    while start > left and (text[start - 1].isalnum() or text[start - 1] in ".'’-"):
        start -= 1
    return text[start:position].strip(".'’-")


def _absorb_stray_marks(text: str, spans: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """Marks without a word (`. .`) belong to the sentence before them."""
    kept: list[tuple[int, int]] = []
    for start, end in spans:
        if kept and not any(char.isalnum() for char in text[start:end]):
            kept[-1] = (kept[-1][0], end)
        else:
            kept.append((start, end))
    return kept
