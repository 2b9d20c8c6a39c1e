"""What the desk sends is kept and carried out once; what else arrives is refused in a sentence."""

import asyncio
import json
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import httpx
import pytest
from sqlalchemy import Engine
from sqlmodel import select
from starlette.applications import Starlette

from db.engine import reading, transaction
from db.models import Assignment, Claim, Event, Operation, Review
from db.queries import projects, queue, reviews
from tests import factories as make
from workbench.settings import DATABASE_VARIABLE, sqlite_url
from workbench.ui import cache
from workbench.ui.routes import MAX_BODY_BYTES, ROUTES
from workbench.workflow.opening import local_user

HOST = "http://desk.test"
OUR_PAGE = {"origin": HOST, "content-type": "application/json"}
TEXT = "One 👩‍👩‍👧 came. Two went. Three stayed."
URL = "https://stats.example/1"


def asked(
    path: str, content: bytes = b"", headers: dict[str, str] = OUR_PAGE, method: str = "POST"
) -> httpx.Response:
    """One request to our routes; an exception nobody caught is a 500 as in the real server."""

    async def answer() -> httpx.Response:
        transport = httpx.ASGITransport(Starlette(routes=ROUTES), raise_app_exceptions=False)
        async with httpx.AsyncClient(transport=transport, base_url=HOST) as client:
            return await client.request(method, path, content=content, headers=headers)

    return asyncio.run(answer())


def sent(path: str, **body: Any) -> httpx.Response:
    return asked(path, json.dumps({"op_id": "op-12345678", **body}).encode())


def acted(kind: object, claim_id: object, **body: Any) -> httpx.Response:
    return sent("/desk/act", **{"kind": kind, "claim_id": claim_id, **body})


def drafted(claim_id: object, form: object, version: object = 0, **body: Any) -> httpx.Response:
    return sent("/desk/draft", **{"claim_id": claim_id, "form": form, "version": version, **body})


def saved(claim_id: object, form: object, version: object = 0, **body: Any) -> httpx.Response:
    more = {"form": form, "version": version, "claim_version": 1, **body}
    return acted("save", claim_id, **more)


def counted(claim_id: int, filter: str = "") -> dict[str, int]:
    """How far the desk says that the reviewer is."""
    place: dict[str, int] = sent("/desk/place", claim_id=claim_id, filter=filter).json()["place"]
    return place


def assert_refused(database: Engine, *answers: httpx.Response, status: int = 400) -> None:
    """Each is a short sentence without a traceback, and nothing is stored."""
    for answer in answers:
        told = f"{answer.text[:300]} to {answer.request.content[:300]!r}"
        assert answer.status_code == status, told
        (sentence,) = answer.json().values()
        assert sentence.endswith("."), told
        assert len(sentence) < 300, told
        assert not {"Traceback", "\n"} & {*sentence, *sentence.split()}, told
    with reading(database) as session:
        for model in (Review, Assignment, Operation):
            assert session.exec(select(model)).all() == []


def rows(database: Engine) -> dict[str, list[Any]]:
    """Everything a person did, without the time at which a queue was looked at."""
    models = (Claim, Review, Operation, Event)
    with reading(database) as session:
        return {m.__name__: [r.model_dump() for r in session.exec(select(m))] for m in models}


@pytest.fixture
def ids(database: Engine) -> list[int]:
    """Three claims in the first project, in the order of the queue."""
    with transaction(database) as session:
        article = make.article(session, projects.oldest(session), text=TEXT)
        quotes = ("One 👩‍👩‍👧 came.", "Two went.", "Three stayed.")
        return [make.claim(session, article, quote=quote).id or 0 for quote in quotes]


@pytest.fixture
def foreign_id(database: Engine) -> int:
    """A claim of another project."""
    with transaction(database) as session:
        return make.claim(session).id or 0


def own_review(database: Engine, claim_id: int) -> Review:
    with reading(database) as session:
        user = local_user(session)
        review = reviews.of_user(session, claim_id=claim_id, user_id=user.id or 0)
    assert review is not None
    return review


