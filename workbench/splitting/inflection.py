"""Forms of English verbs and articles, for the few places where a claim needs another form."""

import re

from workbench.splitting.wordlists import words

PAST = dict(
    pair.split(":")
    for pair in words(
        """
        arise:arose awake:awoke be:was bear:bore beat:beat become:became begin:began bend:bent
        bet:bet bind:bound bite:bit bleed:bled blow:blew break:broke breed:bred bring:brought
        build:built burn:burned burst:burst buy:bought cast:cast catch:caught choose:chose
        cling:clung come:came cost:cost creep:crept cut:cut deal:dealt dig:dug do:did
        draw:drew drink:drank drive:drove eat:ate fall:fell feed:fed feel:felt fight:fought
        find:found flee:fled fly:flew forbid:forbade forecast:forecast forget:forgot
        forgive:forgave freeze:froze get:got give:gave go:went grind:ground grow:grew
        hang:hung have:had hear:heard hide:hid hit:hit hold:held hurt:hurt keep:kept know:knew
        lay:laid lead:led leave:left lend:lent let:let lie:lay lose:lost make:made mean:meant
        meet:met pay:paid put:put quit:quit read:read ride:rode ring:rang rise:rose run:ran
        say:said see:saw seek:sought sell:sold send:sent set:set shake:shook shed:shed
        shine:shone shoot:shot show:showed shrink:shrank shut:shut sing:sang sink:sank sit:sat
        sleep:slept slide:slid speak:spoke spend:spent spin:spun split:split spread:spread
        spring:sprang stand:stood steal:stole stick:stuck strike:struck strive:strove
        swear:swore sweep:swept swim:swam swing:swung take:took teach:taught tear:tore
        tell:told think:thought throw:threw thrust:thrust understand:understood
        undergo:underwent undertake:undertook uphold:upheld upset:upset wake:woke wear:wore
        weave:wove weep:wept win:won withdraw:withdrew withstand:withstood write:wrote
        overtake:overtook overcome:overcame oversee:oversaw overthrow:overthrew
        rebuild:rebuilt
        """
    )
)
DOUBLING = words(
    """
    admit ban beg chat clap commit compel control cut defer dip drag drop drum equip expel fit
    flag grab grip hop hug incur infer jog knit map mop nod occur omit patrol permit pin plan
    plot plug pop prefer propel ram rebel refer regret remit repel rip rob rub scan ship shop
    shrug slam slap slip snap sob spot stab step stir stop strip submit tap top tour-off
    transfer transmit trap trim wrap
    """
)


def past(lemma: str) -> str:
    """The past tense of a verb.

    >>> [past(verb) for verb in ("lead", "plan", "carry", "agree", "kill")]
    ['led', 'planned', 'carried', 'agreed', 'killed']
    """
    if lemma in PAST:
        return PAST[lemma]
    if lemma in DOUBLING:
        return lemma + lemma[-1] + "ed"
    if lemma.endswith("e"):
        return lemma + "d"
    if re.search(r"[^aeiou]y$", lemma):
        return lemma[:-1] + "ied"
    return lemma + "ed"


def present(lemma: str) -> str:
    """The third person singular of a verb.

    >>> [present(verb) for verb in ("have", "be", "carry", "reach", "say")]
    ['has', 'is', 'carries', 'reaches', 'says']
    """
    if lemma in ("be", "have"):
        return {"be": "is", "have": "has"}[lemma]
    if re.search(r"(?:s|x|z|ch|sh|o)$", lemma):
        return lemma + "es"
    if re.search(r"[^aeiou]y$", lemma):
        return lemma[:-1] + "ies"
    return lemma + "s"


def article_for(word: str) -> str:
    """`a` or `an`, as the word after it sounds.

    >>> [article_for(word) for word in ("actor", "unit", "hour", "MP", "European")]
    ['an', 'a', 'an', 'an', 'a']
    """
    low = word.lower()
    if word.isupper() and 1 <= len(word) <= 5:
        return "an" if word[0] in "AEFHILMNORSX" else "a"
    if re.match(r"(?:uni(?!n|m)|use|usu|uk|ut|ur[ae]|ug|uz|eu|one\b|once|ub)", low):
        return "a"
    if re.match(r"(?:hour|honest|honou?r|heir)", low):
        return "an"
    if re.match(r"8|11\b|18\b", low):
        return "an"
    return "an" if low[:1] in "aeiou" else "a"
