"""Mends attachments that the parser is known to get wrong, before any rule reads the tree."""

from workbench.splitting import cues
from workbench.splitting.people import OFFICES
from workbench.splitting.tree import Tree
from workbench.splitting.wordlists import words


def repair(tree: Tree) -> None:
    for i in range(tree.n):
        if tree.lower[i] in PREFIXES:
            _mend_prefix(tree, i)
        dep = tree.dep[i]
        if tree.lemma[i] == "hop" and tree.lower[i] in ("hoped", "hoping"):
            tree.lemma[i] = "hope"  # the lemmatizer takes the one for the other
        if dep == "ROOT" and tree.pos[i] in ("NOUN", "PROPN"):
            _mend_garden_path(tree, i)
        elif dep == "ccomp":
            _mend_late_relative(tree, i)
        elif dep == "appos":
            _mend_role(tree, i)
        elif dep == "relcl":
            _mend_who(tree, i)
            _mend_cleft(tree, i)
        elif dep == "conj" and tree.pos[i] == "VERB":
            _mend_second_cue(tree, i)
            _mend_participle(tree, i)
        elif dep == "conj":
            _mend_place(tree, i)
        elif dep == "prep":
            _mend_circumstance(tree, i)
        if dep == "ROOT" and tree.tag[i] in ("VBD", "VBZ", "VBP"):
            _mend_series(tree, i)
        if dep == "ROOT" and tree.is_verb(i):
            _mend_semicolon(tree, i)
        if dep in ("nsubj", "nsubjpass"):
            _mend_subjects(tree, i)


def _mend_garden_path(tree: Tree, noun: int) -> None:
    """`The riots that followed the events caused deaths` is no noun phrase but a sentence.

    The parser reads `the events` as the subject of `caused` within the relative clause; where that
    leaves the sentence without a finite main verb, the main verb is what it took for a complement.
    """
    relative = tree.first(noun, "relcl")
    if relative is None or tree.tag[relative] not in ("VBD", "VBZ", "VBP"):
        return
    pronoun = tree.subject(relative)
    main = tree.first(relative, "ccomp")
    if pronoun is None or main is None or tree.tag[pronoun] not in ("WDT", "WP"):
        return
    swallowed = tree.subject(main)
    if swallowed is None or tree.first(main, "mark") is not None or tree.first(relative, "dobj"):
        return
    if not relative < swallowed < main or tree.tag[main] not in ("VBD", "VBZ", "VBP"):
        return
    tree.attach(swallowed, relative, "dobj")
    tree.attach(main, main, "ROOT")
    later = [j for j in tree.children[noun] if j > main]
    tree.attach(noun, main, "nsubj")
    target = tree.first(main, "dobj")
    for j in later:
        if tree.dep[j] in ("appos", "conj") and target is not None:
            tree.attach(j, target, "conj")
        else:
            tree.attach(j, main, tree.dep[j])


def _mend_late_relative(tree: Tree, i: int) -> None:
    """`Protests originated in X that later spread`: a clause with a relative pronoun as its
    subject is no complement but describes the subject of the verb before it."""
    subject = tree.subject(i)
    head = tree.head[i]
    if subject is None or tree.tag[subject] != "WDT" or tree.first(i, "mark") is not None:
        return
    antecedent = tree.subject(head)
    if antecedent is None or antecedent > head or i < head:
        return
    tree.attach(i, antecedent, "relcl")