def test_a_draft_is_kept_as_it_was_typed(database: Engine, ids: list[int]) -> None:
    answer = drafted(ids[0], {"justification": "Beca", "pending": {"url": "http"}})
    assert (answer.status_code, answer.json()) == (200, {"version": 1, "hints": []})
    review = own_review(database, ids[0])
    assert (review.status, review.draft["justification"]) == ("draft", "Beca")
    assert review.draft["pending"]["url"] == "http"


def test_drafts_follow_one_another_by_their_version(database: Engine, ids: list[int]) -> None:
    first = drafted(ids[0], {"justification": "A"}, op_id="op-draft-1").json()
    drafted(ids[0], {"justification": "AB"}, first["version"], op_id="op-draft-2")
    assert own_review(database, ids[0]).draft["justification"] == "AB"


def test_a_save_is_stored_and_answers_with_the_next_claim(database: Engine, ids: list[int]) -> None:
    source = {"url": URL, "quote": "“Two” 🌳\n", "stance": "refutes"}
    answer = saved(ids[0], {"label": "refuted", "evidence": [source], "confidence": 0.8})
    desk = answer.json()["desk"]
    assert (answer.status_code, answer.json()["done"]) == (200, "Saved")
    assert (desk["claim"]["id"], desk["article"]["text"]) == (ids[1], TEXT)
    assert [span["state"] for span in desk["spans"]] == ["reviewed", "accepted", "accepted"]
    assert (own_review(database, ids[0]).status, desk["review"]["version"]) == ("submitted", 0)


def test_the_text_is_not_sent_again_to_a_desk_that_has_it(ids: list[int]) -> None:
    first = acted("skip", ids[0]).json()["desk"]["article"]
    again = acted("skip", ids[1], op_id="op-another", article_id=first["id"]).json()["desk"]
    assert "text" not in again["article"]


def test_a_skipped_claim_comes_last_and_keeps_its_draft(database: Engine, ids: list[int]) -> None:
    drafted(ids[0], {"justification": "Beca"}, op_id="op-draft-1")
    answer = acted("skip", ids[0]).json()
    assert (answer["done"], answer["desk"]["claim"]["id"]) == ("Skipped", ids[1])
    assert counted(ids[1])["n_skipped"] == 1
    assert own_review(database, ids[0]).draft["justification"] == "Beca"


def test_back_opens_what_was_saved_as_it_was_saved(ids: list[int]) -> None:
    saved(ids[0], {"label": "refuted", "justification": "No."})
    review = acted("back", ids[1], op_id="op-back-1").json()["desk"]["review"]
    assert (review["status"], review["form"]["label"]) == ("submitted", "refuted")
    assert review["form"]["justification"] == "No."


def test_back_at_the_first_claim_says_so(ids: list[int]) -> None:
    answer = acted("back", ids[0]).json()
    assert answer["done"] == "This is the first claim that you worked on"
    assert answer["desk"]["claim"]["id"] == ids[0]


def test_a_mark_in_the_text_opens_its_claim(database: Engine, ids: list[int]) -> None:
    assert acted("open", ids[0], open=ids[2]).json()["desk"]["claim"]["id"] == ids[2]
    with reading(database) as session:
        assert session.exec(select(Assignment)).all() == []


def test_selected_words_become_a_claim(database: Engine, ids: list[int]) -> None:
    start = TEXT.index("Two went")
    answer = acted("new_claim", ids[0], start=start - 1, end=start + 8).json()
    assert (answer["done"], answer["desk"]["claim"]["id"]) == ("Claim added to the queue", ids[0])
    assert counted(ids[0])["n_claims"] == 4
    with reading(database) as session:
        claim = session.exec(select(Claim).where(Claim.origin == "reviewer")).one()
    assert (claim.quote, claim.start) == ("Two went", start)


