"""Editing a record: identity by police or approved feedback alone, typing errors at once."""

import unicodedata

import pytest

IDENTITY = {"ho_ten": "Trần Thị Mới", "ngay_sinh": "01/02/1980", "gioi_tinh": "Nam"}


def edit(do, record, column, value, **more):
    """Change one cell."""
    arguments = {"ly_do": "sai_thong_tin_co_ban", **more}
    return do("sua", ma_ho_so=record, truong=column, gia_tri=value, **arguments)


def cell(do, record, column):
    """Return a cell as the platform has it."""
    return do("mo", ma_ho_so=record)["ho_so"][column]


@pytest.mark.parametrize("column", [*IDENTITY, "so_giay_to"])
def test_sua_identity_free_hand(do, broken, refusal, column):
    """Nobody edits identity by free hand, however plausible the value is; documents are named."""
    record = broken("E10")[0]
    before = cell(do, record, column)
    value = {**IDENTITY, "so_giay_to": "079185999999"}[column]
    value = "Nữ" if value == before else value
    told = edit(do, record, column, value)

    assert refusal(told) == "DINH_DANH_TU_Y"
    assert "CV 9438" in told["tu_choi"][0]["can_cu"]
    assert cell(do, record, column) == before


def test_sua_identity_by_police(do, broken, from_police, refusal):
    """The value of the signed list is taken over, and the record compared in the night."""
    record = broken("E10")[0]
    list_id, rows = from_police(record)
    right = rows[record]["ho_ten_dung"]
    told = edit(do, record, "ho_ten", right, ma_danh_sach=list_id)
    state = cell(do, record, "trang_thai")
    do("ngay_moi")

    assert refusal(told) == ""
    assert state == "CHUA_GUI"
    assert cell(do, record, "trang_thai") == "DUNG"


def test_sua_identity_other_than_list(do, broken, from_police, refusal):
    """A value that differs from the signed list is refused."""
    record = broken("E10")[0]
    list_id, _ = from_police(record)

    assert refusal(edit(do, record, "ho_ten", "Tên Khác", ma_danh_sach=list_id)) == "KHAC_DANH_SACH"


def test_sua_list_not_back(do, broken, refusal):
    """A list that the police have not returned proves nothing."""
    record = broken("E10")[0]
    list_id = do("gui_cong_an", ma_ho_so=[record])["ma_danh_sach"]
    told = edit(do, record, "ho_ten", "Tên Khác", ma_danh_sach=list_id)

    assert refusal(told) == "DANH_SACH_CHUA_VE"


def test_sua_record_not_on_list(do, broken, from_police, refusal):
    """A list proves nothing about a record that is not on it."""
    one, two = broken("E10")[:2]
    list_id, _ = from_police(one)
    told = edit(do, two, "ho_ten", "Tên Khác", ma_danh_sach=list_id)

    assert refusal(told) == "KHONG_CO_TRONG_DANH_SACH"


def test_sua_spaces(do, broken, refusal):
    """Blanks too many in a name are a typing error: no paper, no new comparison."""
    record = broken("E20")[0]
    name, state = cell(do, record, "ho_ten"), cell(do, record, "trang_thai")
    told = edit(do, record, "ho_ten", " ".join(name.split()), ly_do="loi_go")

    assert refusal(told) == ""
    assert cell(do, record, "trang_thai") == state


def test_sua_nfd(do, broken, refusal):
    """Decomposed letters may be composed without a paper."""
    record = broken("E21")[0]
    name = cell(do, record, "ho_ten")
    told = edit(do, record, "ho_ten", unicodedata.normalize("NFC", name), ly_do="loi_phong_chu")

    assert refusal(told) == ""
    assert cell(do, record, "ho_ten") == unicodedata.normalize("NFC", name)


def test_sua_telephone(do, broken, refusal):
    """Telephones are not compared: the station keeps them."""
    record = broken("E01")[0]

    assert refusal(edit(do, record, "so_dien_thoai", "0909999111", ly_do="loi_go")) == ""


@pytest.mark.parametrize(
    ("column", "value", "rule"),
    [
        ("tt_xac_minh", "Đúng", "CUA_HE_THONG"),
        ("khong_co_cot_nay", "x", "CUA_HE_THONG"),
        ("quoc_tich", "Hàn Quốc", "QUOC_TICH"),
        ("xa", "99999", "GIA_TRI_SAI_DANG"),
    ],
)
def test_sua_refused(do, broken, refusal, column, value, rule):
    """System cells, unknown columns, nationality and unknown wards are refused."""
    assert refusal(edit(do, broken("E01")[0], column, value)) == rule


def test_sua_unknown_reason(do, broken, refusal):
    """A reason that the closed list lacks is refused, the nearest one is offered."""
    told = edit(do, broken("E01")[0], "dia_chi", "1 Lê Lợi", ly_do="loi_goo")

    assert refusal(told) == "LY_DO_LA"
    assert "loi_go" in told["tu_choi"][0]["cau"]


