"""What lies on the desk: every material can be solved from what is seen, and tells no truth beyond."""

from __future__ import annotations

import json
from collections import Counter
from dataclasses import replace

import pytest

from generator.packs import Recipe, make_pack
from generator.problems import Problem
from generator.scenario import load_scenario
from sosach.cases.case import MATERIAL, Case
from sosach.cases.desk import Desk
from sosach.cases.keys import key_of, key_sha256
from sosach.grading.rubrics import RUBRICS
from sosach.grading.specs import TaskSpec
from sosach.simulation.papers.handover import check_list, read_list

WARD = "26905"
IDENTITY = {"E01": 0.1, "E02": 0.1, "E10": 0.1, "E11": 0.1, "E12": 0.06, "E90": 0.06, "E09": 0.05}
DOSES = {"E51": 0.06, "E53": 0.1, "E55": 0.1, "E56": 0.06, "E54": 0.06}
LETTERS = {
    "E10": 0.08,
    "E12": 0.06,
    "E14": 0.06,
    "E50": 0.15,
    "E53": 0.06,
    "E55": 0.06,
    "E57": 0.04,
}
#: material -> errors, records, rubric, its parameters
WORK = {
    "trang_thai": ({**IDENTITY, "E70": 0.06}, 40, "decisions", {}),
    "ban_giao_cong_an": (IDENTITY, 40, "decisions", {}),
    "phieu_luu": (DOSES, 40, "decisions", {}),
    "giay_to": ({"E40": 0.15, "E44": 0.05, "E07": 0.05}, 60, "decisions", {}),
    "phan_anh": (LETTERS, 120, "feedback_queue", {}),
    "chong_phieu": ({"E50": 0.3, "E53": 0.1, "E55": 0.1}, 40, "verdicts", {}),
    "tien_do": ({"E01": 0.1, "E02": 0.1, "E10": 0.1}, 40, "figures", {}),
    "token_va_chung_thu": ({}, 30, "verdicts", {}),
    "can_kiem_tra_chu_ky": ({}, 30, "verdicts", {}),
    "ho_chieu": ({}, 30, "verdicts", {}),
}


def make_desk(material, seed=5):
    """Return a desk with one material on it."""
    errors, n_records, _, _ = WORK[material]
    recipe = Recipe(load_scenario("tp-hcm-2022"), (WARD,), errors, {"D01": 0.05})
    desk = Desk(make_pack(recipe, n_records, seed), seed)
    MATERIAL[material](desk)
    return desk


@pytest.fixture(scope="module", params=sorted(WORK))
def laid(request):
    """A material, the desk it lies on, and the key."""
    _, _, rubric, parameters = WORK[request.param]
    desk = make_desk(request.param)
    return request.param, desk, key_of(desk, [TaskSpec("a", "a", 10, rubric, "a.csv", parameters)])


#: material -> how the fingerprints of its case and of its key begin
GOLDEN = {
    "ban_giao_cong_an": ("71e640a7745f", "559ba9666328"),
    "chong_phieu": ("263c337fff23", "1e15688ffa51"),
    "giay_to": ("ddbe6f52112a", "aefa9fd18a26"),
    "phan_anh": ("23c88df76cde", "17f9aa01b49f"),
    "phieu_luu": ("253205797c17", "f1ded89d8eee"),
    "tien_do": ("239aaedd2a80", "d56727c8e417"),
    "trang_thai": ("543de1c78f69", "2bdd93999c4d"),
}


@pytest.mark.parametrize("material", sorted(GOLDEN))
def test_material_golden(material):
    """A case made in another year is the same, or the engine's version must grow."""
    _, _, rubric, parameters = WORK[material]
    desk = make_desk(material)
    key = key_of(desk, [TaskSpec("a", "a", 10, rubric, "a.csv", parameters)])
    case = Case(desk.pack, desk.papers, desk.files, desk.prints, desk.signed, key)

    assert (case.sha256[:12], key_sha256(key)[:12]) == GOLDEN[material]


def right_rows(rubric, key):
    """Return what a perfect trainee hands in."""
    if rubric == "decisions":
        return [
            {
                "ma_ho_so": code,
                "hanh_dong": act.action,
                "ma_mui": min(act.doses, default=""),
                "truong": act.column,
                "gia_tri_moi": min(act.values, default=""),
                "ma_lien_quan": min(act.related, default=""),
            }
            for code, duty in key.duties.items()
            for act, *_ in duty.demands
        ]
    if rubric == "figures":
        told = {
            n: "khong_tinh" if f.value is None else f"{float(f.value):.1f}"
            for n, f in key.figures.items()
        }
        return [{"chi_tieu": name, "gia_tri": value} for name, value in told.items()]
    names = {
        "feedback_queue": ("ma_phan_anh", "hanh_dong", "ly_do", "noi_chuyen"),
        "verdicts": ("doi_tuong_kiem_tra", "ket_luan", "ly_do", "noi_chuyen"),
    }[rubric]
    rows = []
    for item, choice in key.choices.items():
        answer = min(choice.answers)
        told = (min(choice.reasons.get(answer, [""])), min(choice.targets.get(answer, [""])))
        rows.append(dict(zip(names, (item, answer, *told), strict=True)))
    return rows


def test_material_can_be_solved(laid):
    """There is something to decide, and deciding it rightly earns everything."""
    material, _, key = laid
    rubric = WORK[material][2]
    score = RUBRICS[rubric](right_rows(rubric, key), key, {}).score()

    assert len(score.findings) >= 10
    assert score.fraction == 1
    assert RUBRICS[rubric]([], key, {}).score().fraction == 0


