import csv
import io
from functools import cache

import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.file_damage import (
    FILE_DAMAGES,
    FILE_LEDGER,
    damage_file,
    undo_file_damage,
)
from generator.packs import Recipe, make_pack
from generator.problems import Problem
from generator.scenario import load_scenario
from generator.truth import RECOVERABILITY
from generator.vietnamese import save_as_ansi, undo_misread_utf8

#: encoding and separator of each kind of file
FORMS = {
    "ansi": ("cp1252", ","),
    "misread_utf8": ("utf-8-sig", ","),
    "excel_numbers": ("utf-8-sig", ","),
    "semicolon": ("utf-8-sig", ";"),
    "utf16": ("utf-16", "\t"),
    "no_bom": ("utf-8", ","),
}
#: kinds that leave every cell as it was
HARMLESS = ["semicolon", "utf16", "no_bom"]
HURTING = ["ansi", "misread_utf8", "excel_numbers"]

COLUMNS = ("ho_ten", "gioi_tinh", "so_giay_to", "so_dien_thoai")
cells = st.one_of(
    st.text(st.characters(exclude_categories=["Cs", "Cc"]), max_size=12),
    st.text("Nguyễn Đức Hường ;,\"'\t\n?ÐÔ", max_size=12),
    st.text("0123456789", max_size=16),
)
registers = st.lists(st.fixed_dictionaries(dict.fromkeys(COLUMNS, cells)), max_size=4).map(
    lambda rows: pa.table(
        {
            "ma_ho_so": pa.array([f"HS{i}" for i in range(len(rows))], pa.string()),
            **{name: pa.array([row[name] for row in rows], pa.string()) for name in COLUMNS},
        }
    )
)


def one(**columns):
    """Return a table of one record."""
    return pa.table({"ma_ho_so": ["HS1"], **{name: [cell] for name, cell in columns.items()}})


def read(data, kind):
    """Read a file as somebody does who knows how it was written."""
    encoding, separator = FORMS[kind]
    text = io.StringIO(data.decode(encoding), newline="")
    header, *rows = csv.reader(text, delimiter=separator)
    return pa.table(
        {name: pa.array([row[j] for row in rows], pa.string()) for j, name in enumerate(header)}
    )


@cache
def pack():
    """Return a pack of a real recipe."""
    recipe = Recipe(load_scenario("tp-hcm-2022"), ("27136",), {"E01": 0.1, "E21": 0.1}, {})
    return make_pack(recipe, 100, 7)


@pytest.mark.parametrize("kind", FILE_DAMAGES)
@given(registers)
def test_undo_gives_the_table(kind, table):
    """Taking the ledger back from what stands in the file gives the table, whatever the cells."""
    hurt = damage_file(table, kind, "doi_tuong.csv")

    assert undo_file_damage(read(hurt.data, kind), hurt.ledger).equals(table)


@pytest.mark.parametrize("kind", FILE_DAMAGES)
@pytest.mark.parametrize("name", ["doi_tuong", "mui_tiem"])
def test_undo_gives_the_register(kind, name):
    """The same holds for both tables of a pack; lines of one record are told apart."""
    table = getattr(pack(), name)
    hurt = damage_file(table, kind, f"{name}.csv")

    assert undo_file_damage(read(hurt.data, kind), hurt.ledger).to_pylist() == table.to_pylist()


@pytest.mark.parametrize("kind", FILE_DAMAGES)
@given(registers)
def test_ledger_is_the_difference(kind, table):
    """A cell that reads differently is a ledger row, and the other way round."""
    hurt = damage_file(table, kind, "doi_tuong.csv")
    seen = read(hurt.data, kind).to_pylist()
    different = {
        (row["ma_ho_so"], name, row[name], now[name])
        for row, now in zip(table.to_pylist(), seen, strict=True)
        for name in COLUMNS
        if row[name] != now[name]
    }
    rows = hurt.ledger.to_pylist()

    assert len(rows) == len(different)
    assert {tuple(r[k] for k in ("ma_ho_so", "column", "truth", "observed")) for r in rows} == (
        different
    )


@pytest.mark.parametrize("kind", HARMLESS)
@given(registers)
def test_harmless_kinds_have_no_rows(kind, table):
    """Another separator, UTF-16 or a missing mark cost no cell."""
    assert damage_file(table, kind, "doi_tuong.csv").ledger.num_rows == 0


@given(registers)
def test_misread_cells_recover_from_themselves(table):
    """UTF-8 misread is undone from the cell alone, exactly."""
    for row in damage_file(table, "misread_utf8", "doi_tuong.csv").ledger.to_pylist():
        assert undo_misread_utf8(row["observed"]) == row["truth"]
        assert row["recoverability"] == "from_cell"


