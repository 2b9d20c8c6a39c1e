"""Attributions in the passive: `the law, opposed by X`, `X is worried about Y`, `known as Z`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from workbench.splitting import cues
from workbench.splitting.extents import Relation, kind_of_cue, relation_of
from workbench.splitting.wordlists import words

if TYPE_CHECKING:
    from workbench.splitting.reading import Passage
    from workbench.splitting.tree import Tree


def participial(tree: Tree, verb: int, lemma: str, passage: Passage) -> Relation | None:
    """`the law, opposed by X`: the noun is what the participle is about."""
    if tree.tag[verb] != "VBN" or tree.dep[verb] != "acl" or tree.first(verb, "aux", "auxpass"):
        return None
    agent = tree.first(verb, "agent")
    who = tree.first(agent, "pobj") if agent is not None else None
    if who is None or lemma not in cues.STANCE | cues.SPEECH | cues.CALLING | cues.BELIEF:
        return None
    return part_by(tree, verb, lemma, who)


def part_by(tree, verb, lemma, who):
    noun = tree.head[verb]
    below = set(tree.subtree(verb))
    content = [t for t in tree.subtree(noun) if t not in below]
    return relation_of(tree, kind_of_cue(lemma), verb, tree.subtree(who), content, None)


def part_none(tree, verb, lemma, passage):
    if tree.tag[verb] != "VBN" or tree.dep[verb] != "acl" or tree.first(verb, "aux", "auxpass","agent"):
        return None
    if lemma not in cues.STANCE | cues.SPEECH: return None
    noun = tree.head[verb]
    below = set(tree.subtree(verb))
    content = [t for t in tree.subtree(noun) if t not in below]
    return relation_of(tree, kind_of_cue(lemma), verb, [], content, None)

def known_as(tree, verb, lemma, passage):
    if tree.tag[verb] != "VBN" or tree.dep[verb] != "acl" or lemma not in cues.CALLING: return None
    name = tree.first(verb, "oprd") or next((j for j in tree.all(verb, "prep") if tree.lower[j] == "as"), None)
    if name is None: return None
    noun = tree.head[verb]
    below = set(tree.subtree(verb))
    content = [t for t in tree.subtree(noun) if t not in below] + tree.subtree(name)
    return relation_of(tree, kind_of_cue(lemma), verb, [], sorted(content), None)

PSYCH=words("""alarm amaze amuse anger annoy appall appal astonish bother commit concern convince dedicate delight determine disappoint disgust dismay disturb divide embarrass encourage energize enrage excite fascinate focus frighten frustrate horrify impress infuriate inspire insult interest intrigue motivate offend obsess oppose outrage perplex please puzzle rattle satisfy scare shock split stun surprise tempt terrify thrill torment trouble unnerve upset worry""")
def psych(tree, verb, lemma, passage):
    if lemma not in PSYCH or tree.tag[verb]!="VBN": return None
    aux=tree.first(verb,"auxpass"); subj=tree.subject(verb)
    if aux is None or subj is None: return None
    from workbench.splitting.extents import source_of
    c=tree.first(verb,"ccomp","xcomp")
    if c is None:
        p=tree.first(verb,"prep","agent")
        if p is None or p<verb or tree.lower[p] not in ("about","by","with","over","at","on","in","to","of","for"): return None
        content=[t for t in tree.subtree(p) if t!=p]; r=relation_of(tree,"belief",verb,source_of(tree,verb),content,None)
        if r: r.cue=sorted({*r.cue,p})
        return r
    return relation_of(tree,"belief",verb,source_of(tree,verb),tree.subtree(c),None)

def relobj(tree, verb, lemma, passage):
    if tree.dep[verb] != "relcl" or lemma not in cues.STANCE or tree.first(verb,"dobj","ccomp","xcomp","auxpass") : return None
    from workbench.splitting.extents import source_of
    s=tree.subject(verb)
    if s is None or tree.tag[s] in ("WP","WDT"): return None
    noun=tree.head[verb]; below=set(tree.subtree(verb))
    return relation_of(tree,"stance",verb,source_of(tree,verb),[t for t in tree.subtree(noun) if t not in below],None)

def looks(tree, verb, lemma, passage):
    if lemma not in ("look","sound","feel") : return None
    c=tree.first(verb,"acomp") 
    if c is None: c=next((j for j in tree.children[verb] if tree.lower[j] in("like","as") and j>verb),None)
    s=tree.subject(verb)
    if c is None or s is None: return None
    r=relation_of(tree,"belief",verb,[],sorted(tree.subtree(s)+tree.subtree(c)) if tree.lower[s]!="it" else tree.subtree(c),None)
    return r
def speechobj(tree, verb, lemma, passage):
    from workbench.splitting.extents import source_of
    if lemma not in cues.SPEECH-cues.STANCE-cues.CALLING-{"say","tell","ask","read","post","sing","write","add","lie"}: return None
    d=tree.first(verb,"dobj")
    if d is None or tree.first(verb,"ccomp","xcomp") is not None: return None
    src=source_of(tree,verb)
    if not src: return None
    return relation_of(tree,"speech",verb,src,tree.subtree(d),None)
