from __future__ import annotations

import csv
import hashlib
from types import SimpleNamespace

import openpyxl
import pyarrow as pa
import pytest

from generator.file_damage import damage_file
from generator.problems import Problem
from sosach.publish.packs import write_pack


@pytest.fixture
def pack():
    """A pack of two records and one dose; the key tables hold a marker."""
    secret = pa.table({"truth": ["BÍ MẬT"]})
    return SimpleNamespace(
        doi_tuong=pa.table(
            {
                "ma_ho_so": ["HS1", "HS2"],
                "ho_ten": ['Lê "Út", Hòa', "Trần An"],
                "so_giay_to": ["", "079"],
            }
        ),
        mui_tiem=pa.table({"ma_mui": ["M1"], "ma_ho_so": ["HS1"]}),
        ledger=secret,
        link=secret,
        final_state=secret,
    )


def test_write_pack_csv(tmp_path, pack):
    """The CSV opens in Excel (BOM) and gives back every value, zeros and quotes included."""
    write_pack(pack, tmp_path)
    data = (tmp_path / "du_lieu" / "doi_tuong.csv").read_bytes()

    assert data.startswith(b"\xef\xbb\xbf")
    rows = list(csv.DictReader(data.decode("utf-8-sig").splitlines()))
    assert rows == pack.doi_tuong.to_pylist()


def test_write_pack_hashes(tmp_path, pack):
    """The hashes are those of the CSV files, and the same every time."""
    hashes = write_pack(pack, tmp_path / "a")

    assert set(hashes) == {"du_lieu/doi_tuong.csv", "du_lieu/mui_tiem.csv"}
    for name, digest in hashes.items():
        assert hashlib.sha256((tmp_path / "a" / name).read_bytes()).hexdigest() == digest
    assert write_pack(pack, tmp_path / "b") == hashes


def test_write_pack_workbook(tmp_path, pack):
    """The workbook holds the same rows as text."""
    write_pack(pack, tmp_path)
    book = openpyxl.load_workbook(tmp_path / "du_lieu" / "du_lieu.xlsx")
    rows = list(book["Đối tượng"].iter_rows(values_only=True))

    assert rows[0] == ("ma_ho_so", "ho_ten", "so_giay_to")
    assert rows[2] == ("HS2", "Trần An", "079")


def test_write_pack_no_key(tmp_path, pack):
    """Only the register is written, nothing of the key."""
    write_pack(pack, tmp_path)
    names = sorted(path.name for path in tmp_path.rglob("*") if path.is_file())

    assert names == ["doi_tuong.csv", "du_lieu.xlsx", "mui_tiem.csv"]
    assert all("BÍ MẬT".encode() not in path.read_bytes() for path in tmp_path.rglob("*.csv"))


def test_write_pack_damaged_file(tmp_path, pack):
    """One file is hurt, the other as always; no workbook shows the right values."""
    whole = write_pack(pack, tmp_path / "whole")
    hashes = write_pack(pack, tmp_path / "hurt", {"doi_tuong": "misread_utf8"})
    hurt, files = tmp_path / "hurt" / "du_lieu", {"doi_tuong.csv", "mui_tiem.csv"}
    data = (hurt / "doi_tuong.csv").read_bytes()

    assert {path.name for path in hurt.iterdir()} == files
    assert data == damage_file(pack.doi_tuong, "misread_utf8", "doi_tuong.csv").data
    assert hashes["du_lieu/doi_tuong.csv"] == hashlib.sha256(data).hexdigest()
    assert hashes["du_lieu/mui_tiem.csv"] == whole["du_lieu/mui_tiem.csv"]


@pytest.mark.parametrize(
    ("damage", "says"), [({"mui_tem": "ansi"}, "mui_tiem"), ({"mui_tiem": "anssi"}, "'ansi'")]
)
def test_write_pack_unknown_damage(tmp_path, pack, damage, says):
    """A misspelt table or kind is named before anything is written."""
    with pytest.raises(Problem, match=says):
        write_pack(pack, tmp_path, damage)

    assert list(tmp_path.iterdir()) == []


def test_write_pack_prints(tmp_path, pack):
    """A file made for reading is written beside the tables, and not hashed."""
    hashes = write_pack(
        pack, tmp_path, prints={"to_giay.pdf": lambda path: path.write_bytes(b"%PDF")}
    )

    assert (tmp_path / "du_lieu" / "to_giay.pdf").read_bytes() == b"%PDF"
    assert "du_lieu/to_giay.pdf" not in hashes
