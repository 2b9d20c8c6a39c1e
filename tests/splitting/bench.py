"""Headline figures of the splitter on the development gold, where that lies beside the repository.

    python -m tests.splitting.bench [TASK ...] [--docs N] [--half a|b]

TASK is any of attribution, claims, decontext, checkworthy, sentences, references, time. Documents
are dealt to two halves, `a` to develop on and `b` to decide; `--docs` takes the first N of each
source.
"""

import argparse
import json
import pathlib
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from typing import Any

from tests.splitting import worth
from tests.splitting.golden import SHARED, Row, gold
from workbench.splitting import attributions, load_pipeline, score, sentences, split, split_many
from workbench.splitting.errors import SplittingError


def english(rows: list[Row]) -> list[Row]:
    return [row for row in rows if row.get("lang", "en") == "en"]


def predict_attribution(rows: list[Row]) -> Iterator[Row]:
    for row in rows:
        found = [
            {
                "source": [[a.speaker.start, a.speaker.end]] if a.speaker else [],
                "cue": [[a.cue.start, a.cue.end]] if a.cue else [],
                "content": [list(part) for part in a.parts],
            }
            for a in attributions(row["text"])
        ]
        yield {"doc_id": row["doc_id"], "attributions": found}


def predict_claims(rows: list[Row]) -> Iterator[Row]:
    """With the context where the gold's claims stand alone, else the sentence by itself."""
    for row in rows:
        context, text = row.get("context") or "", row["text"]
        at = context.find(text) if row["source"] == "factcheckbench" else -1
        whole = context if at >= 0 else text
        low, high = (at, at + len(text)) if at >= 0 else (0, len(whole))
        claims = [c.claim for c in split(whole) if low <= c.start and c.end <= high]
        yield {"item_id": row["item_id"], "claims": claims}


def predict_decontext(rows: list[Row]) -> Iterator[Row]:
    for row in rows:
        context, text = row.get("context") or "", row["text"]
        at = context.find(text)
        whole, low = (context, at) if at >= 0 else (text, 0)
        parts = [s.claim for s in sentences(whole) if low <= s.start and s.end <= low + len(text)]
        yield {"item_id": row["item_id"], "decontext": " ".join(parts) or text}


def predict_checkworthy(rows: list[Row]) -> Iterator[Row]:
    for row in rows:
        scores = {str(s["id"]): s["checkworthiness"] for s in score(row["sentences"])}
        yield {"doc_id": row["doc_id"], "scores": scores}


def predict_sentences(rows: list[Row]) -> Iterator[Row]:
    for row in rows:
        try:
            found = [[s.start, s.end] for s in sentences(row["text"])]
        except SplittingError:
            found = []
        yield {"doc_id": row["doc_id"], "sentences": found}


TASKS: dict[str, Callable[[list[Row]], Iterator[Row]]] = {
    "attribution": predict_attribution,
    "claims": predict_claims,
    "decontext": predict_decontext,
    "checkworthy": predict_checkworthy,
    "sentences": predict_sentences,
}


def chosen(rows: list[Row], docs: int, half: str) -> list[Row]:
    """The rows of one half, at most `docs` of each source."""
    kept: list[Row] = []
    seen: dict[str, int] = {}
    for row in rows:
        source = row.get("source", "") + row.get("lang", "")
        n = seen[source] = seen.get(source, 0) + 1
        if (half in ("", "ab"[n % 2])) and n <= docs * (2 if half else 1):
            kept.append(row)
    return kept


