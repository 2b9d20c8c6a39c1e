"""Agreement: how far people say the same, at each stage of the work, and on which claims not."""

from dataclasses import replace

import streamlit as st

from db.models import Project
from db.queries import progress, search
from db.queries.search import ClaimFilter, Viewer
from workbench.reviewing.agreement import TITLES
from workbench.ui import cache, feedback, who
from workbench.ui.cache import Seen
from workbench.ui.components import agreement_tables as tables
from workbench.ui.components.cells import csv_button
from workbench.ui.components.chosen import chosen
from workbench.ui.components.empty import no_article, nothing
from workbench.ui.database import reading
from workbench.workflow import comparing
from workbench.workflow.addressing import pairs
from workbench.workflow.comparing import Report, Stage
from workbench.workflow.filtering import to_query
from workbench.workflow.permitting import may

MEASURE = "krippendorff_alpha_nominal"
MOST_CLAIMS = 50


def render() -> None:
    """Draw the page."""
    st.title("Agreement", anchor=False)
    with feedback.here():
        me = who.present("see agreement")
        with reading() as session:
            viewer = comparing.sight(session, me.project_id, me.user_id)
            stages = comparing.stages(session, project_id=me.project_id)
            blind = session.get_one(Project, me.project_id).blind
            n_articles = progress.n_articles(session, project_id=me.project_id)
        if not n_articles:
            no_article()
            return
        titles = {key: one.title for key, one in stages.items()}
        stage = chosen("look", "Stage", titles, key="agreement-look")
        seen = cache.seen(viewer, blind=blind)
        with st.spinner("Comparing what people said …"):
            report = cache.report(seen, stage)
        _about(report, narrowed=blind and not viewer.sees_all)
        if report.whole.n_items:
            _compared(seen, report)
        if stage == "verdict" and report.whole.n_items:
            _probable(viewer, seen)


def _about(report: Report, *, narrowed: bool) -> None:
    st.caption(report.stage.about)
    if narrowed:
        st.info("This project is blind: only claims that you have judged yourself count here.")
    if report.whole.n_items:
        with st.container(horizontal=True, gap="medium", vertical_alignment="center"):
            n, people = report.whole.n_items, len(report.reviewers)
            _link(f"{n:,} of {report.n_items:,} compared", report.whole.wanted)
            if report.whole.n_disagreed:
                differing = replace(report.whole.wanted, disagreed=True)
                _link(f"{report.whole.n_disagreed:,} differ", differing)
            st.markdown(f":small[{people} people]", width="content")
    else:
        _why_nothing(report)


def _why_nothing(report: Report) -> None:
    n = f"{report.n_items:,}"
    if not report.n_items:
        nothing("Nothing to compare yet", "Nobody has said anything at this stage that counts.")
    elif len(report.reviewers) < 2:
        said = f"One person has said something, about {n}: agreement takes two about the same."
        nothing("Nothing to compare yet", said)
    else:
        said = (
            f"{len(report.reviewers)} people have said something about {n}, no two about the same. "
            "Give the project more reviews a claim (overlap)."
        )
        nothing("Nothing to compare yet", said)


def _compared(seen: Seen, report: Report) -> None:
    stage = report.stage
    left, right = st.columns([6, 5], gap="large")
    with left:
        st.subheader("Coefficients", anchor=False)
        tables.coefficient_table(report)
        st.caption(
            "Lines at 0.667 and 0.8: Krippendorff draws tentative conclusions from the first on, "
            f"and relies on the second. {_of_order(stage)}"
        )
    with right:
        st.subheader("What one said and another", anchor=False)
        tables.confusion_table(report)
    st.subheader("Slices", anchor=False)
    by = chosen("by", "By", comparing.SLICES, key="agreement-by")
    measure = _measure()
    with st.spinner("Comparing slice by slice …"):
        groups = cache.slices(seen, stage.key, by, measure)
    if by == "pair":
        tables.pair_matrix(report, groups)
    if groups:
        tables.slice_table(report, groups[: cache.LARGEST], by, comparing.SLICES[by])
    if len(groups) >= cache.LARGEST:
        st.caption(f"The {cache.LARGEST} largest; `workbench agreement --by {by}` prints all.")


def _of_order(stage: Stage) -> str:
    order = feedback.literal(", ".join(stage.labels.values()))
    return f"Ordinal and interval take the labels in this order: {order}."


def _probable(viewer: Viewer, seen: Seen) -> None:
    st.subheader("Probable verdicts", anchor=False)
    st.caption(
        "Dawid and Skene's estimate: each claim's most probable verdict when every reviewer is "
        "trusted as far as their reviews agree with the others'."
    )
    if not st.toggle("Work them out (takes some seconds)", key="probable-on"):
        return
    with st.spinner("Estimating …"):
        estimate = cache.estimate(seen)
    differing = estimate.differing
    st.markdown(
        f"Of **{estimate.n_resolved:,}** claims with a final verdict, **{len(differing):,}** "
        "have another probable one."
    )
    with reading() as session:
        allowed = may(
            session, project_id=seen.project_id, user_id=seen.user_id, activity="see claims"
        )
        ids = tuple(one.claim_id for one in differing[:MOST_CLAIMS])
        wanted = ClaimFilter(ids=ids)
        hits = search.page(session, viewer, wanted, limit=MOST_CLAIMS) if ids and allowed else []
    if hits:
        tables.probable_table(estimate, hits)
    plain = tables.probable_plain(estimate)
    csv_button("Every claim's as CSV", "probable-verdicts.csv", plain, key="probable-csv")
    tables.trust_table(estimate)
    people = {one.name: one for one in estimate.reviewers}
    name = st.selectbox(
        "What this reviewer says where the probable verdict is …",
        list(people),
        format_func=lambda name: people[name].title,
        key="trust-of",
    )
    tables.trust_confusion(estimate, people[name])


def _measure() -> str:
    measures = {name: title for name, title in TITLES.items() if name != "percent"}
    return st.selectbox(
        "Coefficient",
        list(measures),
        index=list(measures).index(MEASURE),
        format_func=measures.__getitem__,
        key="agreement-measure",
        width=320,
    )


def _link(words: str, wanted: ClaimFilter) -> None:
    st.page_link("ui/pages/claims.py", label=words, query_params=pairs(to_query(wanted)))


render()
