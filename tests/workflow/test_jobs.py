"""A job is held by one worker at a time, and is not lost when that worker dies."""

from concurrent.futures import ThreadPoolExecutor

import pytest

from db.engine import transaction
from db.models import Job
from db.queries import events, jobs
from tests.factories import article, user
from workbench.errors import NotAllowed, NotFound
from workbench.workflow.jobs import (
    LeaseLost,
    cancel,
    fail,
    finish,
    give_back,
    queue_split,
    renew,
    split_again,
    take_job,
)


def queued(session):
    return queue_split(session, article=article(session), user_id=None)


def test_the_oldest_waiting_job_is_taken_first(session):
    first, second = queued(session), queued(session)
    assert take_job(session, worker="a").job_id == first.id
    assert take_job(session, worker="a").job_id == second.id
    assert take_job(session, worker="a") is None


def test_only_the_named_jobs_are_taken(session):
    queued(session)
    wanted = queued(session)
    assert take_job(session, worker="a", among=[wanted.id]).job_id == wanted.id
    assert take_job(session, worker="a", among=[wanted.id]) is None


def test_a_job_is_queued_once_for_an_article(session):
    of = article(session)
    first = queue_split(session, article=of, user_id=None)
    assert queue_split(session, article=of, user_id=None) is first


def test_a_renewed_lease_is_not_taken_by_another(session):
    queued(session)
    lease = take_job(session, worker="a", lease_seconds=-1)
    renew(session, lease=lease, done=1, total=4)
    assert take_job(session, worker="b") is None
    assert session.get(Job, lease.job_id).done == 1


def test_a_lease_that_ran_out_is_taken_again_and_the_first_holder_is_told(session):
    queued(session)
    dead = take_job(session, worker="a", lease_seconds=-1)
    alive = take_job(session, worker="b")
    assert (alive.job_id, alive.attempt) == (dead.job_id, 2)
    for report in (finish, give_back):
        with pytest.raises(LeaseLost):
            report(session, lease=dead)
    with pytest.raises(LeaseLost):
        renew(session, lease=dead, done=1, total=1)
    finish(session, lease=alive)
    assert session.get(Job, alive.job_id).state == "done"


def test_a_job_that_kills_its_worker_three_times_is_failed(session):
    job = queued(session)
    for _ in range(3):
        assert take_job(session, worker="a", lease_seconds=-1).job_id == job.id
    assert take_job(session, worker="a") is None
    assert (job.state, job.attempts) == ("failed", 3)
    assert job.error == "The worker died 3 times while doing this."


def test_a_job_given_back_does_not_count_as_an_attempt(session):
    job = queued(session)
    for _ in range(5):
        give_back(session, lease=take_job(session, worker="a"))
    assert (job.state, job.attempts) == ("queued", 0)


def test_a_failed_job_keeps_the_reason_and_can_be_asked_for_again(session):
    job = queued(session)
    fail(session, lease=take_job(session, worker="a"), reason="The text is in Klingon.")
    assert (job.state, job.error) == ("failed", "The text is in Klingon.")
    again = split_again(session, article_id=job.article_id, user_id=None)
    assert (again.state, again.id != job.id) == ("queued", True)


def test_a_cancelled_job_is_lost_to_its_worker_and_leaves_an_event(session):
    job, who = queued(session), user(session)
    lease = take_job(session, worker="a")
    cancel(session, job_id=job.id, user_id=who.id)
    with pytest.raises(LeaseLost):
        finish(session, lease=lease)
    (event,) = events.of_subject(session, subject="job", subject_id=job.id)
    assert (event.before, event.after) == ({"state": "running"}, {"state": "cancelled"})


def test_what_is_over_or_unknown_cannot_be_cancelled(session):
    job = queued(session)
    finish(session, lease=take_job(session, worker="a"))
    with pytest.raises(NotAllowed, match="done already"):
        cancel(session, job_id=job.id, user_id=None)
    with pytest.raises(NotFound):
        cancel(session, job_id=999, user_id=None)


def test_many_workers_at_once_never_get_the_same_job(engine):
    with transaction(engine) as session:
        ids = {queued(session).id for _ in range(24)}

    def take_all(worker):
        taken = []
        while True:
            with transaction(engine) as session:
                lease = take_job(session, worker=worker)
            if lease is None:
                return taken
            taken.append(lease.job_id)

    with ThreadPoolExecutor(6) as pool:
        taken = [job for jobs in pool.map(take_all, "abcdef") for job in jobs]
    assert sorted(taken) == sorted(ids)
    with transaction(engine) as session:
        assert jobs.n_open(session) == 24
