"""Claims without a parse: each sentence is one, and direct quotations get the speaker beside them.

This is what a text gets whose language has no rules here, or a pipeline without a parser.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from workbench.splitting.records import Attribution, Span
from workbench.splitting.wordlists import words

if TYPE_CHECKING:
    from workbench.splitting.quotations import Quotation
    from workbench.splitting.reading import Article, Passage

SAYING = words(
    """
    said says say told added asked wrote sagte sagt erklärte betonte meinte schrieb dijo dice afirmó
    aseguró declaró añadió dit déclaré affirmé ajouté expliqué disse diz afirmou declarou detto
    sier sa skriver
    """
)
CAPITAL = r"[A-ZÀ-ÖØ-Þ][\w’'-]+(?:\.(?=\s[A-Z]))?"
NAME = rf"{CAPITAL}(?:\s+(?:(?:de|da|von|van|der|bin|al|di|le|la)\s+)?{CAPITAL}){{0,3}}"
# the second word of `el lunes`, which is nobody
DAYS = words(
    """
    lunes martes miércoles jueves viernes sábado domingo pasado mismo próximo otro
    lundi mardi mercredi jeudi vendredi samedi dimanche lendemain
    segunda terça quarta quinta sexta dia día next other same
    """
)
ARTICLE = r"(?:[Tt]he|[Ee]l|[Ll][aeo]s?|[Ii]l|[Oo]s?|[Aa]s?|[Dd](?:er|ie|as)|[Uu]n[ae]?|[Ee]ine?)"
# somebody named by what they are: `la ministra`, `der Sprecher`
ROLE = rf"{ARTICLE}\s+(?!(?:{'|'.join(sorted(DAYS))})\b)[^\W\d_]{{3,}}"
WHO = rf"(?:{NAME}|{ROLE})"
VERBS = "|".join(sorted(SAYING))
AUXILIARY = r"(?:(?:ha|a|hat)\s+)?"
VERB = f"(?P<verb>{VERBS})"
AFTER = re.compile(
    rf"[\s,]*{AUXILIARY}(?:{VERB}\s+(?P<name>{WHO})|(?P<name2>{WHO}|[Hh]e|[Ss]he)\s+(?P<verb2>{VERBS})\b)"
)
BEFORE = re.compile(rf"(?P<name>{WHO}|He|She)\s+{AUXILIARY}{VERB}[:,]?\s*$")


def quoted_by(article: Article, passage: Passage) -> Attribution | None:
    """The speaker of the first direct quotation in a sentence, where a verb of saying names one."""
    for quotation in article.quotations:
        if passage.start <= quotation.start < passage.end:
            found = _beside(article.text, quotation, passage)
            if found is not None:
                return found
    return None


def _beside(text: str, quotation: Quotation, passage: Passage) -> Attribution | None:
    match = AFTER.match(text, quotation.end, passage.end)
    if match is None:
        match = BEFORE.search(text, passage.start, quotation.start)
    if match is None:
        return None
    name, verb = ("name", "verb") if match["name"] else ("name2", "verb2")
    speaker = Span(match[name], match.start(name), match.end(name))
    cue = Span(match[verb], match.start(verb), match.end(verb))
    known = None if speaker.text.lower() in ("he", "she") else speaker.text
    end = min(quotation.end, passage.end)
    return Attribution(known, speaker, cue, quotation.start, end, parts=((quotation.start, end),))
