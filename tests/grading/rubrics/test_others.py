"""Tables, groups, figures, verdicts, letters and signatures: right, wrong, untouched, harmful."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sosach.grading.rubrics import RUBRICS
from sosach.grading.rubrics.figures import readings
from sosach.grading.rubrics.key import Choice, Expected, Figure, Key, Repair, Signable, Table, Token


def fraction(rubric, rows, key, **parameters):
    """Weigh the rows of an artefact."""
    return RUBRICS[rubric](rows, key, parameters).score().fraction


@pytest.fixture
def register():
    """Four records; one name with spaces, one telephone of the old kind."""
    rows = {
        f"HS{i}": {"ma_ho_so": f"HS{i}", "ho_ten": name, "so_dien_thoai": phone}
        for i, (name, phone) in enumerate(
            [
                ("Lê  Thị Hòa", "0909990001"),
                ("Trần Văn Tý", "01689990002"),
                ("Võ Anh", "0909990003"),
                ("Y Blơm Niê", "0909990004"),
            ]
        )
    }
    repairs = {
        ("HS0", "ho_ten"): Repair(("E20",), "Khoảng trắng thừa", "", frozenset(["Lê Thị Hòa"])),
        ("HS1", "so_dien_thoai"): Repair(("E31",), "Đầu số cũ", "", frozenset(["0389990002"])),
    }
    return Key(tables={"doi_tuong": Table("ma_ho_so", rows, repairs)})


def repaired(key, **changes):
    """Return the register as a perfect trainee leaves it, with changes by record."""
    table = key.tables["doi_tuong"]
    rows = {name: dict(row) for name, row in table.rows.items()}
    for (name, column), repair in table.repairs.items():
        rows[name][column] = min(repair.values)
    for name, cells in changes.items():
        rows[name] |= cells
    return list(rows.values())


def test_cells_equal_perfect_and_untouched(register):
    """All repairs earn everything, the table as it was nothing, one of two errors a half."""
    table = register.tables["doi_tuong"]
    half = repaired(register, HS1={"so_dien_thoai": "01689990002"})

    assert fraction("cells_equal", repaired(register), register, table="doi_tuong") == 1
    assert fraction("cells_equal", list(table.rows.values()), register, table="doi_tuong") == 0
    assert fraction("cells_equal", half, register, table="doi_tuong") == Fraction(1, 2)


@pytest.mark.parametrize("name", ["Y BLƠM NIÊ", " y blơm  niê "])
def test_cells_equal_case_and_spaces_are_free(register, name):
    """Capital letters and blanks are never errors."""
    rows = repaired(register, HS3={"ho_ten": name}, HS0={"ho_ten": "Lê Thị Hoà"})

    assert fraction("cells_equal", rows, register, table="doi_tuong") == 1


def test_cells_equal_spoiled_row(register):
    """A right cell that was changed is a wrong edit of its row: an eighth for one of four."""
    rows = repaired(register, HS2={"ho_ten": "Võ Ánh"})

    assert fraction("cells_equal", rows, register, table="doi_tuong") == 1 - Fraction(1, 8)


def test_cells_equal_rows_gone(register):
    """Rows that are gone lose their repairs and are wrong edits."""
    assert fraction("cells_equal", repaired(register)[2:], register, table="doi_tuong") == 0
    assert fraction("cells_equal", [], register, table="doi_tuong") == 0


GROUPS = Key(
    records={f"HS{i}": Expected() for i in range(6)},
    groups=frozenset([frozenset(["HS0", "HS1"]), frozenset(["HS2", "HS3", "HS4"])]),
)


def ties(*pairs):
    """Return mergers of numbered records."""
    return [{"ma_ho_so": f"HS{a}", "ma_lien_quan": f"HS{b}"} for a, b in pairs]


def test_groups_equal_perfect():
    """A group is found also where its records are tied in a chain."""
    assert fraction("groups_equal", ties((1, 0), (2, 3), (4, 3)), GROUPS) == 1


def test_groups_equal_pairwise_f1():
    """Two of four pairs found and one wrong: F1 = 4 / 7."""
    assert fraction("groups_equal", ties((0, 1), (2, 3), (0, 1), (5, 5)), GROUPS) == Fraction(4, 6)
    rows = [*ties((0, 1), (2, 3)), {"ma_ho_so": "HS5", "ma_lien_quan": "HS6"}]
    assert fraction("groups_equal", rows, GROUPS) == Fraction(4, 7)


def test_groups_equal_lazy():
    """Nothing tied earns nothing; everything tied into one less than half."""
    assert fraction("groups_equal", [], GROUPS) == 0
    records = {f"HS{i}": Expected() for i in range(30)}
    thirty = Key(records, groups=frozenset([frozenset(["HS0", "HS1"])]))
    assert fraction("groups_equal", ties(*((0, i) for i in range(1, 30))), thirty) < 0.01


def test_groups_equal_thousands_of_ties():
    """Thousands of records tied to one, of the pack or not, are judged at once and told in a line."""
    star = ties(*((0, i) for i in range(1, 5000)))
    own = Key({f"HS{i}": Expected() for i in range(5000)}, groups=GROUPS.groups)
    for key in (own, GROUPS):
        outcome = RUBRICS["groups_equal"](star, key, {}).score()

        assert outcome.fraction < 0.01
        assert sum(finding.lost for finding in outcome.findings) == 1 - outcome.fraction
        assert len(outcome.findings) < 20


def test_groups_equal_strange_ties():
    """A tie to what is not in the pack is a wrong pair, and joins nothing."""
    rows = [*ties((0, 1)), {"ma_ho_so": "HS2", "ma_lien_quan": "x"}]
    rows += [{"ma_ho_so": "HS3", "ma_lien_quan": "x"}]

    assert fraction("groups_equal", rows, GROUPS) == Fraction(2, 2 + 3 + 2)


def test_groups_equal_other_decisions_tie_nothing():
    """Of a list of decisions only mergers count."""
    rows = [{**row, "hanh_dong": "KEEP"} for row in ties((0, 1))]

    assert fraction("groups_equal", rows, GROUPS) == 0


FIGURES = Key(
    figures={
        "can_xac_minh": Figure(title="số hồ sơ cần xác minh", value=Fraction(4481992)),
        "ty_le_gui": Figure(value=Fraction(920, 10), tolerance=Fraction(1, 20), title="tỷ lệ"),
        "ky_tren_can": Figure(title="hai số đếm hai thứ khác nhau"),
    }
)


@pytest.mark.parametrize(
    "told", ["4.481.992", "4481992", "4,481,992", " 4 481 992 ", "4481992 hồ sơ"]
)
@pytest.mark.parametrize("share", ["92", "92,0 %", "92.0%", "92,04", "92.00000000000001"])
def test_figures_any_way_to_write(told, share):
    """Numbers may be written as in Viet Nam or as a computer writes them."""
    rows = [("Can_xac_minh", told), ("ty_le_gui", share), ("ky_tren_can", "Không tính")]
    rows = [{"chi_tieu": name, "gia_tri": value} for name, value in rows]

    assert fraction("figures", rows, FIGURES) == 1


def test_figures_that_make_no_sense():
    """A figure that must not be computed is right only where it is refused."""
    rows = [{"chi_tieu": "ky_tren_can", "gia_tri": "8,3 %"}]

    assert fraction("figures", rows, FIGURES) == 0
    assert "không có nghĩa" in RUBRICS["figures"](rows, FIGURES, {}).findings[2].text


def test_figures_of_somebody_else():
    """What is alike in many reports earns only as far as the pack's own figures are right."""
    common = {f"c{i}": Figure(value=Fraction(i), common=True) for i in range(3)}
    key = Key(figures={**common, "o1": Figure(value=Fraction(7)), "o2": Figure(value=Fraction(8))})
    rows = [{"chi_tieu": f"c{i}", "gia_tri": str(i)} for i in range(3)]
    half = [*rows, {"chi_tieu": "o1", "gia_tri": "7"}]

    assert fraction("figures", rows, key) == 0
    assert fraction("figures", half, key) == Fraction(1, 2)
    assert fraction("figures", [*half, {"chi_tieu": "o2", "gia_tri": "8"}], key) == 1


