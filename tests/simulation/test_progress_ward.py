"""The figures of one ward, by hand: rows as the platform's store keeps them."""

import json
from datetime import date

import duckdb
import pyarrow.parquet as pq
import pytest
from sqlalchemy import select

from generator import city as engine
from generator.places import select_wards
from generator.problems import Problem
from generator.scenario import load_scenario
from sosach.simulation.platform import database as db
from sosach.simulation.platform import store
from sosach.simulation.platform.states import SUBJECT_STATES, dose_state, subject_state
from sosach.simulation.progress.counts import Count, NoRatioError
from sosach.simulation.progress.table import summary_table, ward_table
from sosach.simulation.progress.ward import STATES, police_lists, ward_figures

DAY = date(2022, 5, 10)
SUBJECTS = [
    {"ma_ho_so": "HS1", "trang_thai": "DUNG", "quoc_tich": "Việt Nam"},
    {"ma_ho_so": "HS2", "trang_thai": "SAI", "quoc_tich": "Việt Nam"},
    {"ma_ho_so": "HS3", "trang_thai": "SAI_DINH_DANG", "quoc_tich": "Việt Nam"},
    {"ma_ho_so": "HS4", "trang_thai": "KHONG_XAC_MINH_DUOC", "quoc_tich": "Việt Nam"},
    {"ma_ho_so": "HS5", "trang_thai": "NGUOI_NUOC_NGOAI", "quoc_tich": "Hàn Quốc"},
    {"ma_ho_so": "HS6", "trang_thai": "CHUA_GUI", "quoc_tich": "Việt Nam"},
    {"ma_ho_so": "HS7", "trang_thai": "SAI", "quoc_tich": "Việt Nam", "gop_vao": "HS1"},
]
DOSES = [
    {"ma_mui": "M1", "ma_ho_so": "HS1", "don_vi_nhap": "A", "trang_thai": "DA_KY_CO_SO"},
    {"ma_mui": "M2", "ma_ho_so": "HS1", "don_vi_nhap": "B", "trang_thai": "DA_CAP_HO_CHIEU"},
    {"ma_mui": "M3", "ma_ho_so": "HS1", "don_vi_nhap": "A", "trang_thai": "PHAI_KY_LAI"},
    {"ma_mui": "M4", "ma_ho_so": "HS2", "don_vi_nhap": "A", "trang_thai": "DA_KY_CO_SO"},
]


def _request(day, content, kind="cong_an"):
    return {"loai": kind, "gui_ngay": day, "noi_dung": content}


def _figures(**given):
    rows = {"subjects": SUBJECTS, "doses": DOSES} | given
    return ward_figures("27136", DAY, **rows)


def test_ward_figures_three_numbers():
    """Four records of citizens are not right; none was sent; two lines of a right record are signed."""
    found = _figures()

    assert [int(n) for n in (found.needing, found.sent, found.signed)] == [4, 0, 2]
    assert found.name == "Phường 13, Quận 3"
    assert found.wards[0].district == "770"


def test_ward_figures_states():
    """Every record stands under its state; one that was merged away is no record any more."""
    found = _figures()

    assert found.wards[0].records == 6
    assert found.states == dict.fromkeys(STATES.values(), 1)


def test_states_all():
    """Every state of the platform has its place in the report."""
    assert {name: state.label for name, state in SUBJECT_STATES.items()} == STATES


@pytest.mark.parametrize(
    "content",
    [
        json.dumps(["HS2", "HS3"]),
        ["HS2", "HS3"],
        json.dumps([{"ma_ho_so": "HS2"}, {"ma_ho_so": "HS3"}]),
        {"dong": [{"ma_ho_so": "HS2", "ho_ten": "Nguyễn Văn An"}, {"ma_ho_so": "HS3"}]},
    ],
)
def test_ward_figures_sent(content):
    """A record counts as sent once, however the request writes it and however often it is sent."""
    requests = [_request("2022-05-09", content), _request("10/05/2022", content)]

    assert int(_figures(requests=requests).sent) == 2


def test_ward_figures_sent_later():
    """What is sent tomorrow, or asked of somebody else, is not sent to the police today."""
    requests = [_request("2022-05-11", ["HS2"]), _request("2022-05-09", ["HS3"], "co_so")]

    assert int(_figures(requests=requests).sent) == 0


def test_ward_figures_answered():
    """A record that the police put right goes on counting on both sides of the ratio."""
    requests = [_request("2022-05-04", ["HS1", "HS2"])]
    found = _figures(requests=requests)

    assert (int(found.needing), int(found.sent)) == (5, 2)
    assert int(found.signed) == 0
    assert int(found.signing) == 1


def test_ward_figures_gone():
    """A record that was sent and is no longer here counts on neither side."""
    found = _figures(requests=[_request("2022-05-04", ["HS2", "HS7", "HS99"])])

    assert (int(found.needing), int(found.sent)) == (4, 1)


def test_ward_figures_listed():
    """With the ministry's list at hand, needing verification is what stands on it."""
    requests = [_request("2022-05-04", ["HS1", "HS2"])]
    found = _figures(requests=requests, listed={"HS2", "HS3", "HS999"})

    assert (int(found.needing), int(found.sent)) == (2, 1)