def _mend_role(tree: Tree, name: int) -> None:
    """`The president of Belarus, Alexander Lukashenko`: the name goes with the president."""
    place = tree.head[name]
    if tree.ent[place] == "PERSON" or tree.dep[place] != "pobj":
        return
    preposition = tree.head[place]
    role = tree.head[preposition]
    named = (
        tree.pos[name] == "PROPN"
        and tree.lemma[role] in OFFICES
        and tree.ent[place] == "GPE"
        and tree.ent[name] in ("", "ORG")
    )
    if (
        not (tree.ent[name] == "PERSON" or named)
        or tree.pos[role] != "NOUN"
        or tree.tag[role] != "NN"
        or tree.words[tree.subtree(name)[0] - 1] == "("
    ):
        return
    comma = tree.subtree(name)[0] - 1
    if tree.words[comma] == ",":
        tree.attach(name, role, "appos")
        for mark in (comma, tree.subtree(name)[-1] + 1):
            if mark < tree.n and tree.words[mark] == "," and tree.head[mark] in (place, name):
                tree.attach(mark, role, "punct")


def _mend_second_cue(tree: Tree, verb: int) -> None:
    """`She said he lied and criticized him`: the second verb of saying is hers as well."""
    if tree.lemma[verb] not in cues.SPEECH | cues.STANCE or tree.subject(verb) is not None:
        return
    first = tree.head[verb]
    cue = tree.head[first]
    if (
        tree.dep[first] == "ccomp"
        and cue < first < verb
        and tree.lemma[cue] in cues.SPEECH
        and tree.tag[verb] == tree.tag[cue] == "VBD"
        and tree.first(verb, "aux", "auxpass") is None
    ):
        tree.attach(verb, cue, "conj")


PEOPLE = words(
    """
    member leader official people man woman child soldier worker officer player person troop
    student family voter victim survivor resident citizen actor group person those
    """
)


def _mend_who(tree: Tree, clause: int) -> None:
    """`members of the Organization (CSTO) who …`: who is somebody, not an organisation."""
    subject = tree.subject(clause)
    noun = tree.head[clause]
    if (
        subject is None
        or tree.lower[subject] != "who"
        or tree.ent[noun] == "PERSON"
        or tree.pos[noun] != "PROPN"
    ):
        return
    for above in tree.ancestors(noun):
        if tree.is_verb(above):
            return
        if tree.lemma[above] in PEOPLE:
            tree.attach(clause, above, "relcl")
            return


OF_EVENTS = words("during before after since until for with as by from in on at following")


def _mend_circumstance(tree: Tree, i: int) -> None:
    """`debuted in 2014 with a song`: what follows a date belongs to the verb, not to the year."""
    noun = tree.head[i]
    if tree.dep[noun] != "pobj" or i < noun or tree.lower[i] not in OF_EVENTS:
        return
    preposition = tree.head[noun]
    verb = tree.head[preposition]
    if not tree.is_verb(verb) or preposition < verb or tree.lower[preposition] == "between":
        return
    dated = any(tree.ent[t] in ("DATE", "TIME") for t in tree.subtree(i)[1:4])
    if (tree.ent[noun] in ("DATE", "TIME") and tree.pos[noun] in ("NUM", "PROPN")) or (
        tree.ent[noun] in ("GPE", "ORG", "PERSON", "FAC", "LOC") and dated
    ):
        tree.attach(i, verb, "prep")


def _mend_series(tree: Tree, root: int) -> None:
    """`He was a guard, was named a star, and was the captain`: a series is no complement."""
    if tree.subject(root) is not None or root == 0:
        return
    first = tree.first(root, "ccomp")
    if first is None or first > root or tree.subject(first) is None:
        return
    if not tree.is_finite(first) or tree.first(first, "mark") is not None:
        return
    for j in list(tree.children[root]):
        if j < root and j != first and tree.dep[j] in ("punct", "cc", "ccomp") and j > first:
            tree.attach(j, first, "conj" if tree.dep[j] == "ccomp" else tree.dep[j])
    tree.attach(first, first, "ROOT")
    tree.attach(root, first, "conj")