@given(st.integers(0, 10**12), st.integers(0, 999))
def test_readings_of_what_viet_nam_writes(whole, part):
    """Whatever is written with thousands and decimals is read back."""
    text = f"{whole:,}".replace(",", ".") + f",{part:03d}"

    assert whole + Fraction(part, 1000) in readings(text)


@given(st.text(max_size=30))
def test_readings_of_any_text(text):
    """Any text is a number or none; nothing is raised."""
    assert all(isinstance(value, Fraction) for value in readings(text))


@pytest.mark.parametrize(
    "text",
    [
        "",
        "abc",
        "1.2.3",
        "١٢٣",
        "1e9",
        "nan",
        "9" * 5000,
        "1" + ".000" * 2000,
        "--1",
        "3 x 4",
    ],
)
def test_readings_of_what_is_no_number(text):
    """Letters, other digits and exponents are no numbers here."""
    assert readings(text) == set()


LETTERS = Key(
    choices={
        "PA1": Choice(answers=frozenset(["ACCEPT_FEEDBACK"]), kind="E83", title="Hợp lệ"),
        "PA2": Choice(
            answers=frozenset(["REJECT_FEEDBACK"]),
            reasons={"REJECT_FEEDBACK": frozenset(["tc08", "tc03"])},
            kind="E80",
            title="Ảnh mờ",
            basis="CV 9458",
            harmful=frozenset(["ACCEPT_FEEDBACK"]),
        ),
        "PA3": Choice(
            answers=frozenset(["TRANSFER", "DEFER_FEEDBACK"]),
            targets={"TRANSFER": frozenset(["SO_Y_TE", "HCDC"])},
            kind="E84",
            title="Không nêu điểm tiêm",
        ),
    }
)
ANSWERS = {
    "PA1": ("ACCEPT_FEEDBACK", "", ""),
    "PA2": ("REJECT_FEEDBACK", "tc03", ""),
    "PA3": ("TRANSFER", "", "HCDC"),
}


