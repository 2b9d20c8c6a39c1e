"""The settings are really on, and no contended update is lost (and would be without them)."""

import threading
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime

import pytest
from sqlalchemy import create_engine, text
from sqlalchemy.exc import IntegrityError, StatementError
from sqlalchemy.orm import DeclarativeBase, Mapped, Session, mapped_column
from sqlalchemy.orm.exc import StaleDataError

from db.engine import reading, transaction
from db.models import Claim, Label, Review, User
from tests import factories

N_THREADS = 8
N_EACH = 20


def test_the_pragmas_are_on_in_every_connection(engine):
    for _ in range(3):
        with engine.connect() as connection:
            assert connection.scalar(text("PRAGMA foreign_keys")) == 1
            assert connection.scalar(text("PRAGMA journal_mode")) == "wal"
            assert connection.scalar(text("PRAGMA synchronous")) == 2
            assert connection.scalar(text("PRAGMA busy_timeout")) == 5000
        engine.dispose()


def test_a_row_that_points_nowhere_is_refused(session):
    session.add(Label(scheme_id=999, position=0, key="k", title="t", color="#000000", digit=1))
    with pytest.raises(IntegrityError, match="FOREIGN KEY"):
        session.flush()


def test_a_transaction_is_stored_as_a_whole_or_not_at_all(engine):
    def half_done():
        with transaction(engine) as session:
            factories.user(session, name="half")
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        half_done()
    with engine.connect() as connection:
        assert connection.scalar(text('SELECT count(*) FROM "user"')) == 0


def test_reading_sees_one_snapshot_and_stores_nothing(engine):
    with transaction(engine) as session:
        claim_id = factories.claim(session, text="before").id
    with reading(engine) as session:
        assert session.get_one(Claim, claim_id).text == "before"
        with transaction(engine) as other:
            other.get_one(Claim, claim_id).text = "after"
        session.expire_all()
        assert session.get_one(Claim, claim_id).text == "before"
        session.get_one(Claim, claim_id).text = "by mistake"
    with reading(engine) as session:
        assert session.get_one(Claim, claim_id).text == "after"


def run_together(work):
    """Run `work` in 8 threads that begin at the same moment; the sum of what each returns."""
    start = threading.Barrier(N_THREADS)

    def run(_):
        start.wait()
        return work()

    with ThreadPoolExecutor(N_THREADS) as pool:
        return sum(pool.map(run, range(N_THREADS)))


def test_no_contended_update_of_a_review_is_lost(engine):
    with transaction(engine) as session:
        review_id = factories.review(session, justification="0").id

    def count_up():
        for _ in range(N_EACH):
            with transaction(engine) as session:
                review = session.get_one(Review, review_id)
                review.justification = str(int(review.justification) + 1)
        return N_EACH

    acknowledged = run_together(count_up)
    with reading(engine) as session:
        review = session.get_one(Review, review_id)
        assert int(review.justification) == acknowledged == N_THREADS * N_EACH
        assert review.version == 1 + acknowledged


def test_of_two_saves_on_the_same_version_one_is_refused(engine):
    with transaction(engine) as session:
        claim_id = factories.claim(session).id
    with reading(engine) as session:
        mine = session.get_one(Claim, claim_id)
        session.expunge(mine)
    with transaction(engine) as session:
        session.get_one(Claim, claim_id).text = "theirs"

    def save_mine():
        with transaction(engine) as session:
            session.add(mine)
            mine.text = "mine"

    with pytest.raises(StaleDataError):
        save_mine()
    with reading(engine) as session:
        assert session.get_one(Claim, claim_id).text == "theirs"


def test_versions_alone_lose_nothing_either(engine):
    """Every save that is acknowledged counts, those on a stale version raise: none vanishes."""
    with transaction(engine) as session:
        review_id = factories.review(session, justification="0").id

    def count_up():
        done = 0
        for _ in range(N_EACH):
            with reading(engine) as session:
                review = session.get_one(Review, review_id)
                session.expunge(review)
            try:
                with transaction(engine) as session:
                    session.add(review)
                    review.justification = str(int(review.justification) + 1)
                done += 1
            except StaleDataError:
                continue
        return done

    acknowledged = run_together(count_up)
    with reading(engine) as session:
        assert int(session.get_one(Review, review_id).justification) == acknowledged
    assert acknowledged > 0


class Base(DeclarativeBase):
    pass


class Unversioned(Base):
    """The same table as `Review` sees it, without its version."""

    __tablename__ = "review"

    id: Mapped[int] = mapped_column(primary_key=True)
    justification: Mapped[str]


def test_control_plain_sessions_without_version_do_lose_updates(engine):
    """The negative control: if this one loses nothing, the tests above prove nothing."""
    with transaction(engine) as session:
        review_id = factories.review(session, justification="0").id
    plain = create_engine(engine.url, connect_args={"timeout": 30})

    def count_up():
        done = 0
        for _ in range(N_EACH):
            with Session(plain) as session:
                review = session.get_one(Unversioned, review_id)
                review.justification = str(int(review.justification) + 1)
                session.commit()
                done += 1
        return done

    acknowledged = run_together(count_up)
    with Session(plain) as session:
        stored = int(session.get_one(Unversioned, review_id).justification)
    plain.dispose()
    assert acknowledged == N_THREADS * N_EACH
    assert stored < acknowledged


def test_naive_times_are_a_programmers_mistake(session):
    with pytest.raises(StatementError, match="naive datetime"):
        factories.user(session, created_at=datetime(2026, 1, 1))  # noqa: DTZ001


def test_times_come_back_aware_and_in_utc(engine):
    with transaction(engine) as session:
        user_id = factories.user(session, created_at=factories.NOON).id
    with reading(engine) as session:
        assert session.get_one(User, user_id).created_at == factories.NOON
