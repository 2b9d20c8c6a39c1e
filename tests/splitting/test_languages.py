"""Which language a text is in, and what is done where there are no rules for it."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from workbench.splitting import (
    SplittingError,
    attributions,
    load_pipeline,
    load_pipelines,
    sentences,
    split,
    splitter_id,
)
from workbench.splitting.languages import is_english, language_of

GOLD = Path(__file__).parents[3] / "shared" / "gold"
GERMAN = "Der Präsident sagte am Montag, dass die Regierung das Gesetz bald zurückzieht."
JAPANESE = "首相は月曜日に、政府が法案を撤回すると述べた。野党はこれを歓迎した。"
SAME = {"nb": "no"}


@pytest.mark.parametrize("name", ["attribution", "rawnews", "sentences"])
def test_every_text_of_the_gold_is_in_its_language(name: str) -> None:
    file = GOLD / name / "dev.jsonl"
    if not file.exists():
        pytest.skip(f"no {file.parent.name} gold beside the repository")
    wrong = []
    for line in file.read_text(encoding="utf-8").split("\n")[:-1]:
        row = json.loads(line)
        if language_of(row["text"]) != SAME.get(row["lang"], row["lang"]):
            wrong.append((row["doc_id"], row["lang"], language_of(row["text"])))
    assert wrong == []


@pytest.mark.parametrize(
    "text",
    ["Miami Beach", "Sergio Mattarella", "Rates fell.", "42 %", "…", "Angela Merkel in Paris"],
)
def test_english_has_the_benefit_of_the_doubt(text: str) -> None:
    assert is_english(text)


@pytest.mark.parametrize(
    ("text", "language"),
    [
        (GERMAN, "de"),
        ("El presidente dijo que el gobierno retira la ley.", "es"),
        ("Il presidente ha detto che il governo ritira la legge.", "it"),
        ("Президент заявил, что правительство отзовёт закон.", "ru"),
        (JAPANESE, "ja"),
    ],
)
def test_a_sentence_is_enough(text: str, language: str) -> None:
    assert language_of(text) == language


def test_a_language_takes_the_pipeline_that_is_named_for_it() -> None:
    pipelines = load_pipelines(models="de=blank:de, fr = blank:fr")
    assert pipelines.reading(GERMAN) is load_pipeline("blank:de")
    assert pipelines.reading("Rates fell by 2 percent in May.") is pipelines.usual


def test_a_language_without_a_pipeline_is_not_read_as_english() -> None:
    pipelines = load_pipelines()
    assert pipelines.reading(GERMAN).lang == "de"
    for text in (GERMAN, JAPANESE):
        claims = split(text, nlp=pipelines.reading(text))
        assert claims
        assert all(text[claim.start : claim.end] == claim.quote for claim in claims)


def test_the_usual_pipeline_may_be_for_another_language() -> None:
    german = load_pipelines("blank:de")
    assert german.reading(GERMAN) is load_pipeline("blank:de")
    assert german.reading("Rates fell by 2 percent in May.") is load_pipeline("blank:de")


def test_what_split_a_text_says_whether_all_rules_did() -> None:
    pipelines = load_pipelines()
    english = "Rates fell by 2 percent in May."
    assert "fallback" not in splitter_id(english, pipelines.usual)
    assert splitter_id(GERMAN, pipelines.reading(GERMAN)) == (
        "blank:de+fallback: no rules for German"
    )
    assert splitter_id(english, load_pipeline("blank:en")).endswith("the pipeline has no parser")
    assert splitter_id(english, load_pipeline("blank:de")).endswith("its pipeline is for German")


@pytest.mark.parametrize("models", ["de", "de=", "german=blank:de", "=x", "de=no_such_pipeline"])
def test_a_list_of_pipelines_that_cannot_be_taken_is_refused(models: str) -> None:
    with pytest.raises(SplittingError):
        load_pipelines(models=models)


def test_the_sentences_of_another_language_are_those_of_its_pipeline() -> None:
    import spacy
    from spacy.training import Example

    nlp = spacy.blank("de")
    nlp.add_pipe("senter")
    words = ["Es", "regnete", ".", "Niemand", "kam", "."]
    reference = spacy.tokens.Doc(nlp.vocab, words, sent_starts=[1, 0, 0, 1, 0, 0])
    example = Example(spacy.tokens.Doc(nlp.vocab, words), reference)
    optimizer = nlp.initialize(lambda: [example])
    for _ in range(30):
        nlp.update([example], sgd=optimizer)
    text = "Vorher\n\n Es regnete . Niemand kam . \n\nEs regnete ."
    claims = [text[one.start : one.end] for one in sentences(text, nlp=nlp)]
    assert claims == ["Vorher", "Es regnete .", "Niemand kam .", "Es regnete ."]


def test_nothing_is_recognised_before_there_is_a_text() -> None:
    code = "import sys, workbench.cli, workbench.splitting; print('py3langid' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "False"


def test_the_web_process_recognises_nothing() -> None:
    code = "import sys, workbench.web, workbench.ui.pages.claims; print('py3langid' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "False"


def test_a_quotation_without_a_word_is_nobody_s() -> None:
    assert attributions('It rained. he said " , , "') == []


@pytest.mark.parametrize(
    ("text", "speaker"),
    [
        ("« Nous avons entendu les Français », a déclaré Bruno Le Maire.", "Bruno Le Maire"),
        ("«Abbiamo vinto le elezioni», ha detto Giorgia Meloni.", "Giorgia Meloni"),
        ("„Wir haben die Wahl gewonnen“, sagte Olaf Scholz.", "Olaf Scholz"),
        ("„Wir haben die Wahl gewonnen“, sagte der Sprecher am Montag.", "der Sprecher"),
        ("“Hemos ganado las elecciones”, afirmó la ministra de Hacienda.", "la ministra"),
    ],
)
def test_a_direct_quotation_has_its_speaker_in_other_languages(text: str, speaker: str) -> None:
    (found,) = attributions(text, nlp=load_pipelines().reading(text))
    assert found.name == speaker


def test_a_day_is_no_speaker() -> None:
    text = "“Hemos ganado las elecciones”, dijo el lunes el gobierno."
    assert attributions(text, nlp=load_pipelines().reading(text)) == []
