"""Screens of signing without a browser: what they show is what real tokens and verifiers say."""

import json

import pytest

from generator.problems import Problem
from sosach.course import man_hinh_ky, man_hinh_token, xem_chung_thu, xem_ho_chieu, xem_ket_luan
from sosach.course.signing.station import NOW, PIN, PUK, here, told
from sosach.signing.dose_checks import DoseChecker, View
from sosach.signing.doses import with_subjects
from sosach.signing.faults.passports import PASSPORT_FAULTS
from sosach.signing.faults.signatures import SIGNATURE_FAULTS
from sosach.signing.verdicts import GOOD, table


@pytest.fixture(scope="module")
def place(tmp_path_factory):
    """A folder with the station of the lessons, made once: its keys take seconds."""
    folder = tmp_path_factory.mktemp("bai_hoc")
    assert here(folder).pki
    return folder


@pytest.fixture(autouse=True)
def at_work(place, monkeypatch):
    """The current folder is that of the lesson; tokens sign at once."""
    monkeypatch.chdir(place)
    monkeypatch.setattr("sosach.course.signing.desk.DELAY_MS", 0)


@pytest.fixture
def desk():
    """The screen of signing, nothing signed yet, the token open."""
    screen = man_hinh_ky()
    screen.lam_lai()
    screen.nhap_pin(PIN)
    return screen


def test_token_locks_and_is_unlocked():
    """Every wrong PIN costs a try, the third locks, waiting does not help, the PUK does."""
    screen = man_hinh_token("tram")
    screen.lam_lai()
    left = []
    for pin in ("1", "2", "3"):
        screen.nhap_pin(pin)
        left.append(screen.trang_thai["con_lai"])
    assert left == [2, 1, 0]
    assert "khóa" in screen.nhap_pin(PIN)
    screen.mo_khoa(PUK, "Hoamai2022")

    assert screen.trang_thai["con_lai"] == 3
    assert "sẵn sàng" in screen.nhap_pin("Hoamai2022")


def test_token_as_delivered_must_change_its_pin():
    """The delivered PIN opens the token but does not sign; the new one may not be the old one."""
    screen = man_hinh_token("moi")
    screen.lam_lai()
    assert "đổi PIN" in screen.nhap_pin("12345678")
    assert screen.trang_thai["phai_doi"]
    assert "ai cũng biết" in screen.doi_pin("12345678", "12345678")
    screen.doi_pin("12345678", "Hoamai2022")

    assert not screen.trang_thai["phai_doi"]


def test_token_pulled_out_forgets_its_login():
    """Plugged in again the PIN is asked for again; meanwhile no try is lost."""
    screen = man_hinh_token("tram")
    screen.lam_lai()
    screen.nhap_pin(PIN)
    screen.rut()
    assert "không cắm" in screen.nhap_pin(PIN)
    screen.cam()

    assert (screen.trang_thai["mo"], screen.trang_thai["con_lai"]) == (False, 3)


@pytest.mark.slow
def test_token_remembers_after_the_kernel(place):
    """A new kernel finds the tries as they were left, and nobody logged in."""
    screen = man_hinh_token("phuong_ben")
    screen.lam_lai()
    screen.nhap_pin("sai")
    screen.nhap_pin(PIN)
    screen.nhap_pin("sai")
    here.cache_clear()
    again = man_hinh_token("phuong_ben")

    assert (again.trang_thai["con_lai"], again.trang_thai["mo"]) == (2, False)


def test_pin_never_stands_in_the_state():
    """What is typed is in no state that a notebook would save."""
    screen = man_hinh_token("tram")
    screen.lam_lai()
    screen._hear(None, {"viec": "doi_pin", "phan": {"pin": PIN, "moi": "Bimat9876"}}, [])

    assert screen.vua_noi["duoc"]
    assert "Bimat9876" not in json.dumps(screen.get_state(), default=str)
    assert "PRIVATE" not in json.dumps(screen.get_state(), default=str)


def test_doses_that_wait_say_why(desk):
    """All doses are in one of the two lists; each that waits has a reason with its document."""
    shown = desk.trang_thai
    names = [dose["ma_mui"] for dose in (*shown["duoc"], *shown["chua"])]
    reasons = {why["cau"] for dose in shown["chua"] for why in dose["vi_sao"]}

    assert sorted(names) == sorted(row["ma_mui"] for row in desk._station.doses())
    assert all(dose["vi_sao"] for dose in shown["chua"])
    for part in (
        "Hoa Đào (TYT-HOADAO) nhập",
        "chưa xác minh",
        "hồ sơ khác",
        "hộ chiếu",
        "đã ký rồi",
        "ký lại",
    ):
        assert any(part in reason for reason in reasons)