def letters(**changes):
    """Return the answers to the letters, some of them changed."""
    names = ("ma_phan_anh", "hanh_dong", "ly_do", "noi_chuyen")
    return [
        dict(zip(names, (name, *told), strict=True)) for name, told in (ANSWERS | changes).items()
    ]


def test_feedback_queue_perfect():
    """Any true reason and any right unit will do."""
    assert fraction("feedback_queue", letters(), LETTERS) == 1
    other = letters(PA2=("REJECT_FEEDBACK", "tc08", ""), PA3=("DEFER_FEEDBACK", "", ""))
    assert fraction("feedback_queue", other, LETTERS) == 1


@pytest.mark.parametrize(
    ("name", "told", "said"),
    [
        ("PA2", ("REJECT_FEEDBACK", "tc01", ""), "lý do chưa đúng"),
        ("PA3", ("TRANSFER", "", "TT765"), "nơi nhận chưa đúng"),
        ("PA1", ("", "", ""), "Chưa có lựa chọn"),
        ("PA1", ("DEFER_FEEDBACK", "", ""), "anh/chị đã chọn: Xử lý sau"),
    ],
)
def test_feedback_queue_fault(name, told, said):
    """What is wrong with an answer is said, and costs its kind's third."""
    rows = letters(**{name: told})
    found = {f.item: f for f in RUBRICS["feedback_queue"](rows, LETTERS, {}).findings}

    assert said in found[name].text
    assert fraction("feedback_queue", rows, LETTERS) == Fraction(2, 3)


def test_feedback_queue_forged_paper_approved():
    """Approving what must be refused costs half of the points beside."""
    rows = letters(PA2=("ACCEPT_FEEDBACK", "", ""))

    assert fraction("feedback_queue", rows, LETTERS) == Fraction(2, 3) - Fraction(1, 2)


def test_feedback_queue_one_action_for_all():
    """Refusing everything, or nothing at all, stays below half."""
    names = ("ma_phan_anh", "hanh_dong", "ly_do", "noi_chuyen")
    for told in (("REJECT_FEEDBACK", "tc08", ""), ("ACCEPT_FEEDBACK", "", ""), ("", "", "")):
        rows = [dict(zip(names, (name, *told), strict=True)) for name in ANSWERS]
        assert fraction("feedback_queue", rows, LETTERS) < 0.5


