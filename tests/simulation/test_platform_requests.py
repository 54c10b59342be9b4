"""Asking, inviting, transferring, reporting, holding; the mail; feedback."""

import pytest

pytestmark = pytest.mark.parametrize("database", ["sqlite", "postgresql"], indirect=True)

UNIT = "CS27136-1"


def nights(do, count):
    """Let some working days pass."""
    return [do("ngay_moi") for _ in range(count)]


def test_gui_cong_an_reasons_row_by_row(do, broken, refusal):
    """Unknown records and foreigners are refused; the others are sent; nobody is sent twice."""
    records = broken("E10")
    told = do("gui_cong_an", ma_ho_so=[*records, "HS0000000000"])
    again = do("gui_cong_an", ma_ho_so=records)

    assert told["so_ho_so"] == len(records)
    assert [row["quy_tac"] for row in told["dong_tu_choi"]] == ["KHONG_CO_HO_SO"]
    assert refusal(again) == "DANG_CHO_CONG_AN"


def test_gui_cong_an_says_what_is_wrong(from_police, broken):
    """On the list stands of every record to which class of CV 2262 it belongs."""
    _, rows = from_police(*broken("E01"), *broken("E02"), *broken("E10"))
    said = {code: {rows[r]["loai_sai"] for r in broken(code)} for code in ("E01", "E02", "E10")}

    assert said == {"E01": {"KHONG_CO_SO"}, "E02": {"SAI_DINH_DANG"}, "E10": {"SAI_THONG_TIN"}}


def test_gui_cong_an_empty(do, refusal):
    """An empty list is not sent."""
    assert refusal(do("gui_cong_an", ma_ho_so=[])) == "DANH_SACH_TRONG"


def test_mail_hides_day_of_answer(do, broken):
    """Until an answer has come nobody can see when it will."""
    do("gui_cong_an", ma_ho_so=broken("E10"))
    waiting = do("hop_thu")["dong"]
    nights(do, 5)
    come = do("hop_thu")["dong"]

    assert [row["tra_ngay"] for row in waiting] == [""]
    assert all(row["tra_ngay"] for row in come)


def test_hoi_co_so_other_unit(do, pack, refusal):
    """Another unit answers some days later; until then the question is not asked twice."""
    row = next(r for r in pack.mui_tiem.to_pylist() if r["don_vi_nhap"] == "TT770")
    question = {"ma_ho_so": row["ma_ho_so"], "ma_mui": row["ma_mui"]}
    first, second = do("hoi_co_so", **question), do("hoi_co_so", **question)
    came = nights(do, 5)

    assert "tra_loi" not in first
    assert refusal(second) == "DANG_CHO_TRA_LOI"
    assert first["ma_yeu_cau"] in [x for told in came for x in told["tra_loi"]]


def test_moi_nguoi_dan(do, broken):
    """Most of the invited come with papers; a second invitation has an answer of its own."""
    records = [*broken("E01"), *broken("E10"), *broken("E11"), *broken("E12")]
    sent = [do("moi_nguoi_dan", ma_ho_so=r)["ma_yeu_cau"] for r in records]
    nights(do, 5)
    told = {row["ma_yeu_cau"]: row for r in records for row in do("mo", ma_ho_so=r)["yeu_cau"]}
    came = [told[request]["tra_loi"]["den"] for request in sent]

    assert 0.4 < sum(came) / len(came) <= 1
    assert do("moi_nguoi_dan", ma_ho_so=records[0])["ma_yeu_cau"] != sent[0]