def test_signing_stops_with_the_token_and_goes_on(desk):
    """A token that is pulled out stops it; later the rest is signed and nothing twice."""
    desk.ky()
    desk.rut()
    assert "không cắm" in desk.ky()
    assert desk.trang_thai["da_ky"] == 4
    desk.cam()
    desk.nhap_pin(PIN)
    desk.ky_het()
    station = desk._station
    checker = DoseChecker(station.batches, View(station.trust, NOW))
    signed = [d["ma_mui"] for d in desk.trang_thai["duoc"]]
    rows = list(with_subjects(station.doses(), station.subjects()))

    assert desk.trang_thai["da_ky"] == desk.trang_thai["tong"] == 12
    assert "Không ký lần nữa" in desk.ky()
    for row in rows:
        assert checker.verdict(row).ok == (row["ma_mui"] in signed)
    assert {d["lo"] for d in desk.trang_thai["duoc"]} == {"lo_000001", "lo_000002", "lo_000003"}


@pytest.mark.slow
def test_signing_survives_the_kernel(desk):
    """What was signed is read from the folder by the next kernel."""
    desk.ky()
    here.cache_clear()

    assert man_hinh_ky().trang_thai["da_ky"] == 4


@pytest.mark.slow
def test_signing_pulls_the_token_out_once(place):
    """The lesson's accident comes after as many batches as it says, and not again."""
    screen = man_hinh_ky(rut_sau=1)
    screen.lam_lai()
    screen.nhap_pin(PIN)
    screen.ky_het()
    assert screen.trang_thai["da_ky"] == 4
    assert not screen.trang_thai["token"]["cam"]
    screen.cam()
    screen.nhap_pin(PIN)
    screen.ky_het()

    assert screen.trang_thai["da_ky"] == 12


@pytest.mark.parametrize(
    ("ten", "good", "part"),
    [
        ("tram", True, ""),
        ("sap_het_han", True, ""),
        ("phuong_ben", True, ""),
        ("ca_nhan", False, "không phải của cá nhân"),
        ("het_han", False, "hết hạn"),
        ("chua_hieu_luc", False, "chưa có hiệu lực"),
        ("thu_hoi", False, "thu hồi"),
        ("la", False, "Không rõ người ký"),
    ],
)
def test_certificate_in_plain_words(ten, good, part):
    """Whether it may sign today, and why not; a certificate about to expire still may."""
    shown = xem_chung_thu(ten).trang_thai

    assert shown["dung_duoc"] is good
    assert part in " ".join(shown["vi_sao"])
    assert shown["chu_the"] == told().certificates[ten].name


@pytest.mark.parametrize("fault", PASSPORT_FAULTS, ids=lambda fault: fault.id)
def test_passport_shows_its_verdict(fault):
    """Every passport of the catalogue opens: eleven fields or none, and the word of its fault."""
    shown = xem_ho_chieu(fault.id.removeprefix("hc_")).trang_thai

    rows = table("findings")
    row = rows.get(f"{fault.code}@passport") or rows.get(fault.code)

    assert shown["tu"] == (row["word"] if row else GOOD)
    assert len(shown["truong"]) in (0, 11)
    if not row:
        assert shown["tin_duoc"]
        assert shown["hinh"].startswith("data:image/png;base64,")


@pytest.mark.parametrize(
    "fault",
    [f for f in SIGNATURE_FAULTS if not f.id.startswith(("pin", "token", "ds_", "puk"))][:30],
    ids=lambda fault: fault.id,
)
def test_verdict_answers_its_question(fault):
    """The question of the word is answered with no, and no other one; a good one has no no."""
    shown = xem_ket_luan(fault.id).trang_thai
    no = [asked["ten"] for asked in shown["hoi"] if asked["tra_loi"] == "sai"]
    questions = {
        "bi_sua": "nguyen_ven",
        "khong_ro_nguoi_ky": "nguoi_ky",
        "nguoi_ky_het_hieu_luc": "hieu_luc",
        "sai_don_vi": "don_vi",
        "qua_han": "con_moi",
        "sai_noi_dung": "noi_dung",
    }

    assert shown["tu"] == fault.word
    assert no == ([questions[fault.word]] if fault.word in questions else [])


def test_unknown_sample_is_named():
    """A misspelt name reads the nearest right one."""
    for verb in (man_hinh_token, xem_chung_thu):
        with pytest.raises(Problem, match="'tram'"):
            verb("tramm")
    with pytest.raises(Problem, match="'qua_han'"):
        xem_ho_chieu("qua_hann")
    with pytest.raises(Problem, match="không có token"):
        man_hinh_token("het_han")
