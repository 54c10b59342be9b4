"""The session that went wrong: what the key says of a dose is what the verifier sees."""

from __future__ import annotations

from collections import Counter

import pytest

from sosach.cases import make_case
from sosach.cases.class_pki import TRUST, practice_pki
from sosach.cases.signing.half_signed import FOLDER
from sosach.grading.rubrics.choices import verdicts
from sosach.grading.seeds import practice_seed
from sosach.grading.specs import find_spec, load_spec
from sosach.signing.dose_checks import DoseChecker, View
from sosach.signing.trust import load_trust

SPEC = load_spec(find_spec("k2_16_su_co_khi_ky"))
CODES = SPEC.artefacts["ket_luan.csv"].codes["ket_luan"]
#: right answer -> what the verifier finds first
SEEN = {
    "KHONG_KY_NUA": {""},
    "KY_TIEP": {"UNSIGNED_DOSE"},
    "KY_LAI": {"CONTENT_ALTERED"},
    "TAM_GIU": {"CONTENT_ALTERED", ""},
    "CHINH_DONG_HO": {"NOT_YET_VALID"},
    "TRA_DON_VI": {"WRONG_FACILITY"},
    "BAO_CAO": {"UNSIGNED_DOSE"},
}


def case_number(number, level="lam_quen"):
    """A practice set."""
    return make_case(SPEC, level, practice_seed(SPEC.id, level, number))


@pytest.mark.parametrize(("level", "least"), [("lam_quen", 2), ("nang_cao", 5)])
@pytest.mark.parametrize("number", [1, 2, 3])
def test_every_answer_occurs(level, least, number):
    """Every answer is right for two doses at least, for five in a large set."""
    counts = Counter(choice.kind for choice in case_number(number, level).key.choices.values())

    assert set(counts) == set(CODES)
    assert min(counts.values()) >= least


@pytest.mark.parametrize("number", [1, 2])
def test_verifier_agrees_with_the_key(number, tmp_path):
    """For every dose the verifier says of the real batches what the answer rests on."""
    case = case_number(number)
    for name, write in case.printed(practice_pki).items():
        write(tmp_path / name)
    trust = load_trust(tmp_path / TRUST)
    checker = DoseChecker(tmp_path / FOLDER, View(trust, practice_pki().now))
    rows = {dose["ma_mui"]: dose for dose in case.doses()}
    found = {line: next(iter(checker.verdict(rows[line]).codes), "") for line in case.key.choices}

    assert checker.unreadable == []
    for line, choice in case.key.choices.items():
        assert found[line] in SEEN[choice.kind], line
    altered = [line for line, code in found.items() if code == "CONTENT_ALTERED"]
    signed = {row["ma_mui"]: row for row in case.files["ban_da_ky"]}
    assert all(signed[line] | rows[line] != signed[line] for line in altered)


def test_batch_cut_off_has_no_signature(tmp_path):
    """Where the token was pulled out, manifest and copies lie without a signature."""
    case = case_number(1)
    case.printed(practice_pki)[FOLDER](tmp_path)

    names = sorted(path.name for path in tmp_path.glob("lo_000003*"))
    assert names == ["lo_000003.json", "lo_000003.jsonl"]


def test_signing_twice_does_harm():
    """Signing again what holds costs more than another wrong answer."""
    case = case_number(1)
    right = {line: min(choice.answers) for line, choice in case.key.choices.items()}
    line = next(name for name, code in right.items() if code == "KHONG_KY_NUA")

    def worth(answer):
        rows = [
            {"doi_tuong_kiem_tra": name, "ket_luan": code}
            for name, code in (right | {line: answer}).items()
        ]
        return verdicts(rows, case.key, {}).score().fraction

    assert worth("KHONG_KY_NUA") == 1
    assert worth("KY_TIEP") == worth("KY_LAI") < worth("BAO_CAO") < 1


def test_papers_say_what_the_tables_say():
    """Beside every dose that was signed lies its signed copy, and the log beside every one."""
    case = case_number(1)
    for row in case.files["can_kiem_tra"]:
        kinds = [paper.kind for paper in case.papers[row["doi_tuong_kiem_tra"]]]
        assert kinds[0] == "nhat_ky"
    signed = {row["ma_mui"] for row in case.files["ban_da_ky"]}
    shown = {line for line in case.key.choices for p in case.papers[line] if p.kind == "ban_da_ky"}
    assert signed == shown