def test_ward_figures_signed_again():
    """A line to be signed again is one to sign, and not signed."""
    found = _figures(doses=[row for row in DOSES if row["don_vi_nhap"] == "A"])

    assert (found.wards[0].right_doses, int(found.signed)) == (2, 1)
    assert int(found.signing) == int(found.with_token) == 1


def test_ward_figures_register():
    """Rows of the register itself do as well: the columns that everybody sees."""
    subjects = [
        {"ma_ho_so": "HS1", "tt_xac_minh": "Đúng", "quoc_tich": "Việt Nam"},
        {"ma_ho_so": "HS2", "tt_xac_minh": "Chưa gửi", "quoc_tich": "Pháp"},
        {"ma_ho_so": "HS3", "tt_xac_minh": "Chưa gửi", "quoc_tich": "Việt Nam"},
    ]
    doses = [{"ma_ho_so": "HS1", "don_vi_nhap": "A", "tt_ky": "Đã ký"}]
    found = ward_figures("27136", DAY, subjects, doses)

    assert [int(n) for n in (found.needing, found.sent, found.signed)] == [1, 0, 1]
    assert found.states["Người nước ngoài"] == 1


def test_ward_figures_unknown_state():
    """A state that nobody knows is named with the record."""
    with pytest.raises(Problem, match=r"HS1.*'Đúngg'.*'Đúng'"):
        ward_figures("27136", DAY, [{"ma_ho_so": "HS1", "tt_xac_minh": "Đúngg"}])


def test_police_lists_fate():
    """Of each list stands when it went, and whether it is back."""
    requests = [
        _request("2022-05-09", ["HS3"]) | {"ma_yeu_cau": "B", "tra_ngay": "2022-05-12"},
        _request("2022-05-04", ["HS1", "HS2"]) | {"ma_yeu_cau": "A", "tra_ngay": "2022-05-09"},
        _request("2022-05-04", ["M1"], "co_so") | {"ma_yeu_cau": "C", "tra_ngay": "2022-05-09"},
    ]
    due = {"ma_yeu_cau": "D", "tra_ngay": "2022-05-10", "tinh_trang": "cho_tra_loi"}
    requests.append(_request("2022-05-09", ["HS2"]) | due)
    lists = police_lists(requests, DAY)

    assert [list(row.values()) for row in lists] == [
        ["A", "2022-05-04", 2, "2022-05-09"],
        ["B", "2022-05-09", 1, ""],
        ["D", "2022-05-09", 1, ""],
    ]
    assert police_lists([], DAY) == []


def test_ward_figures_store(tmp_path):
    """Rows out of the platform's own database give what an independent count finds in the files."""
    wards = select_wards("27136")
    engine.generate(wards, engine.Request(5, 0.1, load_scenario("tp-hcm-2022")), tmp_path)
    subjects, doses = (
        pq.read_table(tmp_path / name / "27136.parquet").to_pylist()
        for name in ("doi_tuong", "mui_tiem")
    )
    for row in subjects:
        row["trang_thai"] = subject_state(row["tt_xac_minh"], row["quoc_tich"])
    for row in doses:
        row["trang_thai"] = dose_state(row["tt_ky"], row["tt_hcvx"])
    wrong = [{"ma_ho_so": row["ma_ho_so"]} for row in subjects if row["tt_xac_minh"] == "Sai"]
    base = db.connect(f"sqlite:///{tmp_path / 'phuong.db'}")
    with db.writing(base) as connection:
        store.fill(connection, store.subject, subjects)
        store.fill(connection, store.dose, doses)
        sent = _request(DAY.isoformat(), json.dumps({"dong": wrong})) | {"ma_yeu_cau": "DS1"}
        store.fill(connection, store.request, [sent])
    with db.reading(base) as connection:
        tables = [
            store.rows(connection, select(table))
            for table in (store.subject, store.dose, store.request)
        ]
    base.dispose()
    found = ward_figures("27136", DAY, *tables)
    files = f"'{tmp_path}/doi_tuong/*.parquet'", f"'{tmp_path}/mui_tiem/*.parquet'"
    query = f"""
        SELECT (SELECT count(*) FROM {files[0]}
                WHERE quoc_tich = 'Việt Nam' AND tt_xac_minh <> 'Đúng'),
               (SELECT count(*) FROM {files[0]} WHERE tt_xac_minh = 'Sai'),
               (SELECT count(*) FROM {files[1]} JOIN {files[0]} USING (ma_ho_so)
                WHERE tt_xac_minh = 'Đúng' AND tt_ky = 'Đã ký')
    """  # noqa: S608 - paths of the test itself
    with duckdb.connect() as connection:
        counted = connection.execute(query).fetchone()

    assert (int(found.needing), int(found.sent), int(found.signed)) == counted
    assert min(counted) > 0


def test_tables_cells():
    """In the tables the three numbers are cells that cannot be divided by one another."""
    summary, wards = summary_table(_figures()), ward_table(_figures())

    assert all(isinstance(cell, Count) for cell in summary["Giá trị"])
    assert wards["Hồ sơ cần xác minh"].map(int).tolist() == [4]
    with pytest.raises(NoRatioError):
        wards["Mũi tiêm đã ký"] / wards["Hồ sơ đã gửi công an"]


def test_summary_table_words():
    """Beside each number stands what it counts and what it is not."""
    table = summary_table(_figures())

    assert list(table.columns) == ["Số", "Giá trị", "Đếm", "Không phải là"]
    assert table.map(str).map(len).min(axis=None) > 0