def test_after_the_last_claim_the_desk_is_empty(ids: list[int]) -> None:
    answers = [saved(id, {"label": "refuted"}, op_id=f"op-save-{id}").json() for id in ids]
    assert [answer["desk"] is None for answer in answers] == [False, False, True]


def test_the_neighbours_in_the_text_are_opened_reviewed_or_not(ids: list[int]) -> None:
    saved(ids[1], {"label": "refuted"})
    opened = [acted(kind, id).json()["desk"]["claim"]["id"] for kind, id in steps(ids)]
    assert opened == [ids[1], ids[2], ids[2], ids[1], ids[0], ids[0]]


def steps(ids: list[int]) -> list[tuple[str, int]]:
    return [*(("next", id) for id in ids), *(("previous", id) for id in reversed(ids))]


def test_a_skip_keeps_its_reason(database: Engine, ids: list[int]) -> None:
    acted("skip", ids[0], reason=" needs the census 👩‍👩‍👧 ")
    with reading(database) as session:
        (row,) = session.exec(select(Assignment).where(Assignment.state == "skipped"))
    assert row.reason == "needs the census 👩‍👩‍👧"


def test_a_reason_is_a_short_text(database: Engine, ids: list[int]) -> None:
    wrong = (7, ["a"], {"a": 1}, "x" * 501, "nul\x00", "\ud800")
    assert_refused(database, *(acted("skip", ids[0], reason=value) for value in wrong))


def keyed(**body: Any) -> httpx.Response:
    return asked("/desk/keys", json.dumps(body).encode())


def key_for(answer: httpx.Response, name: str) -> str:
    return next(each["key"] for each in answer.json()["keys"] if each["name"] == name)


def test_a_key_is_changed_for_good_and_set_back(database: Engine) -> None:
    assert key_for(keyed(action="skip", key="z"), "skip") == "z"
    assert key_for(keyed(action="back", key="s"), "skip") == "z"
    with reading(database) as session:
        assert local_user(session).keys == {"skip": "z", "back": "s"}
    assert key_for(keyed(reset=True), "skip") == "s"
    with reading(database) as session:
        assert local_user(session).keys == {}


NO_KEYS = [{}, {"action": "skip"}, {"action": 1, "key": "z"}, {"action": "skip", "key": ["z"]}]


@pytest.mark.parametrize("body", [*NO_KEYS, {"action": "skip", "key": "b"}, {"reset": "yes"}])
def test_what_is_no_key_is_refused(database: Engine, body: dict[str, Any]) -> None:
    assert_refused(database, keyed(**body))
    with reading(database) as session:
        assert local_user(session).keys == {}


AGAIN: dict[str, dict[str, Any]] = {
    "next": {},
    "previous": {},
    "save": {"form": {"label": "refuted"}, "version": 0, "claim_version": 1},
    "skip": {},
    "new_claim": {"start": 0, "end": 3},
    "open": {"open": 1},
    "back": {},
}


@pytest.mark.parametrize("kind", AGAIN)
def test_what_is_sent_twice_is_done_once_and_answered_alike(
    kind: str, database: Engine, ids: list[int]
) -> None:
    first = acted(kind, ids[0], **AGAIN[kind])
    stored = rows(database)
    again = acted(kind, ids[0], **AGAIN[kind])
    assert (again.status_code, again.json()) == (200, first.json())
    assert rows(database) == stored


def test_a_draft_sent_twice_is_kept_once(database: Engine, ids: list[int]) -> None:
    first = drafted(ids[0], {"justification": "A"})
    stored = rows(database)
    again = drafted(ids[0], {"justification": "A"})
    assert (again.status_code, again.json(), rows(database)) == (200, first.json(), stored)


def test_what_is_sent_twice_at_once_is_done_once(database: Engine, ids: list[int]) -> None:
    with ThreadPoolExecutor(4) as pool:
        waiting = [pool.submit(saved, ids[0], {"label": "refuted"}) for _ in range(4)]
    assert [answer.result().status_code for answer in waiting] == [200] * 4
    with reading(database) as session:
        assert len(session.exec(select(Operation)).all()) == 1
    assert own_review(database, ids[0]).version == 1