def test_ansi_words_of_a_closed_list_recover():
    """A word of a closed list has one reading, and only then it counts as recoverable."""
    table = one(gioi_tinh="Nữ", tt_xac_minh="Không có/sai định dạng", quoc_tich="Việt Nam")
    rows = damage_file(table, "ansi", "doi_tuong.csv").ledger.to_pylist()

    assert [row["observed"] for row in rows] == ["N?", "Không có/sai d?nh d?ng", "Vi?t Nam"]
    assert {row["recoverability"] for row in rows} == {"from_reference_list"}


@pytest.mark.parametrize("name", ["Hằng", "Hồng", "Hùng"])
def test_ansi_names_do_not_recover(name):
    """Of a name only the paper or the platform knows the letters, even where few are possible."""
    rows = damage_file(one(ho_ten=f"Lê Thị {name}"), "ansi", "doi_tuong.csv").ledger.to_pylist()

    assert [row["recoverability"] for row in rows] == ["needs_source_document"]
    assert rows[0]["observed"] == save_as_ansi(f"Lê Thị {name}")


@pytest.mark.parametrize(
    ("column", "truth", "observed", "recoverability"),
    [
        ("so_giay_to", "079085999901", "7.9086E+10", "needs_source_document"),
        ("so_giay_to", "079200000001", "7.92E+10", "needs_source_document"),
        ("so_giay_to", "001085999901", "1085999901", "needs_source_document"),
        ("so_giay_to", "024123456", "24123456", "needs_source_document"),
        ("so_giay_to", "79085999901", "7.9086E+10", "needs_source_document"),
        ("so_dien_thoai", "0909991234", "909991234", "from_cell"),
        ("so_dien_thoai", "01219991234", "1219991234", "from_cell"),
        ("so_dien_thoai", "00909991234", "909991234", "needs_source_document"),
    ],
)
def test_excel_numbers(column, truth, observed, recoverability):
    """Zeros in front are lost, and digits of what is too long for the column."""
    hurt = damage_file(one(**{column: truth}), "excel_numbers", "doi_tuong.csv")
    [row] = hurt.ledger.to_pylist()

    assert (row["observed"], row["recoverability"]) == (observed, recoverability)


@pytest.mark.parametrize(
    ("column", "cell"),
    [
        ("so_giay_to", ""),
        ("so_giay_to", "224123456"),
        ("so_giay_to", "C1234567"),
        ("so_giay_to", "O79085999901"),
        ("xa", "00123"),
    ],
)
def test_excel_numbers_left_alone(column, cell):
    """Blanks, letters, numbers without a zero in front and all other columns stay."""
    hurt = damage_file(one(**{column: cell}), "excel_numbers", "doi_tuong.csv")

    assert hurt.ledger.num_rows == 0


@pytest.mark.parametrize(
    ("kind", "start"),
    [
        ("ansi", b"ma_ho_so,ho_ten\r\n"),
        ("misread_utf8", b"\xef\xbb\xbfma_ho_so,ho_ten\r\n"),
        ("excel_numbers", b"\xef\xbb\xbfma_ho_so,ho_ten\r\n"),
        ("semicolon", b"\xef\xbb\xbfma_ho_so;ho_ten\r\n"),
        ("utf16", "\ufeffma_ho_so\tho_ten\r\n".encode("utf-16-le")),
        ("no_bom", b"ma_ho_so,ho_ten\r\n"),
    ],
)
def test_damage_file_bytes(kind, start):
    """Each file begins as the programs write it: mark, separator, line end."""
    assert damage_file(one(ho_ten="Lê Bổng"), kind, "doi_tuong.csv").data.startswith(start)


@pytest.mark.parametrize("kind", HURTING)
def test_ledger_of_a_pack(kind):
    """A whole register is hurt in many cells, each with file, record and a known source."""
    hurt = damage_file(pack().doi_tuong, kind, "doi_tuong.csv")

    assert hurt.ledger.schema == FILE_LEDGER
    assert hurt.ledger.num_rows > 100
    assert set(hurt.ledger["file"].to_pylist()) == {"doi_tuong.csv"}
    assert set(hurt.ledger["damage"].to_pylist()) == {kind}
    assert set(hurt.ledger["recoverability"].to_pylist()) <= set(RECOVERABILITY)


def test_damage_file_unknown_kind():
    """A misspelt kind is named, with the nearest."""
    with pytest.raises(Problem, match="misread_utf8"):
        damage_file(one(), "misread_utf", "doi_tuong.csv")
