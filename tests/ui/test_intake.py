"""Intake: what is pasted is stored as it is, once, and an error never loses what was typed."""

from collections.abc import Callable
from datetime import date, timedelta

from sqlalchemy import Engine
from sqlmodel import Session, select
from streamlit.testing.v1 import AppTest

from db.engine import reading, transaction
from db.models import Article, Job, utc_now
from db.queries import jobs, projects
from tests import factories
from tests.ui.seen import HOSTILE, assert_literal, button, field, link, texts, words
from workbench.samples import samples
from workbench.ui import feedback

Visit = Callable[..., AppTest]
TEXT = "Rates fell 🌳\r\n\r\nThe bank said on Monday that rates fell by 4 percent.\t "


def test_an_empty_project_says_what_to_do(visit: Visit) -> None:
    app = visit("intake")
    assert not app.exception
    assert [title.value for title in app.title] == ["Intake"]
    assert "No article yet" in words(app)


def test_a_pasted_text_is_stored_verbatim_with_what_stands_beside_it(
    visit: Visit, database: Engine
) -> None:
    app = visit("intake")
    field(app, "Text").input(TEXT)
    field(app, "Title").input("Rates fell")
    field(app, "Outlet").input("The Gazette")
    field(app, "Author").input("A. Writer")
    field(app, "URL").input("https://gazette.example/1")
    field(app, "Publication date").set_value(date(2022, 1, 15))
    button(app, "Add article").click().run()
    stored = only_article(database)
    assert (stored.text, stored.title, stored.outlet) == (TEXT, "Rates fell", "The Gazette")
    assert (stored.author, stored.url) == ("A. Writer", "https://gazette.example/1")
    assert stored.published_on == date(2022, 1, 15)


def test_after_a_success_the_form_is_empty_and_the_article_waits_to_be_split(
    visit: Visit, database: Engine
) -> None:
    app = pasted(visit, TEXT)
    assert [field(app, name).value for name in ("Text", "Title")] == ["", ""]
    assert app.query_params["article"] == str(only_article(database).id)
    assert "Waiting to be split" in texts(app)
    with reading(database) as session:
        assert jobs.n_open(session) == 1


def test_an_error_stands_in_place_and_keeps_what_was_typed(visit: Visit, database: Engine) -> None:
    app = visit("intake")
    field(app, "Text").input(TEXT)
    field(app, "URL").input("nowhere")
    button(app, "Add article").click().run()
    assert "is no web address" in words(app).replace("\\", "")
    assert (field(app, "Text").value, field(app, "URL").value) == (TEXT, "nowhere")
    field(app, "URL").input("https://gazette.example/1")
    button(app, "Add article").click().run()
    assert only_article(database).text == TEXT


def test_an_empty_text_is_refused_in_one_sentence(visit: Visit) -> None:
    app = visit("intake")
    button(app, "Add article").click().run()
    assert [error.value.replace("\\", "") for error in app.error] == [
        "The text is empty; give at least one sentence."
    ]


def test_the_same_text_again_adds_nothing_and_links_to_what_is_there(
    visit: Visit, database: Engine
) -> None:
    app = pasted(visit, TEXT)
    field(app, "Text").input(TEXT)
    button(app, "Add article").click().run()
    assert "already in the project" in app.info[0].value
    assert link(app, "Go to its claims").query_string == f"article={only_article(database).id}"


def test_an_uploaded_file_is_stored_byte_for_byte(visit: Visit, database: Engine) -> None:
    app = uploaded(visit, ("a.txt", TEXT.encode()))
    field(app, "Outlet").input("The Gazette")
    button(app, "Add article").click().run()
    stored = only_article(database)
    assert (stored.text, stored.outlet) == (TEXT, "The Gazette")


def test_of_several_files_the_readable_ones_are_added_and_the_others_named(
    visit: Visit, database: Engine
) -> None:
    app = uploaded(visit, ("a.txt", b"Rates fell."), ("b.txt", b"Rates rose."), ("c.txt", b"\xff"))
    assert "c.txt: The encoding is not UTF-8" in words(app).replace("\\", "")
    button(app, "Add 2 articles").click().run()
    with reading(database) as session:
        assert session.exec(select(Article.text)).all() == ["Rates fell.", "Rates rose."]


def test_two_files_of_one_name_are_both_added(visit: Visit, database: Engine) -> None:
    app = uploaded(visit, ("a.txt", b"Rates fell."), ("a.txt", b"Rates rose."))
    button(app, "Add 2 articles").click().run()
    with reading(database) as session:
        assert len(session.exec(select(Article)).all()) == 2


