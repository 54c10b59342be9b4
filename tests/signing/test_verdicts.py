"""The words of verdicts are complete, and a verdict says what its findings say."""

import json
import pickle
import tomllib
from pathlib import Path

import pytest

from sosach.signing.verdicts import GOOD, Finding, SigningError, State, judge, table

STAGES = ["files", "chain"]
BROKEN = Finding("CERT_BROKEN", "files", "certificate", "a.pem", "validity", "2022", "1922")


@pytest.fixture(scope="module")
def texts():
    """Every table file by its name."""
    folder = Path(__file__).parents[2] / "sosach" / "signing" / "reference"
    return {p.name: tomllib.loads(p.read_text(encoding="utf-8")) for p in folder.glob("*.toml")}


@pytest.mark.parametrize("code", sorted(table("findings")))
def test_table_row_complete(code):
    """A code says what is wrong and what to do next, in both languages, who is at fault and who acts."""
    row = table("findings")[code]

    assert set(row) - {"note"} == {
        *("word", "blame", "who"),
        *("vi", "en", "next_vi", "next_en"),
    }
    assert all(row[key].strip() for key in row if key != "note")
    assert row["vi"].isascii() is False
    assert row["en"].isascii()
    assert row["word"] in table("words")
    assert row["blame"] in table("blames")
    assert row["who"] in table("roles")
    assert (row["word"] == GOOD) == row.get("note", False)


@pytest.mark.parametrize("name", ["stages", "words", "blames", "roles", "objects"])
def test_table_both_languages(name):
    """Every other word has a Vietnamese and an English form."""
    assert all(set(row) == {"vi", "en"} and all(row.values()) for row in table(name).values())


def test_table_rows_defined_once(texts):
    """No code and no word stands in two files."""
    names = [
        (kind, name) for tables in texts.values() for kind, rows in tables.items() for name in rows
    ]

    assert len(names) == len(set(names))


def test_judge_states():
    """A stage without findings is ok, one with a failure failed, one that was not run not checked."""
    verdict = judge("certificate", "a.pem", [*STAGES, "later"], {"files": [], "chain": [BROKEN]})

    assert dict(verdict.states) == {
        "files": State.OK,
        "chain": State.FAILED,
        "later": State.NOT_CHECKED,
    }


def test_verdict_false_when_failed():
    """A negative verdict is false in a condition, a positive one true."""
    assert not judge("certificate", "a.pem", STAGES, {"files": [BROKEN]})
    assert judge("certificate", "a.pem", STAGES, {"files": [], "chain": []})


def test_verdict_word():
    """The plain word is that of the first failure, or the word for good."""
    good = judge("certificate", "a.pem", STAGES, {"files": []})
    bad = judge("certificate", "a.pem", STAGES, {"files": [BROKEN]})

    assert good.word == GOOD
    assert bad.word == "chua_ket_luan"


@pytest.mark.parametrize("language", ["vi", "en"])
def test_finding_text_has_all_parts(language):
    """A sentence names code, object, field, expected, found and the next step."""
    said, row = BROKEN.text(language), BROKEN.row

    for part in ("CERT_BROKEN", "a.pem", "validity", "2022", "1922", row[f"next_{language}"]):
        assert part in said


def test_finding_text_of_strange_values():
    """Control characters and endless values do not reach the terminal."""
    said = Finding("CERT_BROKEN", "files", "certificate", "\x1b[2J" + "x" * 9999).text()

    assert said.isprintable()
    assert len(said) < 500


def test_verdict_json():
    """The JSON form holds every stage and every part of a finding."""
    data = json.loads(json.dumps(judge("certificate", "a", STAGES, {"files": [BROKEN]}).as_json()))

    assert [row["state"] for row in data["stages"]] == ["failed", "not_checked"]
    assert data["ok"] is False
    finding = data["findings"][0]
    assert {"blame": "format", "field": "validity", "found": "1922"}.items() <= finding.items()


def test_signing_error_both_languages():
    """An error speaks Vietnamese first, then English, and keeps its finding."""
    error = SigningError(BROKEN, left=2)
    vietnamese, english = str(error).split("\n")

    assert vietnamese == BROKEN.text("vi")
    assert english == f"({BROKEN.text('en')})"
    assert error.finding is BROKEN


def test_signing_error_travels_between_processes():
    """What a worker refuses arrives with its finding and the tries that are left."""
    arrived = pickle.loads(pickle.dumps(SigningError(BROKEN, left=2)))  # noqa: S301 - our own

    assert (arrived.finding, arrived.left) == (BROKEN, 2)


@pytest.mark.parametrize("code", sorted(table("findings")))
def test_table_row_used(code):
    """No row of the table is dead: some module of the room names its code."""
    room, name = Path(__file__).parents[2] / "sosach" / "signing", code.partition("@")[0]

    assert any(f'"{name}"' in path.read_text(encoding="utf-8") for path in room.rglob("*.py"))