def test_sua_number_of_somebody_else(do, pack, make_world, broken, refusal):
    """A number that another record bears is refused, even from the signed list."""
    taken = next(r for r in pack.doi_tuong.to_pylist() if r["tt_xac_minh"] == "Đúng")

    def wrong(asked, truth, seed, list_id, day, others):
        row = {"ket_qua": "Đã bổ sung", "da_ky": "1", "trang": "1", "trung_voi": "", "ghi_chu": ""}
        names = ("ho_ten", "ngay_sinh", "gioi_tinh")
        values = {f"{name}_dung": taken[name] for name in names}
        number = {"so_dinh_danh_dung": taken["so_giay_to"]}
        return [{**row, **values, **number, "ma_ho_so": each["ma_ho_so"]} for each in asked]

    world, record = make_world(answers={"police": wrong}), broken("E06")[0]
    list_id = world.call("gui_cong_an", "g", ma_ho_so=[record])["ma_danh_sach"]
    for i in range(5):
        world.call("ngay_moi", f"n{i}")
    cells = {"truong": "so_giay_to", "gia_tri": taken["so_giay_to"]}
    told = world.call(
        "sua", "s", ma_ho_so=record, **cells, ly_do="khong_co_so", ma_danh_sach=list_id
    )

    assert refusal(told) == "SO_CUA_HO_SO_KHAC"


def test_sua_unsigned_page(make_world, broken, refusal):
    """A page that nobody signed proves nothing."""

    def unsigned(asked, truth, seed, list_id, day, others):
        row = {"ket_qua": "Đúng", "da_ky": "", "trang": "1", "trung_voi": "", "ghi_chu": ""}
        return [{**row, "ma_ho_so": each["ma_ho_so"]} for each in asked]

    world, record = make_world(answers={"police": unsigned}), broken("E10")[0]
    list_id = world.call("gui_cong_an", "g", ma_ho_so=[record])["ma_danh_sach"]
    for i in range(5):
        world.call("ngay_moi", f"n{i}")
    cells = {"truong": "ho_ten", "gia_tri": "Ai Đó", "ly_do": "sai_thong_tin_co_ban"}
    told = world.call("sua", "s", ma_ho_so=record, **cells, ma_danh_sach=list_id)

    assert refusal(told) == "TRANG_CHUA_KY"


def test_sua_by_approved_feedback(make_world, broken, refusal):
    """An approved feedback proves the value it names; before approval it proves nothing."""
    record = broken("E10")[0]

    def letters(truth, seed, day, count):
        known = {"ma_ho_so": record, "khai": {"ho_ten": truth.person(record)["ho_ten"]}}
        day = day.isoformat()
        return [{"ma_phan_anh": f"PA{day}", "ngay": day, "han": day, "noi_dung": known}]

    world = make_world(answers={"letters": letters}, letters=1)
    world.call("ngay_moi", "n")
    letter = world.call("phan_anh")["dong"][0]
    name = letter["noi_dung"]["khai"]["ho_ten"]
    cells = {"ma_ho_so": record, "truong": "ho_ten", "gia_tri": name}
    cells |= {"ly_do": "sai_thong_tin_co_ban", "chung_tu": letter["ma_phan_anh"]}
    early = world.call("sua", "a", **cells)
    world.call(
        "tra_loi_phan_anh", "b", ma_phan_anh=letter["ma_phan_anh"], hanh_dong="DUYET_PHAN_ANH"
    )
    late = world.call("sua", "c", **cells)

    assert (refusal(early), refusal(late)) == ("PHAN_ANH_CHUA_DUYET", "")


def test_sua_signed_record(do, pack, from_police, broken):
    """A change of identity makes the signed doses of the record ones to be signed again."""
    signed = {d["ma_ho_so"] for d in pack.mui_tiem.to_pylist() if d["tt_ky"] == "Đã ký"}
    record = sorted(signed)[0]
    name = cell(do, record, "ho_ten")
    edit(do, record, "ho_ten", name.upper(), ly_do="loi_go")
    states = {d["trang_thai"] for d in do("mo", ma_ho_so=record)["mui"]}

    assert "PHAI_KY_LAI" in states
    assert not states & {"DA_KY_CO_SO", "DA_CAP_HO_CHIEU"}


def test_nguoi_nuoc_ngoai(do, broken, refusal):
    """A foreigner entered as a citizen is handled by passport, and never sent to the police."""
    record = broken("E70")[0]
    bare = do("nguoi_nuoc_ngoai", ma_ho_so=record, quoc_tich="Hàn Quốc", chung_tu="")
    done = do("nguoi_nuoc_ngoai", ma_ho_so=record, quoc_tich="Hàn Quốc", chung_tu="hộ chiếu")
    sent = do("gui_cong_an", ma_ho_so=[record])

    assert refusal(bare) == "THIEU_CHUNG_TU_HO_CHIEU"
    assert refusal(done) == ""
    assert refusal(sent) == "NUOC_NGOAI_KHONG_GUI"


def test_nguoi_nuoc_ngoai_citizen(do, broken, refusal):
    """Who has no foreign passport's number is no foreigner."""
    told = do("nguoi_nuoc_ngoai", ma_ho_so=broken("E10")[0], quoc_tich="Pháp", chung_tu="x")

    assert refusal(told) == "THIEU_HO_CHIEU"