def test_material_same_seed_same_desk(laid):
    """The same seed lays the same papers; another one others."""
    material, desk, _ = laid
    again, other = make_desk(material), make_desk(material, 6)

    assert (desk.papers, desk.files, desk.choices) == (again.papers, again.files, again.choices)
    assert (desk.papers, desk.files) != (other.papers, other.files)


def test_material_tells_no_ids_of_the_truth(laid):
    """Nothing on the desk names a person or a dose by the truth's own id, or an error by its code."""
    _, desk, _ = laid
    papers = {
        r: [replace(p, cells=dict(p.cells)).__dict__ for p in some]
        for r, some in desk.papers.items()
    }
    text = json.dumps([papers, desk.files], ensure_ascii=False)
    ids = [*desk.truth.people, *(row["dose_id"] for row in desk.pack.given.to_pylist())]

    assert not [name for name in ids if name in text]
    assert not [row["cause"] for row in desk.pack.ledger.to_pylist() if f'"{row["cause"]}"' in text]


@pytest.mark.parametrize("seed", range(8))
def test_hand_over_has_every_fault(seed):
    """A row is missing, one was not asked for, one speaks of another, a page is unsigned."""
    desk = make_desk("ban_giao_cong_an", seed)
    found = check_list(desk.files["danh_sach_da_gui"], desk.files["danh_sach_cong_an"])
    text = " ".join(found)

    for words in (
        "Thiếu hồ sơ",
        "không có trong danh sách gửi đi",
        "của người khác",
        "chưa có chữ ký",
    ):
        assert words in text


def test_hand_over_faulty_rows_are_not_used():
    """Where the list cannot be used the only right thing is to ask again or to hold."""
    desk = make_desk("ban_giao_cong_an")
    rows = {row["ma_ho_so"]: row for row in desk.files["danh_sach_cong_an"]}
    for row in desk.files["danh_sach_da_gui"]:
        answer = rows.get(row["ma_ho_so"])
        if answer is None or not answer["ca_ky"]:
            [ways] = desk.duties[row["ma_ho_so"]].demands
            assert {act.action for act in ways} == {"REFER_POLICE", "HOLD"}


def test_hand_over_too_short():
    """A list too short for every fault is refused with what to do."""
    recipe = Recipe(load_scenario("tp-hcm-2022"), (WARD,), {"E01": 0.1}, {})
    desk = Desk(make_pack(recipe, 20, 1), 1)

    with pytest.raises(Problem, match="Hãy tăng số hồ sơ"):
        MATERIAL["ban_giao_cong_an"](desk)


def test_kept_slips_lie_beside_right_doses_too():
    """A slip is no hint: right and wrong doses of the own unit have one, and most are readable."""
    desk = make_desk("phieu_luu")
    own = [line for line, dose in desk.doses.items() if dose["don_vi_nhap"] == desk.station]
    shown = [paper.dose for papers in desk.papers.values() for paper in papers]

    assert sorted(shown) == sorted(own)
    assert len(desk.proofs) > 0.8 * len(own)


def test_cards_prove_what_they_show():
    """A second record is merged only where the same number or a card ties it to the first."""
    desk = make_desk("giay_to")
    key = key_of(desk, [TaskSpec("a", "a", 10, "decisions", "a.csv", {})])
    kinds = Counter(duty.kind for duty in key.duties.values() if "E40" in duty.causes)

    assert kinds["MERGE"]
    assert kinds["HOLD"]


def test_letters_deadline_and_reasons():
    """Every letter has 48 hours, and whatever is refused has a true reason."""
    desk = make_desk("phan_anh")
    for row in desk.files["phan_anh"]:
        assert row["nhan_luc"][10:] == row["han_tra_loi"][10:]
    refused = [c for c in desk.choices.values() if "REJECT_FEEDBACK" in c.answers]
    assert refused
    assert all(choice.reasons["REJECT_FEEDBACK"] for choice in refused)


def test_report_trap():
    """Signatures by records to be verified is the one figure that must be refused."""
    figures = make_desk("tien_do").figures

    assert [n for n, f in figures.items() if f.value is None] == ["ty_le_da_ky_tren_can_xac_minh"]


def test_hand_over_is_printed(tmp_path):
    """What came back lies there as it was handed over: a workbook with the same rows, and a paper."""
    desk = make_desk("ban_giao_cong_an")
    for name, write in desk.prints.items():
        write(tmp_path / name)
    rows = read_list(tmp_path / "danh_sach_cong_an.xlsx").rows

    assert sorted(desk.prints) == ["danh_sach_cong_an.pdf", "danh_sach_cong_an.xlsx"]
    assert [row["ma_ho_so"] for row in rows] == [
        row["ma_ho_so"] for row in desk.files["danh_sach_cong_an"]
    ]
    assert (tmp_path / "danh_sach_cong_an.pdf").read_bytes().startswith(b"%PDF")


def test_hand_over_too_long_to_print():
    """A list that nobody would leaf through lies there as a table only."""
    recipe = Recipe(load_scenario("tp-hcm-2022"), (WARD,), IDENTITY, {})
    desk = Desk(make_pack(recipe, 400, 1), 1)
    MATERIAL["ban_giao_cong_an"](desk)

    assert desk.files["danh_sach_cong_an"]
    assert desk.prints == {}


def test_cards_table_says_what_the_papers_say():
    """Every paper that lies beside a record has a row, with the number of the card and its former one."""
    desk = make_desk("giay_to")
    papers = [(record, paper) for record, some in desk.papers.items() for paper in some]
    rows = desk.files["giay_to_tuy_than"]

    assert len(rows) == len(papers)
    for row, (record, paper) in zip(rows, papers, strict=True):
        assert row["ma_ho_so"] == record
        assert row["so_giay_to"] == paper.cells.get("so_giay_to", "")
        assert row["so_cmnd_cu"] in paper.text
        assert row["ghi_chu"] in paper.text
