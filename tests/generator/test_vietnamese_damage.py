from functools import partial

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator import facts
from generator.vietnamese import (
    Damage,
    classify_damage,
    misread_utf8,
    nfd,
    place_tone,
    save_as_ansi,
    strip_diacritics,
    to_tcvn3,
    to_telex,
    to_vni,
    to_vni_windows,
)

SURNAMES = facts.table("surnames")
GIVEN = facts.table("given_names")
MIDDLE = facts.table("middle_names")
KHMER = facts.column("given_names_khmer", "given")
PLACES = [
    *facts.column("hcmc_units_2022", "ward_name"),
    *facts.column("hcmc_units_2022", "district_name"),
    *facts.column("streets_core", "street"),
]
#: right names that look like damage to a careless eye
RIGHT = """
An;Ức;Ỷ;Vy;Ngọc;Lan Anh;Thanh Mai;Kim Loan;Cao Minh Khang;Phan Thanh Giang;Voòng A Sáng;
Y Krông;H'Wen Niê;K'Brêp;Ksor Nham;Nay Der;Siu H'Ngrel;Rơ Châm H'Yéo;Y Ngông Niê Kđăm;
Chau Sóc Phát;Néang Sóc Kunthia;Thạch Thị Sor;Sơn Sa Rinh;Mohamad Sales;Abdul Karim;
Giàng A Páo;Vàng Thị Dợ;Sùng A Chứ;Tẩn Láo Tả;Điểu K'Rứt;Đàng Năng Thọ;Niê Ksơ̆r;
Lee Min Ho;Lee Moon Soo;Kim Soo Hyun;Wang Wei;Trần Lisa;Thor;Luis;Max;Dawn;Raj;John Smith;
Peña García;Jürgen Müller;François;Zoë;Nguyễn Thị Lan2;Lê Thị Hoa?;Phường 10;Khu A1;Tổ 5A;KT3
"""


def test_classify_damage_of_right_names():
    """No alarm on any surname, middle or given name, nor on any place, however it is written."""
    rng = np.random.default_rng(1)
    given = [*(row["given"] for row in GIVEN), *KHMER]
    full = [f"{row['surname']} {name}" for row in SURNAMES for name in rng.choice(given, 15)]
    full += [f"Nguyễn {row['middle']} {rng.choice(given)}" for row in MIDDLE]
    for text in (*full, *given, *PLACES):
        for form in (text, text.upper(), text.lower(), place_tone(text, "new")):
            assert classify_damage(form) is Damage.CLEAN


@pytest.mark.parametrize("name", [name.strip() for name in RIGHT.split(";")])
def test_classify_damage_of_minority_foreign_and_short_names(name):
    """No alarm on names that are not Vietnamese syllables, or only one of them."""
    assert classify_damage(name) is Damage.CLEAN
    assert classify_damage(name.upper()) is Damage.CLEAN


@given(st.text())
def test_classify_damage_of_any_text(text):
    """No text is too strange for a verdict."""
    assert classify_damage(text) in Damage


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        (nfd("Nguyễn Thị Lựu"), "nfd"),
        ("Nguyá»…n LÃª", "utf8_as_cp1252"),
        ("NguyÃ¡Â»â€¦n", "utf8_as_cp1252"),
        ("HĂ²a", "utf8_as_cp1258"),
        ("Nguy?n Ð?c", "ansi_loss"),
        ("Ðặng Ngọc", "eth_for_d"),
        ("Buøi", "vni_windows"),
        ("NGUYEÃN ÑÖÙC", "vni_windows"),
        ("NguyÔn V¨n An", "tcvn3"),
        ("\u00b8NH", "tcvn3"),
        ("Nguye6n4", "vni_residue"),
        ("Le6 Thi5 Na", "vni_residue"),
        ("Nguyeexn Vawn An", "telex_residue"),
        ("NguyeenX", "telex_residue"),
        ("Nguyênx", "telex_residue"),
        ("DDuwcs", "telex_residue"),
        ("Trần Qúy", "misplaced_tone"),
        ("Tran Van An", "no_diacritics"),
        ("Cao Phat", "no_diacritics"),
    ],
)
def test_classify_damage_examples(text, kind):
    """One text for each kind, as they occur in real lists."""
    assert classify_damage(text) == kind


def kinh_names(n):
    """Return full names in the shares of the tables."""
    rng = np.random.default_rng(20220806)
    kinh = [row for row in SURNAMES if row["ethnic_group"] == "Kinh"]
    parts = []
    for rows, column in ((kinh, "surname"), (MIDDLE, "middle"), (GIVEN, "given")):
        weights = np.array([float(row["weight_pct"] or 0) for row in rows])
        parts.append(rng.choice([row[column] for row in rows], n, p=weights / weights.sum()))
    return [" ".join(" ".join(name).split()) for name in zip(*parts, strict=True)]


@pytest.mark.parametrize(
    ("kind", "damage", "found", "also"),
    [
        ("nfd", nfd, 1.0, ()),
        ("utf8_as_cp1252", misread_utf8, 1.0, ()),
        # both pages show the same of most letters
        ("utf8_as_cp1258", partial(misread_utf8, page="cp1258"), 0.5, ("utf8_as_cp1252",)),
        # without a "?" a lost text looks like one with Ð or without marks
        ("ansi_loss", save_as_ansi, 0.9, ("eth_for_d", "no_diacritics")),
        ("vni_windows", to_vni_windows, 0.98, ()),
        # Lệ is LÖ in TCVN3, which is Lư in VNI-Windows
        ("tcvn3", to_tcvn3, 0.98, ("vni_windows",)),
        ("vni_residue", to_vni, 0.95, ()),
        ("vni_residue", partial(to_vni, tone_key="vowel"), 0.95, ()),
        ("telex_residue", to_telex, 0.97, ()),
        ("telex_residue", partial(to_telex, tone_key="vowel"), 0.97, ()),
        ("no_diacritics", strip_diacritics, 0.92, ()),
    ],
)
def test_classify_damage_of_damaged_names(kind, damage, found, also):
    """Most damaged names show their kind; the others show too little, or one that looks alike."""
    names = map(place_tone, kinh_names(3000))
    seen = [classify_damage(bad) for name in names if (bad := damage(name)) != name]

    assert set(seen) <= {kind, "clean", *also}
    assert seen.count(Damage(kind)) / len(seen) >= found
