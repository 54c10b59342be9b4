"""Merging and splitting need evidence; no dose is lost."""

import pytest

pytestmark = pytest.mark.parametrize("database", ["sqlite", "postgresql"], indirect=True)


@pytest.fixture
def pairs(pack):
    """Second record -> the record that stays, of everybody who has two."""
    return {
        r["ma_ho_so"]: r["keep_ma_ho_so"]
        for r in pack.link.to_pylist()
        if r["role"] == "duplicate" and not r["ma_mui"]
    }


def lines(do, record):
    """Return the doses of a record."""
    return {d["ma_mui"] for d in do("mo", ma_ho_so=record)["mui"]}


def test_gop_by_police(do, pairs, from_police, refusal):
    """The police's list ties the two; the record that stays has all doses, the other is closed."""
    list_id, rows = from_police(*pairs, *pairs.values())
    tied = {gone: kept for gone, kept in pairs.items() if rows[gone]["ket_qua"] == "Trùng"}
    assert len(tied) > 1
    for gone, kept in tied.items():
        before = lines(do, gone) | lines(do, kept)
        told = do("gop", ma_ho_so_giu=kept, ma_ho_so_bo=gone, ma_danh_sach=list_id)
        after = do("mo", ma_ho_so=gone)

        assert refusal(told) == ""
        assert lines(do, kept) == before
        assert (after["ho_so"]["gop_vao"], after["mui"]) == (kept, [])


def test_gop_closed_record(do, pairs, from_police, refusal):
    """A record that was merged into another one is not edited any more."""
    gone, kept = next(iter(pairs.items()))
    list_id, _ = from_police(gone, kept)
    do("gop", ma_ho_so_giu=kept, ma_ho_so_bo=gone, ma_danh_sach=list_id)

    assert refusal(do("tam_giu", ma_ho_so=gone, ly_do="trung_ho_so")) == "HO_SO_DA_GOP"


def test_gop_wrong_way(do, pairs, from_police, refusal):
    """The verified record stays."""
    found = {r: do("mo", ma_ho_so=r)["ho_so"]["trang_thai"] for r in (*pairs, *pairs.values())}
    gone, kept = next((g, k) for g, k in pairs.items() if found[k] == "DUNG" and found[g] != "DUNG")
    list_id, _ = from_police(gone, kept)
    told = do("gop", ma_ho_so_giu=gone, ma_ho_so_bo=kept, ma_danh_sach=list_id)

    assert refusal(told) == "GIU_HO_SO_DA_XAC_MINH"


def test_gop_without_evidence(do, pack, refusal):
    """Twins, and strangers of the same name, are not merged."""
    rows = [r for r in pack.link.to_pylist() if r["decoy"] in ("D06", "D07") and not r["ma_mui"]]
    records = sorted({r["ma_ho_so"] for r in rows})
    told = {
        refusal(do("gop", ma_ho_so_giu=a, ma_ho_so_bo=b))
        for a in records
        for b in records
        if a != b
    }

    assert told == {"GOP_THIEU_CAN_CU"}


def test_gop_shared_number(do, pack, broken, refusal):
    """One number used by two people is no evidence that they are one."""
    numbers = {r["ma_ho_so"]: r["so_giay_to"] for r in pack.doi_tuong.to_pylist()}
    for one in broken("E07"):
        for two, number in numbers.items():
            if two != one and number == numbers[one]:
                told = do("gop", ma_ho_so_giu=two, ma_ho_so_bo=one)
                assert refusal(told) == "GOP_THIEU_CAN_CU"
                return
    pytest.fail("no shared number in the pack")


def test_gop_itself(do, broken, refusal):
    """A record is not merged into itself."""
    record = broken("E01")[0]

    assert refusal(do("gop", ma_ho_so_giu=record, ma_ho_so_bo=record)) == "GOP_CHINH_NO"


@pytest.fixture
def merged(pack, broken):
    """Return a record of two people and the second one's doses."""
    second = {
        r["person_id"] for r in pack.link.to_pylist() if r["role"] == "split" and not r["ma_mui"]
    }
    rows = [r for r in pack.link.to_pylist() if r["person_id"] in second and r["ma_mui"]]
    record = rows[0]["ma_ho_so"]
    return record, sorted(r["ma_mui"] for r in rows if r["ma_ho_so"] == record)


def test_tach(do, merged, from_police, refusal):
    """After the police's answer the second person has a record of their own, with their doses."""
    record, doses = merged
    before = lines(do, record)
    list_id, rows = from_police(record)
    told = do("tach", ma_ho_so=record, ma_mui=doses, ma_danh_sach=list_id)

    assert "Có hai người" in rows[record]["ghi_chu"]
    assert refusal(told) == ""
    assert lines(do, told["ma_ho_so"]) == set(doses)
    assert lines(do, record) == before - set(doses)


def test_tach_one_person(do, from_police, broken, refusal):
    """A record of one person is not split."""
    record = broken("E10")[0]
    list_id, _ = from_police(record)
    told = do("tach", ma_ho_so=record, ma_mui=sorted(lines(do, record)), ma_danh_sach=list_id)

    assert refusal(told) == "TACH_CAN_CONG_AN"


def test_tach_early(do, merged, refusal):
    """Before the police have answered nothing is split."""
    record, doses = merged

    assert (
        refusal(do("tach", ma_ho_so=record, ma_mui=doses, ma_danh_sach="")) == "KHONG_CO_DANH_SACH"
    )
