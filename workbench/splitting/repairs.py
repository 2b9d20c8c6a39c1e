"""Mends attachments that the parser is known to get wrong, before any rule reads the tree."""

from workbench.splitting.tree import Tree


def repair(tree: Tree) -> None:
    for i in range(tree.n):
        dep = tree.dep[i]
        if dep == "ROOT" and tree.pos[i] in ("NOUN", "PROPN"):
            _mend_garden_path(tree, i)
        elif dep == "ccomp":
            _mend_late_relative(tree, i)


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
