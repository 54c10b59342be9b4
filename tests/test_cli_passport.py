"""The commands of passports, from signed doses to a verdict."""

import csv
import json
import shutil
from contextlib import chdir
from pathlib import Path

import pytest
from click.testing import CliRunner

from sosach.cli import main
from sosach.signing.doses import DOSE_COLUMNS, SUBJECT_COLUMNS
from sosach.signing.passport.batch import passports

from .signing.conftest import UNIT, make_dose

PIN = "Abcd1234"
ISSUED, LATER = "2022-05-10T08:00", "2022-06-10"
#: record, its slots and days, and whether the record is verified
PEOPLE = {
    "HS1": (("CB1", "05/08/2021"), ("CB2", "05/11/2021")),
    "HS2": (("CB1", "05/08/2021"), ("CB2", "05/11/2021"), ("NL1", "12/02/2022")),
    "HS3": (("CB1", "05/08/2021"),),
}


def call(*words, typed=""):
    """Run a command line; `typed` are the lines of standard input."""
    return CliRunner().invoke(main, [str(word) for word in words], input=typed)


def write_register(folder, **changes):
    """Write the register of three people; `changes` go into every dose."""
    rows = [
        {
            **make_dose(0, tt_xac_minh="Đúng"),
            "ma_ho_so": name,
            "ma_mui": f"{name}-{slot}",
            "ho_ten": f"Đặng Thị Ánh {'ABC'[i]}",
            "mui": slot,
            "ten_vac_xin": "AstraZeneca",
            "ngay_tiem": day,
            **changes,
        }
        for i, (name, slots) in enumerate(PEOPLE.items())
        for slot, day in slots
    ]
    subjects = {row["ma_ho_so"]: row for row in rows}.values()
    for name, columns, table in (
        ("mui_tiem", DOSE_COLUMNS, rows),
        ("doi_tuong", SUBJECT_COLUMNS, subjects),
    ):
        with (folder / f"{name}.csv").open("w", encoding="utf-8", newline="") as file:
            writer = csv.DictWriter(file, columns, extrasaction="ignore")
            writer.writeheader()
            writer.writerows(table)


@pytest.fixture(scope="module")
def kept(tmp_path_factory):
    """A folder with signed doses and issued passports, and what was said when they were issued."""
    folder = tmp_path_factory.mktemp("issued")
    with chdir(folder):
        write_register(folder)
        words = ("--unit", UNIT, "--name", "Trạm Y tế", "--at", "2022-05-04T08:00")
        call("token", "init", "TYT", *words)
        call("token", "change-pin", "TYT", typed=f"12345678\n{PIN}\n")
        signed = call("sign", "doses", ".", "--token", "TYT", "--at", "2022-05-09", typed=PIN)
        assert signed.exit_code == 0, signed.output
        told = call("passport", "issue", ".", "--pki", "chung_thu", "--at", ISSUED, "--json")
    return folder, told


@pytest.fixture
def folder(kept, tmp_path, monkeypatch):
    """A copy of that folder, where commands run."""
    shutil.copytree(kept[0], tmp_path, dirs_exist_ok=True)
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.fixture
def text(folder):
    """The text of a passport that was issued."""
    return next(passports(folder / "ho_chieu"))["text"]


def issue(*words, at=ISSUED):
    """Issue passports of the folder."""
    return call("passport", "issue", ".", "--pki", "chung_thu", "--at", at, *words)


def verify(*words, at=LATER):
    """Verify passports with the trust that lies beside them."""
    return call("passport", "verify", "--trust", "ho_chieu/tin_cay", "--at", at, *words)


def test_issue_says_how_many(kept):
    """Whoever has a whole and signed course gets a passport; the others are counted by reason."""
    told = json.loads(kept[1].stdout)

    assert kept[1].exit_code == 0
    assert (told["issued"], told["refused"]) == (2, {"COURSE_INCOMPLETE": 1})


def test_issue_for_people(folder):
    """Run again, the command says the same in words, and makes nothing new."""
    before = sorted((path, path.read_bytes()) for path in (folder / "ho_chieu").glob("*.jsonl"))
    said = issue()

    assert said.exit_code == 0
    assert "Đã cấp 2 hộ chiếu" in said.output
    assert "DỮ LIỆU GIẢ LẬP" in said.output
    assert "[COURSE_INCOMPLETE]" in said.output
    assert before == sorted((p, p.read_bytes()) for p in (folder / "ho_chieu").glob("*.jsonl"))


def test_issue_edited_doses(folder):
    """A dose that was edited after signing brings no passport."""
    write_register(folder, so_lo="KHAC")
    told = json.loads(issue("--json").stdout)

    assert (told["issued"], told["refused"]) == (0, {"DOSE_UNSIGNED": 2, "COURSE_INCOMPLETE": 1})


def test_issue_one_record(folder):
    """One record gets a page, pictures and a text, all named by its number."""
    told = json.loads(issue("--record", "HS2", "--algorithm", "ES256", "--json").stdout)
    base = Path(told["files"])

    assert told["content"]["v"][0]["dn"] == 3
    assert {path.suffix for path in base.parent.glob(f"{base.name}.*")} == {
        *(".txt", ".svg", ".png", ".pdf")
    }
    assert verify(f"{base}.png").exit_code == verify(f"{base}.txt").exit_code == 0