def test_a_stale_version_is_answered_with_what_is_stored(database: Engine, ids: list[int]) -> None:
    drafted(ids[0], {"justification": "the other tab"}, op_id="op-first-1")
    before = rows(database)
    for answer in (
        drafted(ids[0], {"justification": "this tab"}, op_id="op-stale-1"),
        saved(ids[0], {"label": "refuted"}, op_id="op-stale-2"),
    ):
        stored = answer.json()["stored"]
        assert (answer.status_code, stored["version"], stored["status"]) == (409, 1, "draft")
        assert stored["form"]["justification"] == "the other tab"
        assert "changed elsewhere" in answer.json()["error"]
    assert rows(database) == before


def test_a_claim_rewritten_meanwhile_is_a_conflict_as_well(
    database: Engine, ids: list[int]
) -> None:
    with transaction(database) as session:
        session.get_one(Claim, ids[0]).text = "Theirs."
    answer = saved(ids[0], {"label": "refuted", "claim_text": "Mine."})
    assert (answer.status_code, answer.json()["stored"]["status"]) == (409, "new")
    with reading(database) as session:
        assert session.get_one(Claim, ids[0]).text == "Theirs."


def test_a_verdict_is_filed_on_the_text_that_was_seen(database: Engine, ids: list[int]) -> None:
    with transaction(database) as session:
        session.get_one(Claim, ids[0]).text = "Theirs."
    form = {"label": "refuted"}
    stale = saved(ids[0], form, seen_text="One 👩‍👩‍👧 came.")
    assert stale.status_code == 409
    assert stale.json()["stored"]["claim"] == {"text": "Theirs.", "version": 2}
    assert saved(ids[0], form, seen_text="Theirs.", op_id="op-seen-1").status_code == 200
    assert own_review(database, ids[0]).status == "submitted"


def test_what_else_changed_about_a_claim_is_in_nobodys_way(
    database: Engine, ids: list[int]
) -> None:
    with transaction(database) as session:
        session.get_one(Claim, ids[0]).speaker = "The harbour master"
    form = {"label": "refuted", "claim_text": "Mine."}
    assert saved(ids[0], form, seen_text="One 👩‍👩‍👧 came.").status_code == 200
    with reading(database) as session:
        claim = session.get_one(Claim, ids[0])
    assert (claim.text, claim.speaker) == ("Mine.", "The harbour master")


def test_time_at_work_adds_up_once_for_each_operation(database: Engine, ids: list[int]) -> None:
    for _ in range(3):
        drafted(ids[0], {"justification": "A"}, op_id="op-time-1", active_seconds=12.5)
    drafted(ids[0], {"justification": "A"}, 1, op_id="op-time-2", active_seconds=7)
    assert own_review(database, ids[0]).active_seconds == 19.5
    for _ in range(2):
        saved(ids[0], {"label": "refuted"}, 2, op_id="op-time-3", active_seconds=0.5)
    assert own_review(database, ids[0]).active_seconds == 20


def test_time_at_work_is_seconds_of_a_day(database: Engine, ids: list[int]) -> None:
    wrong = ("9", -1, 86_401, float("nan"), float("inf"), True, None, [1])
    for value in wrong:
        assert_refused(
            database,
            drafted(ids[0], {}, active_seconds=value),
            saved(ids[0], {"label": "refuted"}, active_seconds=value),
        )


def test_a_seen_text_is_text(database: Engine, ids: list[int]) -> None:
    wrong = (7, ["a"], True)
    assert_refused(database, *(saved(ids[0], {"label": "refuted"}, seen_text=it) for it in wrong))


OTHER_ORIGINS = (
    "",
    "null",
    "https://evil.example",
    "http://desk.test.evil.example",
    "http://desk.test:8502",
    "http://evil.example/desk.test",
)
OTHER_TYPES = (
    "text/plain",
    "application/x-www-form-urlencoded",
    "multipart/form-data; boundary=application/json",
)


