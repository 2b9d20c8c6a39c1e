"""The ways to bring an article in: pasted, from files, or one of the samples.

After a success the page's address names the new article, and each form's keys name the article in
the address: so a new form is drawn empty, and a second click on the old one reaches nothing.
"""

from datetime import UTC, date, datetime, timedelta
from functools import partial
from typing import Any

import streamlit as st
from streamlit.runtime.scriptrunner import get_script_run_ctx

from db.queries import articles
from workbench.intake.fields import MAX_LENGTH
from workbench.intake.text import article_text
from workbench.samples import Sample, samples
from workbench.ui import feedback, state, who
from workbench.ui.components.keeper import Field, Kept, keep
from workbench.ui.database import reading, writing
from workbench.workflow.addressing import day
from workbench.workflow.importing import digest, import_article

FIRST_DAY = date(1500, 1, 1)
TEXT_HEIGHT = 376


def adding(me: who.Present) -> bool:
    """Draw the forms; returns whether one of them has just said something that must stay."""
    form = f"{me.project_id}-{state.article_in_url() or 0}"
    paste, upload, sample = st.tabs(
        ["Paste", "Upload", "Samples"], on_change="rerun", key="intake-kind"
    )
    for tab, draw in ((paste, _paste), (upload, _upload), (sample, _samples)):
        if tab.open:
            with tab:
                return draw(me, form)
    return False


def _paste(me: who.Present, form: str) -> bool:
    words, beside = st.columns([3, 2], gap="medium")
    with words:
        text = st.text_area(
            "Text",
            key=f"paste-text-{form}",
            height=TEXT_HEIGHT,
            placeholder="The whole article, its headline first. It is kept exactly as it is here.",
            persist_state="session",
        )
    with beside:
        fields = _fields(f"paste-{form}")
        added = st.button("Add article", key=f"paste-add-{form}", type="primary")
    _keep_paste(me, form)
    return added and _add(me, form, [("", {"text": text, **fields})])


def _keep_paste(me: who.Present, form: str) -> None:
    """What is typed stays in the browser until its text is an article of the project."""
    keys = {name: f"paste-{form}-{name}" for name in ("title", "outlet", "author", "url")}
    fields = {name: Field(key, "") for name, key in keys.items()}
    fields["text"] = Field(f"paste-text-{form}", "")
    fields["published"] = Field(f"paste-{form}-published", None)

    def restore(kept: Kept) -> None:
        sha256 = digest(kept.typed["text"])
        with reading() as session:
            if articles.by_sha(session, project_id=me.project_id, sha256=sha256) is not None:
                return
        for name, value in (kept.typed | {"published": day(kept.typed["published"])}).items():
            state.put_in_widget(fields[name].key, value)

    keep("intake", f"intake-{me.project_id}", fields, restore=restore, form=form)


def _upload(me: who.Present, form: str) -> bool:
    files, beside = st.columns([3, 2], gap="medium")
    with files:
        given = st.file_uploader(
            "Text files",
            type=["txt"],
            accept_multiple_files=True,
            key=f"upload-files-{form}",
            help="Plain text in UTF-8, or UTF-16 with its mark; each file is one article.",
        )
        readable = [(file.name, text) for file in given if (text := _read(file)) is not None]
    with beside:
        if not readable:
            st.write("Each file becomes one article, kept exactly as it is.")
            return False
        one = len(readable) == 1
        fields = _fields(f"upload-{form}") if one else {}
        if not one:
            st.write("Each file becomes one article; its first line is its title.")
        title = "Add article" if one else f"Add {len(readable)} articles"
        if st.button(title, key=f"upload-add-{form}", type="primary"):
            return _add(me, form, [(name, {"text": text, **fields}) for name, text in readable])
    return False


def _read(file: Any) -> str | None:
    answer = feedback.answered(lambda: {"text": article_text(file.getvalue())})
    if "error" in answer:
        st.error(feedback.literal(f"{file.name}: {answer['error']}"))
    return answer.get("text")


def _samples(me: who.Present, form: str) -> bool:
    said = False
    for row in range(0, len(samples()), 2):
        for column, sample in zip(st.columns(2), samples()[row : row + 2], strict=False):
            with column, st.container(border=True, height="stretch"):
                said = _sample(me, form, sample) or said
    return said