@pytest.mark.parametrize(("record", "says"), [("HS3", "COURSE_INCOMPLETE"), ("HS9", "HS9")])
def test_issue_one_record_refused(folder, record, says):
    """A record without a whole course, or that does not exist, is refused by name; nothing is made."""
    refused = issue("--record", record)

    assert refused.exit_code == 1
    assert says in refused.output
    assert not list((folder / "ho_chieu").glob("*.pdf"))


def test_issue_pictures(folder):
    """With --png each part has an archive of QR codes."""
    assert issue("--png").exit_code == 0
    assert (folder / "ho_chieu" / "ho_chieu_000001.zip").stat().st_size > 0


@pytest.mark.slow
@pytest.mark.usefixtures("folder")
def test_issue_by_two_processes():
    """Two processes issue the same people."""
    told = json.loads(issue("--workers", "2", "--out", "khac", "--json").stdout)

    assert told["issued"] == 2


@pytest.mark.usefixtures("folder")
def test_issue_without_certificates():
    """A folder of certificates that is not there is named."""
    missing = call("passport", "issue", ".", "--pki", "khong_co", "--at", ISSUED)

    assert missing.exit_code == 1
    assert "khong_co" in missing.output


def test_verify_good(text):
    """A good passport: exit code 0, the plain word, what it says."""
    good = verify(text)

    assert good.exit_code == 0
    assert "Tốt" in good.output
    assert "Đặng Thị Ánh A" in good.output


def test_verify_json(text):
    """For a program: every stage, and the content that is signed."""
    (told,) = json.loads(verify(text, "--json").stdout)

    assert told["verdict"]["ok"] is True
    assert told["content"]["v"][0]["mp"] == "EU/1/21/1529"


def test_verify_bad(text):
    """A bad passport: exit code 1, the code and what to do next; nothing of it is shown."""
    bad = verify(text[:-30] + text[-29:])

    assert bad.exit_code == 1
    assert "Việc cần làm" in bad.output
    assert "Đặng" not in bad.output


def test_verify_several(text):
    """Of several passports one that is bad decides the exit code; all are told."""
    told = verify(text, "HC1:AB", "--json")

    assert told.exit_code == 1
    assert [row["verdict"]["ok"] for row in json.loads(told.stdout)] == [True, False]


@pytest.mark.parametrize(
    ("words", "code"),
    [
        (("--name", "Đặng Thị Ánh A", "--born", "01/01/1987"), None),
        (("--name", "Đặng Thị Ánh B", "--born", "01/01/1987"), "HOLDER_MISMATCH"),
        (("--issued", "ho_chieu"), None),
        (("--destination",), None),
    ],
)
def test_verify_with_more_knowledge(text, words, code):
    """Holder, register and rules of a destination are checked where they are given."""
    if "--born" in words:
        born = json.loads(verify(text, "--json").stdout)[0]["content"]["dob"]
        words = (*words[:-1], "/".join(reversed(born.split("-"))))
    done = verify(text, *words)

    assert done.exit_code == (1 if code else 0)
    assert code is None or code in done.output


def test_verify_expired(text):
    """The day is the simulated one."""
    assert "EXPIRED" in verify(text, at="2023-06-10").output


def test_verify_rules_of_a_file(text, folder):
    """Rules come from a file; one that is no rule is one sentence."""
    (folder / "rules.json").write_text("{}", encoding="utf-8")
    broken = verify(text, "--rules", "rules.json")

    assert broken.exit_code == 1
    assert "RULES_BROKEN" in broken.output


@pytest.mark.parametrize(
    ("words", "exit_code", "says"),
    [
        (("khong_co.png",), 1, "khong_co.png"),
        (("--name", "Đặng", "HC1:A"), 2, "--born"),
        ((), 2, "HỘ_CHIẾU"),
    ],
)
@pytest.mark.usefixtures("folder")
def test_verify_used_wrongly(words, exit_code, says):
    """A file that is missing is trouble with the data, a missing word one with the command."""
    done = verify(*words)

    assert done.exit_code == exit_code
    assert says in done.output


def test_verify_standard_input(text):
    """A hyphen reads the text from standard input."""
    done = CliRunner().invoke(
        main,
        ["passport", "verify", "-", "--trust", "ho_chieu/tin_cay", "--at", LATER],
        input=f"{text}\n",
    )

    assert done.exit_code == 0


def test_show(text):
    """What a passport says, under two banners, with all eleven fields."""
    shown = call("passport", "show", text)

    assert shown.exit_code == 0
    assert shown.output.startswith("CHƯA XÁC MINH — DỮ LIỆU GIẢ LẬP")
    assert "11. Mã số chứng nhận: URN:UVCI:01:VN:DA07A000" in shown.output
    assert " 3. Quốc tịch: (không có trong mã QR" in shown.output


def test_show_json(text):
    """For a program it is said that nothing was verified."""
    told = json.loads(call("passport", "show", text, "--json").stdout)

    assert told["verified"] is False
    assert told["iss"] == "XD"


def test_show_refused():
    """What cannot be read is one sentence and exit code 1."""
    shown = call("passport", "show", "HC1:AB")

    assert shown.exit_code == 1
    assert "Chưa làm được" in shown.output