def test_only_our_own_pages_may_send(database: Engine, ids: list[int]) -> None:
    good = {"op_id": "op-12345678", "kind": "skip", "claim_id": ids[0], "version": 0, "form": {}}
    strange = [
        {"content-type": "application/json"},
        {"origin": HOST},
        *({**OUR_PAGE, "origin": origin} for origin in OTHER_ORIGINS),
        *({**OUR_PAGE, "content-type": kind} for kind in OTHER_TYPES),
    ]
    for path in ("/desk/draft", "/desk/act", "/desk/keys"):
        body = json.dumps(good).encode()
        assert_refused(database, *(asked(path, body, them) for them in strange), status=403)


def test_an_origin_that_is_no_address_is_not_ours(database: Engine, ids: list[int]) -> None:
    headers = {**OUR_PAGE, "origin": "http://[desk.test"}
    assert_refused(database, asked("/desk/act", b"{}", headers), status=403)


def test_a_page_may_name_its_character_set(ids: list[int]) -> None:
    body = json.dumps({"op_id": "op-12345678", "kind": "skip", "claim_id": ids[0]}).encode()
    headers = {**OUR_PAGE, "content-type": "application/json; charset=utf-8"}
    assert asked("/desk/act", body, headers).status_code == 200


def test_nothing_is_changed_by_following_a_link(database: Engine) -> None:
    for path in ("/desk/draft", "/desk/act", "/desk/keys"):
        assert asked(path, method="GET").status_code == 405


BROKEN = {
    "nothing": b"",
    "half": b'{"claim_id": 1',
    "a list": b"[1, 2]",
    "a text": b'"save"',
    "null": b"null",
    "not UTF-8": b'{"kind": "\xff\xfe"}',
    "deep lists": b"[" * 100_000 + b"]" * 100_000,
    "deep objects": b'{"form":' * 100_000 + b"1" + b"}" * 100_000,
    "a number of 5,000 digits": b'{"claim_id": ' + b"9" * 5_000 + b"}",
    "huge": b'{"a": "' + b"a" * MAX_BODY_BYTES + b'"}',
}


@pytest.mark.parametrize("body", BROKEN.values(), ids=BROKEN)
def test_what_is_no_json_object_is_refused(body: bytes, database: Engine) -> None:
    assert_refused(database, *(asked(path, body) for path in ("/desk/draft", "/desk/act")))


NO_NUMBERS = [None, "1", 1.0, 0.5, True, -1, 2**53, 10**400, [1], {"id": 1}, float("nan")]
NO_OP_IDS = [None, 7, "", "short", "x" * 65, ["op-12345678"], "\ud800" * 8, "nul\x00inside"]
NO_FORMS = [
    "label",
    7,
    ["label"],
    {"label": 1},
    {"label": ["refuted"]},
    {"justification": "a" * 20_001},
    {"justification": "\ud800"},
    {"justification": "nul\x00"},
    {"confidence": "0.8"},
    {"confidence": 80},
    {"confidence": float("nan")},
    {"evidence": "no list"},
    {"evidence": [1]},
    {"evidence": [{}] * 101},
    {"evidence": [{"url": {"$ne": None}}]},
    {"evidence": [{"id": "1"}]},
    {"pending": [1]},
]


NO_VERDICTS = [
    {},
    {"label": "maybe"},
    {"label": "refuted", "evidence": [{"url": "javascript:alert(1)"}]},
    {"label": "refuted", "pending": {"title": "no address"}},
    {"label": "refuted", "evidence": [{"url": URL, "published_on": "2024-02-30"}]},
    {"label": "refuted", "evidence": [{"url": URL, "stance": "maybe"}]},
    {"label": "refuted", "claim_text": "a" * 5_001},
]