def _sample(me: who.Present, form: str, sample: Sample) -> bool:
    sha256 = digest(sample.text)
    with reading() as session:
        known = articles.by_sha(session, project_id=me.project_id, sha256=sha256)
    st.markdown(f"**{feedback.literal(sample.title)}**")
    facts = (sample.author, str(sample.published or ""), sample.licence)
    terms = " ".join(part for part in (sample.attribution, sample.changes) if part)
    st.caption(
        feedback.literal(" · ".join(fact for fact in facts if fact)),
        help=feedback.literal(terms) or None,
    )
    if known is not None:
        _claims_link(known.id or 0, "Already here: go to its claims")
        return False
    if st.button("Add this article", key=f"sample-{sha256[:12]}-{form}"):
        return _add(me, form, [("", _fields_of(sample))])
    return False


def _fields_of(sample: Sample) -> dict[str, Any]:
    return {
        "text": sample.text,
        "title": sample.title,
        "outlet": sample.outlet,
        "author": sample.author,
        "url": sample.url,
        "published_on": sample.published,
    }


def _fields(form: str) -> dict[str, Any]:
    title = _field("Title", "title", form, placeholder="The text's first line if empty")
    left, right = st.columns(2)
    with left:
        outlet = _field("Outlet", "outlet", form)
    with right:
        author = _field("Author", "author", form)
    url = _field("URL", "url", form, placeholder="https://…")
    published_on = st.date_input(
        "Publication date",
        value=None,
        min_value=FIRST_DAY,
        max_value=datetime.now(UTC).date() + timedelta(days=366),
        format="YYYY-MM-DD",
        key=f"{form}-published",
        help="What “yesterday” and “this Saturday” in the text are counted from.",
        persist_state="session",
    )
    return {
        "title": title,
        "outlet": outlet,
        "author": author,
        "url": url,
        "published_on": published_on,
    }


def _field(title: str, name: str, form: str, placeholder: str = "") -> str:
    return st.text_input(
        title,
        key=f"{form}-{name}",
        max_chars=MAX_LENGTH[name],
        placeholder=placeholder,
        persist_state="session",
    )


def _add(me: who.Present, form: str, given: list[tuple[str, dict[str, Any]]]) -> bool:
    """Import what is given, under its file's name; what could not be is said, the rest is shown.

    Leaves by a rerun if anything was added.
    """
    answers = [
        (name, feedback.answered(partial(_imported, me, form, fields))) for name, fields in given
    ]
    added = [a["article_id"] for _, a in answers if "error" not in a and not a["duplicate"]]
    if added:
        for name, answer in answers:
            if sentence := _sentence(name, answer):
                state.report("warning", sentence)
        state.set_url(article=added[-1])
        st.rerun()
    for name, answer in answers:
        show = st.error if "error" in answer else st.info
        show(feedback.literal(_sentence(name, answer)))
        if "error" not in answer:
            _claims_link(answer["article_id"], "Go to its claims")
    return True


def _imported(me: who.Present, form: str, fields: dict[str, Any]) -> dict[str, Any]:
    with writing() as session:
        imported = import_article(
            session,
            project_id=me.project_id,
            user_id=me.user_id,
            op_id=_op_id(form, fields["text"]),
            **fields,
        )
    return {
        "article_id": imported.article_id,
        "duplicate": imported.duplicate_of is not None,
    }


def _op_id(form: str, text: str) -> str:
    """One drawn form in one tab: the same click sent twice is one import."""
    context = get_script_run_ctx()
    return f"intake-{context.session_id if context else ''}-{form}-{digest(text)}"


def _sentence(name: str, answer: dict[str, Any]) -> str:
    """What is to be said about one import; nothing if the article is simply there now."""
    at = f"{name}: " if name else ""
    if "error" in answer:
        return f"{at}{answer['error']}"
    return (
        f"{at}This text is already in the project; nothing was added."
        if answer["duplicate"]
        else ""
    )


def _claims_link(article_id: int, label: str) -> None:
    st.page_link("ui/pages/claims.py", label=label, query_params={"article": str(article_id)})
