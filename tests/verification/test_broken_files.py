"""Files and manifests that are not what they should be."""

import pytest

from sosach.verification import NotADataset, verify

TABLE = "doi_tuong"


def altered(copy):
    """One letter of a file becomes another."""
    path = copy.file(TABLE)
    data = path.read_bytes()
    path.write_bytes(data[:-1] + bytes([data[-1] ^ 1]))


def longer(copy):
    """Something is appended to a file."""
    with copy.file(TABLE).open("ab") as file:
        file.write(b"x")


def no_table(copy):
    """A file is listed but holds no table."""
    copy.file(TABLE).write_text("ma_ho_so,ho_ten\n", encoding="utf-8")
    copy.relist(TABLE, 1)


def forgotten(copy):
    """A ward has no ledger, neither listed nor there."""
    copy.file("ledger").unlink()
    copy.note(lambda raw: raw["files"].pop("ledger/26794.parquet"))


FILE_CASES = {
    "altered": (altered, "files_intact"),
    "longer": (longer, "files_intact"),
    "missing": (lambda copy: copy.file(TABLE).unlink(), "files_listed"),
    "report of another name": (
        lambda copy: (copy.folder / "bao_cao_2.html").write_text("x"),
        "files_listed",
    ),
    "strange": (lambda copy: (copy.folder / "ghi_chu.txt").write_text("x"), "files_listed"),
    "table of a ward missing": (forgotten, "files_listed"),
    "no table": (no_table, "tables_readable"),
    "column missing": (
        lambda copy: copy.rewrite(TABLE, "select * exclude (ho_ten) from doi_tuong"),
        "tables_readable",
    ),
    "column of another type": (
        lambda copy: copy.rewrite("link", "select * replace (1 as decoy) from link"),
        "tables_readable",
    ),
    "rows miscounted": (
        lambda copy: copy.note(lambda raw: raw["files"]["link/26794.parquet"].update(rows=1)),
        "rows_listed",
    ),
}


@pytest.mark.parametrize(("harm", "rule"), FILE_CASES.values(), ids=FILE_CASES.keys())
def test_verify_broken_file(copy, harm, rule):
    """A wrong file is named by its rule, and what it holds is then not judged."""
    harm(copy)
    outcome = verify(copy.folder)

    assert {check.name for check in outcome.checks if check.violations} == {rule}
    assert not outcome.ok
    assert not outcome.complete


def test_verify_desktop_leftovers(copy):
    """What a desktop leaves in a folder is no strange file."""
    (copy.folder / "ledger" / ".DS_Store").write_bytes(b"x")

    assert verify(copy.folder).ok


def test_verify_made_of_the_tables(copy):
    """A report and workbooks that were made of the tables are no strange files."""
    (copy.folder / "bao_cao.html").write_text("x", encoding="utf-8")
    (copy.folder / "xlsx").mkdir()
    (copy.folder / "xlsx" / "26794.xlsx").write_bytes(b"x")

    assert verify(copy.folder).ok


def count_wrong(raw):
    """The manifest counts one person too many."""
    raw["counts"]["persons"] += 1


def count_missing(raw):
    """The manifest does not say how large the backlog is."""
    del raw["counts"]["backlog"]


def achieved_wrong(raw):
    """The manifest claims another rate than the ledger has."""
    raw["errors"][-1]["achieved"] += 0.01


def eligible_wrong(raw):
    """The manifest claims fewer eligible records, and a rate to match."""
    raw["errors"][-1]["eligible"] //= 2
    raw["errors"][-1]["achieved"] *= 2


def entry(raw, cause):
    """Return what the manifest says of a cause."""
    return next(entry for entry in raw["errors"] if entry["cause"] == cause)


def expected_more(raw):
    """Far more of one error was to be expected than there is."""
    entry(raw, "E01")["expected"] *= 2.5
    entry(raw, "E01")["asked"] *= 2.5


def expected_more_than_possible(raw):
    """More was expected than could have happened."""
    entry(raw, "D04")["expected"] = entry(raw, "D04")["eligible"] + 1


def expected_nothing(raw):
    """One error was not to be expected at all."""
    entry(raw, "E10")["expected"] = 0