@pytest.mark.parametrize("name", ["claim_id", "version"])
def test_a_number_is_a_number(name: str, database: Engine, ids: list[int]) -> None:
    good = {"claim_id": ids[0], "form": {"label": "refuted"}, "version": 0}
    for value in NO_NUMBERS:
        body = {**good, name: value}
        assert_refused(database, drafted(**body), saved(**body))


def test_each_action_takes_numbers_alone(database: Engine, ids: list[int]) -> None:
    for value in NO_NUMBERS:
        assert_refused(
            database,
            saved(ids[0], {"label": "refuted"}, claim_version=value),
            acted("open", ids[0], open=value),
            acted("new_claim", ids[0], start=value, end=3),
            acted("new_claim", ids[0], start=0, end=value),
        )


@pytest.mark.parametrize("value", NO_OP_IDS, ids=ascii)
def test_an_operation_has_a_name(value: object, database: Engine, ids: list[int]) -> None:
    assert_refused(database, drafted(ids[0], {}, op_id=value), acted("skip", ids[0], op_id=value))


def test_a_draft_has_the_shape_that_was_asked_for(database: Engine, ids: list[int]) -> None:
    assert_refused(database, *(drafted(ids[0], form) for form in [None, *NO_FORMS]))


def test_a_verdict_has_the_shape_that_was_asked_for(database: Engine, ids: list[int]) -> None:
    assert_refused(database, *(saved(ids[0], form) for form in [None, *NO_FORMS]))


def test_what_cannot_be_submitted_is_said(database: Engine, ids: list[int]) -> None:
    assert_refused(database, *(saved(ids[0], form) for form in NO_VERDICTS))


def test_an_unknown_kind_is_refused(database: Engine, ids: list[int]) -> None:
    kinds = (None, "", "delete", "SAVE", 7, True)
    assert_refused(database, *(acted(kind, ids[0]) for kind in kinds))


def test_a_kind_that_is_no_text_is_refused(database: Engine, ids: list[int]) -> None:
    assert_refused(database, acted(["save"], ids[0]), acted({"save": 1}, ids[0]))


def test_what_is_refused_is_not_repeated_at_length(database: Engine, ids: list[int]) -> None:
    long = "x" * 20_000
    assert_refused(database, acted(long, ids[0]), saved(ids[0], {"label": long}))


def test_a_claim_that_is_not_there_is_not_found(database: Engine, ids: list[int]) -> None:
    answers = [acted(kind, 999, **more) for kind, more in AGAIN.items()]
    assert_refused(database, drafted(999, {}), *answers)


def test_a_claim_of_another_project_is_not_opened(
    database: Engine, ids: list[int], foreign_id: int
) -> None:
    answer = acted("open", ids[0], open=foreign_id)
    assert_refused(database, answer)
    assert f"no claim {foreign_id} here" in answer.json()["error"]


def test_a_draw_never_leaves_the_project(ids: list[int], foreign_id: int) -> None:
    answer = saved(foreign_id, {"label": "refuted"})
    assert (answer.status_code, answer.json()["desk"]) == (200, None)


def test_a_span_outside_of_the_article_is_refused(database: Engine, ids: list[int]) -> None:
    for start, end in ((0, len(TEXT) + 1), (5, 5), (9, 3), (0, 2**52)):
        answer = acted("new_claim", ids[0], start=start, end=end)
        assert_refused(database, answer)
        assert "does not lie in the article" in answer.json()["error"]


def test_a_rejected_claim_takes_neither_draft_nor_verdict(database: Engine, ids: list[int]) -> None:
    with transaction(database) as session:
        session.get_one(Claim, ids[0]).state = "rejected"
    assert_refused(database, drafted(ids[0], {}), saved(ids[0], {"label": "refuted"}))


def test_a_name_used_for_another_operation_is_refused(database: Engine, ids: list[int]) -> None:
    """Otherwise the desk would be told that a verdict is stored which is not."""
    drafted(ids[0], {"label": "refuted"})
    before = rows(database)
    for answer in (
        saved(ids[0], {"label": "refuted"}, 1),
        acted("new_claim", ids[0], start=0, end=3),
    ):
        assert (answer.status_code, rows(database)) == (400, before)