def test_chuyen_needs_police(do, broken, from_police, refusal):
    """A record goes to another ward when the signed list says so, and is then not ours."""
    list_id, rows = from_police(*broken("E18"), *broken("E10"))
    away = next(r for r in broken("E18") if rows[r]["ket_qua"] == "Không cư trú")
    cells = {"noi_nhan": "26734", "ly_do": "khong_cu_tru"}
    bare = do("chuyen", ma_ho_so=away, **cells)
    here = do("chuyen", ma_ho_so=broken("E10")[0], **cells, ma_danh_sach=list_id)
    done = do("chuyen", ma_ho_so=away, **cells, ma_danh_sach=list_id)
    row = {"ma_ho_so": away, "so_giay_to": "079185999998"}
    imported = do("nhap_excel", dong=[row], ma_danh_sach=list_id)

    assert (refusal(bare), refusal(here)) == ("CHUYEN_CAN_CONG_AN", "CHUYEN_CAN_CONG_AN")
    assert refusal(done) == ""
    assert imported["dong_tu_choi"][0]["quy_tac"] == "HO_SO_DON_VI_KHAC"


def test_chuyen_unknown_place(do, broken, refusal):
    """There is nobody to hand a dose over to but a known unit."""
    record = broken("E59")[0]
    line = broken("E59", lines=True)[0]
    where = {"ma_ho_so": record, "ma_mui": line, "ly_do": "don_vi_khac_nhap"}

    assert refusal(do("chuyen", **where, noi_nhan="ĐÂU ĐÓ")) == "NOI_NHAN_LA"


def test_bao_loi_stale_status(do, broken):
    """A right record whose status is stale becomes right when the fault was reported, not before."""
    told, silent = broken("E90")[:2]
    do("bao_loi", ma_ho_so=told)
    nights(do, 1)
    states = [do("mo", ma_ho_so=r)["ho_so"]["trang_thai"] for r in (told, silent)]

    assert states == ["DUNG", "SAI"]


def test_bao_loi_wrong_record(do, broken):
    """To report a fault does not make a wrong record right."""
    record = broken("E10")[0]
    request = do("bao_loi", ma_ho_so=record)["ma_yeu_cau"]
    nights(do, 2)
    found = do("mo", ma_ho_so=record)

    assert found["ho_so"]["trang_thai"] == "SAI"
    assert "Sai" in found["yeu_cau"][0]["tra_loi"]["loi"]
    assert found["yeu_cau"][0]["ma_yeu_cau"] == request


def test_not_in_population_data(do, broken, from_police):
    """Who was missing in the population data is right after the police have completed it."""
    record = broken("E09")[0]
    from_police(record)

    assert do("mo", ma_ho_so=record)["ho_so"]["trang_thai"] in ("DUNG", "KHONG_XAC_MINH_DUOC")
    nights(do, 1)
    assert do("mo", ma_ho_so=record)["ho_so"]["trang_thai"] == "DUNG"


@pytest.mark.parametrize("code", ["E92", "E93"])
def test_bao_cao_broken_signature(do, pack, broken, code):
    """A reported signature that does not verify has to be made again, once it was explained."""
    line = broken(code, lines=True)[0]
    record = next(r["ma_ho_so"] for r in pack.mui_tiem.to_pylist() if r["ma_mui"] == line)

    def state():
        found = {d["ma_mui"]: d for d in do("mo", ma_ho_so=record)["mui"]}[line]
        return found["trang_thai"], found["giai_trinh"]

    report = {"ma_ho_so": record, "ma_mui": line, "ly_do": "chung_thu", "noi_dung": "kiểm tra"}
    do("bao_cao", **report)
    nights(do, 1)
    first = state()
    do("bao_cao", **report)
    nights(do, 1)

    assert first == ("PHAI_KY_LAI", "")
    assert state() == ("PHAI_KY_LAI", "1")


def test_bao_cao_good_signature(do, pack, broken):
    """A signature that verifies stays."""
    spoiled = {*broken("E92", lines=True), *broken("E93", lines=True)}
    row = next(
        r for r in pack.mui_tiem.to_pylist() if r["tt_ky"] == "Đã ký" and r["ma_mui"] not in spoiled
    )
    where = {"ma_ho_so": row["ma_ho_so"], "ma_mui": row["ma_mui"]}
    do("bao_cao", **where, ly_do="chung_thu", noi_dung="kiểm tra")
    nights(do, 1)
    doses = {d["ma_mui"]: d for d in do("mo", ma_ho_so=row["ma_ho_so"])["mui"]}

    assert doses[row["ma_mui"]]["tt_ky"] == "Đã ký"