def asked_less(raw):
    """The scenario asked for far less than was expected: no clerk is so careless."""
    entry(raw, "E10")["asked"] /= 4


def asked_more(raw):
    """The scenario asked for far more than was expected: no clerk is so careful."""
    entry(raw, "E10")["asked"] *= 4


def other_day(raw):
    """The manifest names a scenario whose day is another."""
    raw["scenario"] = "tp-hcm-2022-08"


def other_scheme(raw):
    """The manifest names another scheme of identity numbers."""
    raw["id_scheme"] = "unreal"


@pytest.mark.parametrize(
    ("claim", "rule"),
    [
        (count_wrong, "counts_recounted"),
        (count_missing, "counts_recounted"),
        (achieved_wrong, "rates_recounted"),
        (eligible_wrong, "rates_recounted"),
        (expected_more, "rates_as_expected"),
        (expected_more_than_possible, "rates_as_expected"),
        (asked_less, "expected_as_asked"),
        (asked_more, "expected_as_asked"),
        (other_day, "as_of_known"),
        (other_scheme, "truth_identity_number"),
    ],
)
def test_verify_wrong_claim(copy, claim, rule):
    """A claim of the manifest that the tables do not bear out is named."""
    copy.note(claim)

    assert copy.broken_rules() == {rule}


def test_verify_error_out_of_nothing(copy):
    """What was not to be expected must not happen."""
    copy.note(expected_nothing)

    assert copy.broken_rules() == {"rates_as_expected", "expected_as_asked"}


def test_verify_eligible_of_each(copy):
    """Every cause and every decoy is counted again: one eligible record too many is seen."""

    def one_more(raw):
        for entry in raw["errors"]:
            entry["achieved"] *= entry["eligible"] / (entry["eligible"] + 1)
            entry["eligible"] += 1

    copy.note(one_more)
    check = next(c for c in verify(copy.folder).checks if c.name == "rates_recounted")

    assert check.violations == 64


@pytest.mark.parametrize(
    "text",
    [
        "",
        "{",
        "[]",
        "{}",
        '{"files": 3}',
        "\x00\x01",
        '{"scenario": "a", "as_of": "2022-05-07", "id_scheme": "realistic"}',
        '{"scenario": "a", "as_of": "7/5/2022", "id_scheme": "realistic", "counts": {}}',
    ],
)
def test_verify_foreign_manifest(copy, text):
    """A manifest that is none is refused in Vietnamese, naming the file."""
    (copy.folder / "manifest.json").write_text(text, encoding="utf-8")

    with pytest.raises(NotADataset, match=r"Không đọc được .*manifest\.json"):
        verify(copy.folder)


@pytest.mark.parametrize("change", [{"id_scheme": "other"}, {"files": {}}])
def test_verify_manifest_unknown_content(copy, change):
    """An unknown scheme of numbers, or no ward at all, is refused."""
    copy.note(lambda raw: raw.update(change))

    with pytest.raises(NotADataset, match=next(iter(change))):
        verify(copy.folder)


def test_verify_manifest_not_text(copy):
    """A manifest in another encoding is refused."""
    (copy.folder / "manifest.json").write_bytes(b"\xff\xfe\xff")

    with pytest.raises(NotADataset, match="hỏng"):
        verify(copy.folder)


def test_verify_no_folder(tmp_path):
    """A folder that does not exist is named."""
    with pytest.raises(NotADataset, match=r"Không thấy thư mục .*khong_co"):
        verify(tmp_path / "khong_co")


def test_verify_empty_folder(tmp_path):
    """A folder without a manifest is not a finished data set."""
    with pytest.raises(NotADataset, match=r"không có manifest\.json"):
        verify(tmp_path)


def test_verify_damaged_pages(copy):
    """A table that opens but cannot be read to its end is refused, naming the ward."""
    path = copy.file(TABLE)
    data = bytearray(path.read_bytes())
    data[4:2000] = bytes(1996)
    path.write_bytes(data)
    copy.relist(TABLE, copy.rows(TABLE))

    with pytest.raises(NotADataset, match="phường 26794"):
        verify(copy.folder)