def test_verdicts():
    """A verdict without an asked reason is right by itself."""
    key = Key(choices={"S1": Choice(answers=frozenset(["hop_le"]), kind="a", title="x")})
    right, wrong = (
        [{"doi_tuong_kiem_tra": "S1", "ket_luan": told, "ly_do": ""}] for told in ("hop_le", "sai")
    )

    assert fraction("verdicts", right, key) == 1
    assert fraction("verdicts", wrong, key) == 0


DOSES = Key(
    doses={
        **{f"M{i}": Signable(may=True) for i in range(4)},
        **{f"N{i}": Signable(title="do đơn vị khác nhập", basis="CV 1908") for i in range(4)},
    }
)


def signed(*names):
    """Return signed doses."""
    return [{"ma_mui": name} for name in names]


def test_signatures_perfect_and_lazy():
    """All that may be and none that may not: 1; nothing: 0; everything: 0."""
    ready = [name for name in DOSES.doses if name[0] == "M"]

    assert fraction("signatures", signed(*ready), DOSES) == 1
    assert fraction("signatures", [], DOSES) == 0
    assert fraction("signatures", signed(*DOSES.doses), DOSES) == 0


def test_signatures_one_that_may_not():
    """One wrong signature of four costs its share of a kind and a quarter of everything."""
    rows = signed("M0", "M1", "M2", "M3", "N0")

    assert fraction("signatures", rows, DOSES) == 1 - Fraction(1, 8) - Fraction(1, 4)


DRAWER = {"TK1": Token(), "TK2": Token(("E93",), "token của trạm bên", "CV 1908", right=False)}
WITH_TOKENS = Key(
    doses={name: replace(able, tokens=DRAWER) for name, able in DOSES.doses.items()},
)


def signed_with(token, *names):
    """Return doses signed with a token."""
    return [{"ma_mui": name, "token": token} for name in names]


def test_signatures_wrong_token():
    """A wrong or unknown token signs nothing: it earns nothing, and harms nobody."""
    ready = ("M0", "M1", "M2", "M3")

    assert fraction("signatures", signed_with("TK1", *ready), WITH_TOKENS) == 1
    for token in ("TK2", "TK9", ""):
        assert fraction("signatures", signed_with(token, *ready), WITH_TOKENS) == 0
        rows = [*signed_with("TK1", *ready), *signed_with(token, "N0")]
        assert fraction("signatures", rows, WITH_TOKENS) == 1 - Fraction(1, 8)


def test_signatures_wrong_token_is_named():
    """Whoever used a wrong token reads which, why, and what else was wrong with the dose."""
    rows = signed_with("TK2", "M0", "N0")
    found = {f.item: f.text for f in RUBRICS["signatures"](rows, WITH_TOKENS, {}).findings}

    assert found["M0"] == "Ký bằng TK2: token của trạm bên."
    assert found["N0"].endswith("Mũi này cũng chưa được ký: do đơn vị khác nhập.")


def test_signatures_unheld():
    """A signature that does not hold is none, with the reason; on a dose that may not be signed it stays one."""
    bad = {name: replace(able, unheld="Lô bị sửa.") for name, able in DOSES.doses.items()}
    found = {
        f.item: f for f in RUBRICS["signatures"](signed("M0", "N0"), Key(doses=bad), {}).findings
    }

    assert not found["M0"].right
    assert found["M0"].text == "Chữ ký đã nộp không có giá trị: Lô bị sửa."
    assert found["N0"].harms


def test_rubrics_sentences():
    """Every finding of every rubric is a full sentence, and names a document where one is known."""
    work = {
        "cells_equal": ([], {"table": "doi_tuong"}),
        "groups_equal": (ties((0, 5)), {}),
        "figures": ([], {}),
        "feedback_queue": ([], {}),
        "signatures": (signed("N0"), {}),
    }
    repairs = {("HS0", "ho_ten"): Repair(("E20",), "Khoảng trắng", "", frozenset(["a"]))}
    table = Table("ma_ho_so", {"HS0": {"ma_ho_so": "HS0", "ho_ten": "b"}}, repairs)
    key = Key(
        GROUPS.records,
        {},
        {"doi_tuong": table},
        GROUPS.groups,
        FIGURES.figures,
        LETTERS.choices,
        DOSES.doses,
    )
    for rubric, (rows, parameters) in work.items():
        found = RUBRICS[rubric](rows, key, parameters).findings
        assert found
        assert all(finding.text.endswith(".") for finding in found), rubric