def test_tam_giu_dose(do, refusal):
    """A held dose is not signed; released, it is as before; edited meanwhile, it is not forgotten."""
    row = do("duoc_ky_hom_nay")["dong"][0]
    where = {"ma_ho_so": row["ma_ho_so"], "ma_mui": row["ma_mui"], "ly_do": "sai_mui"}
    do("tam_giu", **where)
    held = do("vi_sao_chua_ky", ma_mui=row["ma_mui"])["ly_do"]
    twice = do("tam_giu", **where)
    do("bo_tam_giu", **where)

    assert [r["quy_tac"] for r in held] == ["MUI_TREO"]
    assert refusal(twice) == "DANG_TREO"
    assert do("vi_sao_chua_ky", ma_mui=row["ma_mui"])["duoc_ky"]
    assert refusal(do("bo_tam_giu", **where)) == "KHONG_TREO"


def test_tam_giu_record(do):
    """A held record holds all its doses."""
    row = do("duoc_ky_hom_nay")["dong"][0]
    do("tam_giu", ma_ho_so=row["ma_ho_so"], ly_do="trung_ho_so")

    assert row not in do("duoc_ky_hom_nay")["dong"]


@pytest.fixture
def letter(make_world):
    """A world with feedback, and a waiting letter."""
    world = make_world(letters=5)
    world.call("ngay_moi", "n")
    return world, world.call("phan_anh")["dong"][0]


def test_phan_anh_no_key(letter):
    """The content of a letter does not tell what is right about it."""
    assert set(letter[1]["noi_dung"]) == {"ma_ho_so", "loi_nhan", "khai", "anh"}


@pytest.mark.parametrize(
    ("answer", "rule"),
    [
        ({"hanh_dong": "DUYET"}, "HANH_DONG_PHAN_ANH_LA"),
        ({"hanh_dong": "REJECT_FEEDBACK"}, "TU_CHOI_CAN_LY_DO"),
        ({"hanh_dong": "REJECT_FEEDBACK", "ly_do": "loi_go"}, "TU_CHOI_CAN_LY_DO"),
        ({"hanh_dong": "TRANSFER"}, "CHUYEN_CAN_NOI_NHAN"),
        ({"hanh_dong": "REJECT_FEEDBACK", "ly_do": "tc08"}, ""),
        ({"hanh_dong": "CHUYEN_DON_VI", "noi_chuyen": "SO_Y_TE"}, ""),
    ],
)
def test_tra_loi_phan_anh(letter, refusal, answer, rule):
    """A rejection names one of the 13 reasons, a transfer who is in charge."""
    world, row = letter
    told = world.call("tra_loi_phan_anh", "a", ma_phan_anh=row["ma_phan_anh"], **answer)

    assert refusal(told) == rule


def test_tra_loi_phan_anh_once(letter, refusal):
    """What was answered stays answered; what was put off may be answered later, and is late."""
    world, row = letter
    cells = {"ma_phan_anh": row["ma_phan_anh"]}
    first = world.call("tra_loi_phan_anh", "a", **cells, hanh_dong="XU_LY_SAU")
    for i in range(4):
        world.call("ngay_moi", f"d{i}")
    late = world.call("tra_loi_phan_anh", "b", **cells, hanh_dong="DUYET_PHAN_ANH")
    again = world.call("tra_loi_phan_anh", "c", **cells, hanh_dong="XU_LY_SAU")

    assert (first["dung_han"], late["dung_han"]) == (True, False)
    assert refusal(again) == "PHAN_ANH_DA_TRA_LOI"