def _mend_participle(tree: Tree, verb: int) -> None:
    """`He is a hero, remembered for his courage`: a participle, no second verb of the subject."""
    head = tree.head[verb]
    if tree.tag[verb] != "VBD" or tree.tag[head] not in ("VBZ", "VBP") or tree.first(head, "cc"):
        return
    if tree.words[verb - 1] != "," or tree.subject(verb) is not None:
        return
    following = tree.first(verb, "prep", "agent")
    if following == verb + 1 and tree.first(verb, "dobj") is None:
        tree.tag[verb], tree.dep[verb] = "VBN", "advcl"


def _mend_place(tree: Tree, region: int) -> None:
    """`Nagpur, India`: with a comma alone between them the second place holds the first."""
    place = tree.head[region]
    if (
        tree.ent[place] == tree.ent[region] == "GPE"
        and tree.words[tree.subtree(region)[0] - 1] == ","
        and tree.subtree(region)[0] - 2 == place
        and tree.dep[place] == "pobj"
        and tree.first(place, "cc") is None
        and tree.first(region, "cc", "conj") is None
    ):
        tree.attach(region, place, "appos")


def _mend_cleft(tree: Tree, clause: int) -> None:
    """`It is a country that borders Chad`: the clause describes the country, not `it`."""
    subject = tree.head[clause]
    verb = tree.head[subject]
    noun = tree.first(verb, "attr")
    if (
        tree.dep[subject] in ("nsubj", "nsubjpass")
        and tree.tag[subject] == "PRP"
        and noun is not None
        and subject < noun < clause
        and any(tree.lower[j] in ("a", "an") for j in tree.all(noun, "det"))
    ):
        tree.attach(clause, noun, "relcl")


def _mend_subjects(tree: Tree, second: int) -> None:
    """`A, B and C left`: a verb has one subject, and the last of a list is not another."""
    verb = tree.head[second]
    first = tree.first(verb, "nsubj", "nsubjpass")
    if first is None or first == second or not first < second < verb:
        return
    last = first
    while (after := tree.first(last, "conj")) is not None:
        last = after
    start = tree.subtree(second)[0]
    if start > 0 and tree.dep[start - 1] == "cc" and tree.head[start - 1] in (last, first):
        tree.attach(second, last, "conj")


def _mend_semicolon(tree: Tree, root: int) -> None:
    """`She is a senator; in 2009, she was appointed`: two sentences, neither in the other."""
    marks = [j for j in tree.children[root] if tree.words[j] == ";"]
    for clause in tree.all(root, "ccomp", "parataxis") if marks else ():
        low, high = sorted((clause, root))
        if (
            any(low < mark < high for mark in marks)
            and tree.subject(clause) is not None
            and tree.is_finite(clause)
            and tree.first(clause, "mark") is None
        ):
            tree.attach(clause, clause, "ROOT")


PREFIXES = words("re co pre un over under mis out")


def _mend_prefix(tree: Tree, prefix: int) -> None:
    """`co-founded the firm`: the tokeniser parts it, and the parser takes `co` for the verb."""
    verb = prefix + 2
    if verb >= tree.n or tree.words[prefix + 1] != "-" or tree.pos[prefix] not in ("VERB", "AUX"):
        return
    if tree.space[prefix] or tree.space[prefix + 1] or tree.tag[verb] not in ("VBN", "VBD"):
        return
    if verb in tree.ancestors(prefix):
        return
    noun = tree.head[verb] if tree.dep[verb] == "amod" else -1
    dep, head = tree.dep[prefix], tree.head[prefix]
    tree.attach(verb, verb if head == prefix else head, dep)
    for old in (prefix, prefix + 1):
        for j in list(tree.children[old]):
            if j not in (prefix + 1, verb):
                tree.attach(j, verb, tree.dep[j])
    tree.attach(prefix, verb, "compound")
    tree.attach(prefix + 1, verb, "punct")
    if noun >= 0 and tree.head[noun] == verb:
        tree.dep[noun] = "dobj"
    perfect = any(tree.dep[j] in ("aux", "auxpass") for j in tree.children[verb])
    tree.pos[verb], tree.tag[verb] = "VERB", "VBN" if perfect else "VBD"
