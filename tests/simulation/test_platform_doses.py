"""Doses: own unit, by paper; duplicates, strangers' doses, missing doses, signatures."""

import pytest

UNIT = "CS27136-1"
CERTIFICATE = {"don_vi": UNIT, "tu": "2022-01-01", "den": "2022-12-31"}


@pytest.fixture
def rows(pack):
    """Lines of the register by ``ma_mui``."""
    return {row["ma_mui"]: row for row in pack.mui_tiem.to_pylist()}


@pytest.fixture
def ask(do, rows):
    """Ask about a dose and wait; return the request's id and the answer."""

    def question(line="", record="", **more):
        sent = do("hoi_co_so", ma_ho_so=record or rows[line]["ma_ho_so"], ma_mui=line, **more)
        for _ in range(5):
            do("ngay_moi")
        request = do("hop_thu", ma_yeu_cau=sent["ma_yeu_cau"])["dong"][0]
        return sent["ma_yeu_cau"], request["tra_loi"]

    return question


def edit(do, row, column, value, **more):
    """Change a cell of a dose."""
    where = {"ma_ho_so": row["ma_ho_so"], "ma_mui": row["ma_mui"]}
    return do("sua", **where, truong=column, gia_tri=value, ly_do="sai_mui", **more)


def one(rows, lines, own=True):
    """Return a line of the own unit, or of another one."""
    return next(rows[m] for m in lines if m in rows and (rows[m]["don_vi_nhap"] == UNIT) == own)


def test_sua_dose_without_paper(do, rows, broken, refusal):
    """A dose is not corrected from memory."""
    row = one(rows, rows)

    assert refusal(edit(do, row, "so_lo", "ABC123")) == "MUI_CAN_CHUNG_TU"


def test_sua_dose_of_other_unit(do, rows, refusal):
    """Another unit's dose is asked about, not edited."""
    row = one(rows, rows, own=False)

    assert refusal(edit(do, row, "ngay_tiem", "01/09/2021")) == "MUI_DON_VI_KHAC"


def test_sua_dose_by_own_slip(do, rows, broken, refusal):
    """The own papers answer at once; what they say is taken over, anything else refused."""
    row = one(rows, broken("E53", lines=True))
    told = do("hoi_co_so", ma_ho_so=row["ma_ho_so"], ma_mui=row["ma_mui"])
    slip = told["tra_loi"]["thong_tin"]
    paper = {"chung_tu": told["ma_yeu_cau"]}

    assert refusal(edit(do, row, "ngay_tiem", "02/09/2021", **paper)) == "KHAC_CHUNG_TU"
    assert refusal(edit(do, row, "ngay_tiem", slip["ngay_tiem"], **paper)) == ""


def test_sua_dose_vaccine_spelling(do, pack, rows, broken, refusal):
    """A misspelt vaccine means one thing: anybody may write it right, without a paper."""
    right = {r["ma_mui"]: r["ten_vac_xin"] for r in pack.corrected_doses.to_pylist()}
    lines = broken("E24", lines=True)
    told = {refusal(edit(do, rows[m], "ten_vac_xin", right[m])) for m in lines}

    assert told == {""}


def test_sua_dose_date_form(do, pack, rows, refusal):
    """A date in another form that means one day only is written right without a paper."""
    right = {r["ma_mui"]: r["ngay_tiem"] for r in pack.corrected_doses.to_pylist()}
    wrong = [r for r in pack.ledger.to_pylist() if r["cause"] == "E23"]
    told = {
        (r["recoverability"], rows[r["ma_mui"]]["don_vi_nhap"] == UNIT): refusal(
            edit(do, rows[r["ma_mui"]], "ngay_tiem", right[r["ma_mui"]])
        )
        for r in wrong
    }
    expected = {("from_cell", True): "", ("needs_source_document", True): "MUI_CAN_CHUNG_TU"}

    assert told == {key: expected.get(key, "MUI_DON_VI_KHAC") for key in told}


def test_xoa_mui_trung(do, rows, pack, broken, refusal):
    """The second entry goes, the one with the lot stays; another unit's needs its answer."""
    keys = {r["ma_mui"]: r["evidence"]["key"] for r in pack.ledger.to_pylist() if r["ma_mui"]}
    for line in broken("E41", lines=True):
        kept, own = keys[line], rows[line]["don_vi_nhap"] == UNIT
        if not rows[line]["so_lo"]:
            wrong = refusal(do("xoa_mui_trung", ma_mui=kept, ma_mui_giu=line))
            assert wrong == "XOA_DONG_DAY_DU"
        told = refusal(do("xoa_mui_trung", ma_mui=line, ma_mui_giu=kept))
        assert told == ("" if own else "MUI_DON_VI_KHAC")


def test_xoa_mui_trung_by_answer(do, rows, pack, ask, broken, refusal):
    """Another unit's second entry is deleted by its answer: there is one slip alone."""
    keys = {r["ma_mui"]: r["evidence"]["key"] for r in pack.ledger.to_pylist() if r["ma_mui"]}
    for line in broken("E41", lines=True):
        paper, answer = ask(line)
        if answer["loai"] == "co_phieu" and rows[line]["don_vi_nhap"] != UNIT:
            told = do("xoa_mui_trung", ma_mui=line, ma_mui_giu=keys[line], chung_tu=paper)
            assert refusal(told) == ""
            return
    pytest.fail("no site answered")