def test_a_healthy_workbench_says_so(database: Engine) -> None:
    answer = asked("/healthz", method="GET")
    assert (answer.status_code, answer.json()) == (200, {"ok": True})


def unusable(tmp_path: Path) -> dict[str, tuple[Path, str]]:
    garbage, folder = tmp_path / "garbage.sqlite3", tmp_path / "folder.sqlite3"
    garbage.write_bytes(b"This is no database, and longer than a header of SQLite." * 50)
    folder.mkdir()
    return {
        "garbage": (garbage, "is not a SQLite database"),
        "folder": (folder, "cannot be opened"),
        "missing": (tmp_path / "nowhere" / "a.sqlite3", "cannot be opened"),
    }


@pytest.mark.parametrize("kind", ["garbage", "folder", "missing"])
def test_a_workbench_without_its_database_is_not_well(
    kind: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path, reason = unusable(tmp_path)[kind]
    monkeypatch.setenv(DATABASE_VARIABLE, sqlite_url(path))
    answer = asked("/healthz", method="GET")
    assert (answer.status_code, reason in answer.json()["error"]) == (503, True)
    assert acted("skip", 1).json() == answer.json()
    cache.engine().dispose()


def test_a_database_that_was_never_set_up_says_what_to_run(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(DATABASE_VARIABLE, sqlite_url(tmp_path / "new.sqlite3"))
    for answer in (acted("skip", 1), drafted(1, {})):
        assert answer.status_code != 500
        assert "Run `workbench migrate`" in answer.json()["error"]
    cache.engine().dispose()


def test_the_desk_shows_where_the_reviewer_is(database: Engine, ids: list[int]) -> None:
    saved(ids[0], {"label": "refuted"})
    answer = counted(ids[0])
    with reading(database) as session:
        project, user = projects.oldest(session), local_user(session)
        place = queue.place(session, project_id=project.id or 0, user_id=user.id or 0)
    assert answer == {"n_claims": place.n_claims, "n_reviewed": 1, "n_skipped": place.n_skipped}


def retexted(claim_id: object, text: object, version: object = 1, **body: Any) -> httpx.Response:
    return sent("/desk/text", **{"claim_id": claim_id, "text": text, "version": version, **body})


def test_a_text_is_saved_once_and_the_same_save_again_changes_nothing(
    database: Engine, ids: list[int]
) -> None:
    first = retexted(ids[0], " One family came. ")
    assert first.json() == {"claim": {"text": "One family came.", "version": 2}}
    before = rows(database)
    assert retexted(ids[0], " One family came. ").json() == first.json()
    assert rows(database) == before


def test_a_text_on_an_older_version_is_a_conflict_with_what_is_stored(
    database: Engine, ids: list[int]
) -> None:
    retexted(ids[0], "Theirs.")
    answer = retexted(ids[0], "Mine.", op_id="op-another-one")
    assert answer.status_code == 409
    assert answer.json()["stored"]["claim"] == {"text": "Theirs.", "version": 2}


@pytest.mark.parametrize("text", ["", " \n", None, 7, "x" * 5_001])
def test_no_text_that_is_none_is_saved(database: Engine, ids: list[int], text: object) -> None:
    assert_refused(database, retexted(ids[0], text))


def test_how_far_one_is_is_counted_by_itself(ids: list[int]) -> None:
    assert "place" not in saved(ids[0], {"label": "refuted"}).json()["desk"]
    assert counted(ids[1]) == {"n_claims": 3, "n_reviewed": 1, "n_skipped": 0}
    assert counted(ids[1], filter="q=went") == {"n_claims": 1, "n_reviewed": 0, "n_skipped": 0}
    assert sent("/desk/place", claim_id=ids[1], filter=7).status_code == 400