def run(task: str, rows: list[Row]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        base = pathlib.Path(folder)
        for name, items in (("gold", rows), ("pred", list(TASKS[task](rows)))):
            side = base / name / task / "dev.jsonl" if name == "gold" else base / f"{task}.jsonl"
            side.parent.mkdir(parents=True, exist_ok=True)
            side.write_text("".join(json.dumps(item) + "\n" for item in items), encoding="utf-8")
        command = [
            sys.executable,
            str(SHARED / "eval" / "run_all.py"),
            str(base / "gold"),
            "dev",
            folder,
        ]
        print(
            subprocess.run(command, capture_output=True, text=True, check=True).stdout,
            end="",
            flush=True,
        )
        if task == "attribution":
            print_recall_by_kind(base / "gold" / task / "dev.jsonl", base / f"{task}.jsonl")
        if task == "decontext":
            print_unchanged(base / "gold" / task / "dev.jsonl", base / f"{task}.jsonl")


def measures_of(task: str, gold_file: pathlib.Path, found_file: pathlib.Path) -> dict[str, Any]:
    """Everything that the scorer of a task computes, by source."""
    script = str(SHARED / "eval" / f"eval_{task}.py")
    command = [sys.executable, script, str(gold_file), str(found_file), "--json"]
    answer = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    measures: dict[str, Any] = json.loads(answer)
    return measures


def print_recall_by_kind(gold_file: pathlib.Path, found_file: pathlib.Path) -> None:
    """How many of the contents are found: direct, mixed and indirect ones."""
    for source, measures in measures_of("attribution", gold_file, found_file).items():
        kinds = [name for name in measures if name.startswith("recall_by/") and ":" not in name]
        figures = "  ".join(
            f"{kind.removeprefix('recall_by/')}={measures[kind]['R']:.3f} of {measures[kind]['n']}"
            for kind in kinds
        )
        print(f"{'recall':<12}{source:<22}{figures}", flush=True)


def print_unchanged(gold_file: pathlib.Path, found_file: pathlib.Path) -> None:
    """The share of sentences that people left as they are and we left too."""
    for source, measures in measures_of("decontext", gold_file, found_file).items():
        print(f"decontext   {source:<22}exact_on_unchanged={measures['exact_on_unchanged']:.3f}")


def print_references() -> None:
    """Speakers named and pronouns read on the articles annotated by hand."""
    from tests.splitting.test_references import references, speakers

    for half in "ab":
        for name, tally in (("speakers", speakers(half)), ("references", references(half))):
            print(
                f"references  half {half} {name:12} accuracy={tally.accuracy:.3f}  "
                f"precision={tally.precision:.3f}  right={tally.right}  wrong={tally.wrong}  "
                f"left={tally.left}"
            )


def time_ratio(texts: list[str]) -> None:
    """Splitting over the bare pipeline on the same texts, in the same run; best of five each."""
    nlp = load_pipeline()
    bare, whole = [], []
    for _ in range(5):
        start = time.process_time()
        for _ in nlp.pipe(texts, batch_size=16):
            pass
        bare.append(time.process_time() - start)
        start = time.process_time()
        for _ in split_many(((i, text, None, None) for i, text in enumerate(texts)), nlp=nlp):
            pass
        whole.append(time.process_time() - start)
    print(
        f"time        {len(texts)} articles: bare {min(bare):.1f} s, split {min(whole):.1f} s, "
        f"ratio {min(whole) / min(bare):.3f}"
    )


def time_of_one(text: str) -> None:
    """One article of about 600 words in a warm process: the wait, over that for the bare pipeline.

    Processor time, so that others on the machine do not count; best of fifteen each, in turn.
    """
    nlp = load_pipeline()
    bare, whole = [], []
    for _ in range(15):
        for times, work in ((bare, nlp), (whole, lambda given: split(given, nlp=nlp))):
            start = time.process_time()
            work(text)
            times.append(time.process_time() - start)
    print(
        f"time        one article of {len(text.split())} words, warm: bare {min(bare):.3f} s, "
        f"split {min(whole):.3f} s, ratio {min(whole) / min(bare):.3f}"
    )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("tasks", nargs="*", default=[*TASKS, "references", "time"])
    parser.add_argument("--docs", type=int, default=60)
    parser.add_argument("--half", default="", choices=["", "a", "b"])
    options = parser.parse_args()
    if not SHARED.exists():
        sys.exit("The gold data are not beside the repository; nothing was measured.")
    for task in options.tasks:
        if task == "references":
            print_references()
            continue
        if task == "time":
            texts = [row["text"] for row in english(gold("rawnews"))]
            time_ratio(texts[: min(options.docs, 40)])
            time_of_one(min(texts, key=lambda text: abs(len(text.split()) - 600)))
            continue
        rows = gold(task) if task == "sentences" else english(gold(task))
        run(
            task,
            chosen(rows, 10**6 if task in ("claims", "decontext") else options.docs, options.half),
        )
        if task == "checkworthy":
            print("            our weights saw claimbuster: see the held-out figure instead")
            worth.print_report()


if __name__ == "__main__":
    main()