def test_a_sample_comes_with_one_click_and_names_its_licence(
    visit: Visit, database: Engine
) -> None:
    app = turned(visit("intake"), "Samples")
    assert "CC BY 2\\.5" in words(app)
    button(app, "Add this article").click().run()
    assert only_article(database).text == samples()[0].text


def test_a_split_article_says_how_many_claims_were_found(visit: Visit, database: Engine) -> None:
    with transaction(database) as session:
        article = split_article(session)
        factories.claim(session, article)
    app = visit("intake", article=str(article.id))
    assert "1 claim found" in words(app)
    assert link(app, "Go to its claims").page == "claims"
    assert link(app, "Start reviewing").page == "review"


def test_an_article_without_rules_for_its_language_says_so(visit: Visit, database: Engine) -> None:
    said = feedback.literal("Split into sentences and direct quotations only: no rules for German.")
    with transaction(database) as session:
        full = split_article(session, splitter="en_core_web_sm-3.8.0")
        plain = split_article(
            session, "Es regnete.", splitter="blank:de+fallback: no rules for German"
        )
        factories.claim(session, plain, quote="Es regnete.")
    assert words(visit("intake", article=str(plain.id))).count(said) == 2
    assert words(visit("intake", article=str(full.id))).count(said) == 1
    assert said in words(visit("claims", article=str(plain.id)))
    assert said not in words(visit("claims", article=str(full.id)))


def test_a_failed_split_says_why_and_can_be_asked_for_again(visit: Visit, database: Engine) -> None:
    with transaction(database) as session:
        article = split_article(session)
        queue(session, article, state="failed", error=f"It failed on {HOSTILE}.")
    app = visit("intake", article=str(article.id))
    assert_literal(app, f"It failed on {HOSTILE}.")
    with transaction(database) as session:
        session.get_one(Article, article.id).split_at = None
    button(app, "Split again").click().run()
    assert "Waiting to be split" in texts(app)


def test_a_job_that_nobody_takes_says_that_no_worker_is_running(
    visit: Visit, database: Engine
) -> None:
    with transaction(database) as session:
        article = split_article(session)
        queue(session, article, created_at=utc_now() - timedelta(seconds=20))
    assert "No worker is running" in words(visit("intake"))


def test_a_job_that_waits_behind_others_blames_no_worker(visit: Visit, database: Engine) -> None:
    with transaction(database) as session:
        article = split_article(session)
        queue(session, article, created_at=utc_now() - timedelta(seconds=20))
        held = utc_now() + timedelta(seconds=5)
        queue(session, split_article(session, "Other."), state="running", leased_until=held)
    assert "No worker is running" not in words(visit("intake"))


def test_the_list_is_paged_when_it_is_long(visit: Visit, database: Engine) -> None:
    with transaction(database) as session:
        for n in range(51):
            split_article(session, f"Article {n}.", title=f"Article {n}")
    app = visit("intake")
    assert "51 articles" in words(app)
    assert "Article 50" in words(app)
    assert "Article 0" not in words(app).split("\n")


def test_hostile_titles_are_shown_as_they_are(visit: Visit, database: Engine) -> None:
    with transaction(database) as session:
        article = split_article(session, title=HOSTILE, outlet=HOSTILE)
    app = visit("intake", article=str(article.id))
    assert_literal(app)
    assert HOSTILE in texts(app)
    assert feedback.literal(HOSTILE) in words(app)


def pasted(visit: Visit, text: str) -> AppTest:
    app = visit("intake")
    field(app, "Text").input(text)
    button(app, "Add article").click().run()
    return app


def uploaded(visit: Visit, *files: tuple[str, bytes]) -> AppTest:
    app = turned(visit("intake"), "Upload")
    app.file_uploader[0].set_value([(name, data, "text/plain") for name, data in files])
    return app.run()


def turned(app: AppTest, tab: str) -> AppTest:
    app.session_state["intake-kind"] = tab
    return app.run()


def only_article(database: Engine) -> Article:
    with reading(database) as session:
        return session.exec(select(Article)).one()


def split_article(session: Session, text: str = factories.TEXT, **fields: object) -> Article:
    project = projects.oldest(session)
    return factories.article(session, project, text=text, split_at=factories.NOON, **fields)


def queue(session: Session, article: Article, **fields: object) -> None:
    session.add(Job(project_id=article.project_id, kind="split", article_id=article.id, **fields))
    session.flush()
