"""An article comes in once, verbatim, and its splitting is asked for in the same breath."""

from concurrent.futures import ThreadPoolExecutor
from datetime import date

import pytest

from db.engine import reading, transaction
from db.models import Article, Job
from db.queries import articles, events, jobs
from tests.factories import project, user
from workbench.errors import InputError, NotFound
from workbench.workflow.importing import import_article, title_of

TEXT = "Rates fell.\r\n\r\nThe bank said “rates fell” 👩‍👩‍👧.\n"


def imported(session, **fields):
    fields = {"text": TEXT, "project_id": project(session).id, "user_id": user(session).id} | fields
    return import_article(session, **fields), fields


def test_the_text_is_stored_verbatim_and_a_split_job_waits(session):
    result, _ = imported(session, outlet="Gazette", published_on=date(2022, 1, 15))
    article = session.get(Article, result.article_id)
    assert (article.text, article.title, article.outlet) == (TEXT, "Rates fell.", "Gazette")
    job = session.get(Job, result.job_id)
    assert (job.kind, job.state, job.article_id) == ("split", "queued", article.id)
    assert result.duplicate_of is None


def test_an_import_leaves_its_event_without_the_text(session):
    result, given = imported(session, url="https://example.org/a")
    (event,) = events.of_subject(session, subject="article", subject_id=result.article_id)
    assert (event.kind, event.user_id) == ("article.imported", given["user_id"])
    assert event.after["url"] == "https://example.org/a"
    assert "text" not in event.after


def test_the_same_text_again_adds_nothing(session):
    first, given = imported(session)
    again = import_article(session, **given | {"title": "Another title"})
    assert again.duplicate_of == again.article_id == first.article_id
    assert again.job_id == first.job_id
    assert len(articles.in_project(session, project_id=given["project_id"])) == 1


def test_another_project_may_have_the_same_text(session):
    first, _ = imported(session)
    second, _ = imported(session)
    assert second.duplicate_of is None
    assert second.article_id != first.article_id


def test_the_same_operation_again_returns_what_it_returned(session):
    first, given = imported(session, op_id="op-1")
    results = [import_article(session, **given | {"text": "Other."}) for _ in range(3)]
    assert results == [first] * 3
    assert len(articles.in_project(session, project_id=given["project_id"])) == 1
    assert events.n_of_kind(session, project_id=given["project_id"], kind="article.imported") == 1


@pytest.mark.parametrize(
    "fields",
    [
        {"text": "  "},
        {"text": "a\0b"},
        {"url": "javascript:alert(1)"},
        {"title": "a" * 501},
        {"outlet": "a\0"},
        {"published_on": date(2999, 1, 1)},
    ],
)
def test_what_cannot_be_taken_is_refused_before_anything_is_stored(session, fields):
    with pytest.raises(InputError):
        imported(session, **fields)
    assert not session.new


def test_a_project_that_does_not_exist_is_told(session):
    with pytest.raises(NotFound, match="no project 999"):
        imported(session, project_id=999)


def test_a_title_is_cut_after_a_word():
    assert title_of("word " * 100) == "word " * 23 + "word…"
    assert title_of("x" * 1000) == "x" * 119 + "…"
    assert title_of("One line\u2028and another") == "One line"


def test_the_list_has_no_texts_and_shows_the_open_job(session):
    result, given = imported(session)
    (line,) = articles.in_project(session, project_id=given["project_id"])
    assert (line.id, line.job_id, line.job_state) == (result.article_id, result.job_id, "queued")
    assert (line.n_claims, line.split_at) == (0, None)


def test_the_same_operation_from_many_tabs_at_once_is_carried_out_once(engine):
    with transaction(engine) as session:
        given = {"project_id": project(session).id, "user_id": user(session).id}

    def send(_):
        with transaction(engine) as session:
            return import_article(session, **given, text=TEXT, op_id="op-1")

    with ThreadPoolExecutor(8) as pool:
        results = list(pool.map(send, range(16)))
    assert results == [results[0]] * 16
    with reading(engine) as session:
        assert len(articles.in_project(session, project_id=given["project_id"])) == 1
        assert jobs.n_open(session) == 1