def test_xoa_mui_trung_versions(do, pack, broken, refusal):
    """Two versions of a dose that contradict each other are no double entry."""
    for line in broken("E42", lines=True):
        row = next(r for r in pack.link.to_pylist() if r["ma_mui"] == line)
        other = next(
            r["ma_mui"]
            for r in pack.link.to_pylist()
            if r["dose_id"] == row["dose_id"] and r["ma_mui"] != line
        )
        told = do("xoa_mui_trung", ma_mui=line, ma_mui_giu=other)
        assert refusal(told) == "KHONG_PHAI_NHAP_TRUNG"


def test_go_mui(do, ask, broken, refusal):
    """A dose of somebody else goes after the site's answer, not before."""
    line = broken("E43", lines=True)[0]
    early = do("go_mui", ma_mui=line, chung_tu="")
    told = [(m, *ask(m)) for m in broken("E43", lines=True)]
    found = [(m, paper) for m, paper, answer in told if answer["loai"] == "nguoi_khac"]
    late = do("go_mui", ma_mui=found[0][0], chung_tu=found[0][1])

    assert refusal(early) == "GO_CAN_TRA_LOI"
    assert refusal(late) == ""
    assert found[0][0] not in {d["ma_mui"] for d in do("mo", ma_ho_so=late["ma_ho_so"])["mui"]}


def test_go_mui_right_dose(do, ask, rows, broken, refusal):
    """A dose that the site confirms is not removed."""
    line = one(rows, broken("E53", lines=True))["ma_mui"]
    paper, _ = ask(line)

    assert refusal(do("go_mui", ma_mui=line, chung_tu=paper)) == "CO_SO_KHONG_BAO_SAI_NGUOI"


def test_them_mui(do, ask, broken, refusal):
    """A missing dose is entered from its slip where the own unit must sign it, and only then."""
    seen = set()
    for record in broken("E50"):
        paper, answer = ask(record=record)
        slip = answer["thong_tin"]
        if not slip:
            continue
        cells = {n: slip[n] for n in ("mui", "ten_vac_xin", "so_lo", "ngay_tiem", "co_so_tiem")}
        bare = do("them_mui", ma_ho_so=record, **cells, chung_tu="")
        wrong = do(
            "them_mui", ma_ho_so=record, **{**cells, "ngay_tiem": "01/01/2022"}, chung_tu=paper
        )
        told = do("them_mui", ma_ho_so=record, **cells, chung_tu=paper)
        again = do("them_mui", ma_ho_so=record, **cells, chung_tu=paper)
        assert refusal(bare) == "THEM_CAN_PHIEU"
        assert refusal(wrong) == "KHAC_CHUNG_TU"
        own = slip["don_vi_nhap"] == UNIT
        assert refusal(told) == ("" if own else "THEM_DON_VI_KHAC")
        assert refusal(again) == ("MUI_DA_CO" if own else "THEM_DON_VI_KHAC")
        seen.add(own)

    assert seen == {True, False}


def test_ky_and_edit(do, refusal):
    """What the gate lets through is signed once; an edit afterwards asks for a new signature."""
    ready = do("duoc_ky_hom_nay", chung_thu=CERTIFICATE)["dong"]
    line = ready[0]["ma_mui"]
    first = do("ky", ma_mui=[line], chung_thu=CERTIFICATE)
    again = do("ky", ma_mui=[line], chung_thu=CERTIFICATE)
    record = do("mo", ma_ho_so=ready[0]["ma_ho_so"])
    do(
        "sua",
        ma_ho_so=ready[0]["ma_ho_so"],
        truong="ho_ten",
        gia_tri=record["ho_so"]["ho_ten"].upper(),
        ly_do="loi_go",
    )
    reasons = do("vi_sao_chua_ky", ma_mui=line)["ly_do"]

    assert first["da_ky"] == [line]
    assert [r["quy_tac"] for r in again["dong_tu_choi"][0]["ly_do"]] == ["DA_KY"]
    assert [r["quy_tac"] for r in reasons] == ["PHAI_GIAI_TRINH"]


def test_ky_no_certificate(do):
    """Without a certificate nothing is signed."""
    line = do("duoc_ky_hom_nay")["dong"][0]["ma_mui"]
    told = do("ky", ma_mui=[line], chung_thu={})

    assert told["da_ky"] == []
    assert told["dong_tu_choi"][0]["ly_do"][0]["quy_tac"] == "CHUNG_THU_THIEU"


def test_duoc_ky_agrees_with_why(do, rows):
    """The list of what may be signed and the reasons of each dose tell the same."""
    ready = {row["ma_mui"] for row in do("duoc_ky_hom_nay")["dong"]}
    told = {m for m in rows if do("vi_sao_chua_ky", ma_mui=m)["duoc_ky"]}

    assert ready == told
    assert len(ready) > 100


@pytest.mark.parametrize("code", ["E41", "E42", "E51", "E54", "E23", "E24", "E59", "E60"])
def test_duoc_ky_not_spoiled(do, broken, code):
    """Doses with an error that can be seen are never on the list."""
    ready = {row["ma_mui"] for row in do("duoc_ky_hom_nay")["dong"]}

    assert not ready & set(broken(code, lines=True))


@pytest.mark.parametrize("code", ["E01", "E02", "E09", "E10", "E40", "E90"])
def test_duoc_ky_not_unverified(do, broken, code):
    """No dose of a wrong record, nor of somebody with two records, is on the list."""
    ready = {row["ma_ho_so"] for row in do("duoc_ky_hom_nay")["dong"]}

    assert not ready & set(broken(code))
