"""Signed doses, lists and certificates: what is seen decides, and the real verifiers say the same."""

from __future__ import annotations

from generator.facts import table
from sosach.cases.signing.dealing import local
from sosach.cases.signing.prints_certificates import moment_of
from sosach.cases.signing.signature_desk import NOW, SIGNED_CELLS
from sosach.cases.signing.signature_kinds import KINDS
from sosach.signing.certificate_checks import check_certificate
from sosach.signing.dose_checks import DoseChecker, View
from sosach.signing.lists import Expected, check_list
from sosach.signing.signer_checks import Case
from sosach.signing.trust import load_trust
from sosach.signing.verdicts import table as words

EXERCISE = "k2_14_kiem_tra_chu_ky"
#: kind -> the one thing that the verifiers find, "" for nothing; a good one may have a note
FOUND = {
    **dict.fromkeys(("tot", "ky_lai", "treo_xong", "ky_thay", "ds_tot", "ct_tot"), ""),
    "het_han_sau": "EXPIRED_SINCE",
    "thu_hoi_sau_co_dau": "REVOKED_LATER",
    **dict.fromkeys(("sua_mui", "sua_ngay", "sua_ten", "sua_so_lo"), "CONTENT_ALTERED"),
    "ds_them": "PDF_EXTENDED",
    **dict.fromkeys(("noi_cap_la", "ct_noi_cap_la"), "SIGNER_UNKNOWN"),
    "chua_ky": "UNSIGNED_DOSE",
    "ds_chua_ky": "PDF_UNSIGNED",
    "het_han_khi_ky": "CERT_EXPIRED",
    **dict.fromkeys(("thu_hoi_truoc", "ct_thu_hoi"), "CERT_REVOKED"),
    "thu_hoi_sau_khong_dau": "REVOKED_TIME_UNPROVEN",
    "truoc_hieu_luc": "NOT_YET_VALID",
    "don_vi_khac": "WRONG_FACILITY",
    **dict.fromkeys(("ca_nhan", "ct_ca_nhan"), "WRONG_CERT_KIND"),
    "ban_cu": "SUPERSEDED",
    "ds_khac": "LIST_WRONG",
    **dict.fromkeys(("dang_treo", "treo_luc_ky"), "NOT_SIGNABLE"),
    **dict.fromkeys(("thu_hoi_cu", "ct_thu_hoi_cu"), "CRL_STALE"),
    "tep_hong": "CMS_BROKEN",
}
CHECKED = moment_of(f"{NOW:%d/%m/%Y %H:%M}")


def by_hand(row, listed):
    """The plain word, as somebody finds it who asks one question after the other."""
    if row["tinh_trang_tep"] != "mở được":
        return "chua_ket_luan"
    if not row["chu_the"] or row["noi_cap"] not in listed:
        return "khong_ro_nguoi_ky"
    if local(f"{row['thu_hoi_den']} 00:00") < NOW:
        return "chua_ket_luan"
    copy = [row[name] == row[f"ky_{name}"] for name in SIGNED_CELLS if row["ky_ho_ten"]]
    if not all(copy) or row["tep_dai_them"] not in ("", "0"):
        return "bi_sua"
    signed = local(row["ngay_ky"])
    revoked = local(row["thu_hoi_tu"]) if row["thu_hoi_tu"] else None
    valid = local(row["hieu_luc_tu"]) <= signed <= local(row["hieu_luc_den"])
    if not valid or (revoked and (revoked <= signed or not row["dau_thoi_gian"])):
        return "nguoi_ky_het_hieu_luc"
    units = {row["don_vi_nhap"] or row["don_vi"], row["giao_ky_thay"]}
    if row["don_vi"] not in units or row["loai_chung_thu"] != "đơn vị":
        return "sai_don_vi"
    if row["lan_ky"] != row["lan_ky_moi_nhat"] or row["ma_danh_sach"] != row["ky_ma_danh_sach"]:
        return "qua_han"
    lifted = local(row["treo_den"]) if row["treo_den"] else None
    held = row["treo"] and (lifted is None or signed < lifted)
    return "sai_noi_dung" if held else "tot"


def test_signatures_can_be_solved_by_reading(desk):
    """The facts in the table are enough for every plain word."""
    listed = {row["noi_cap"] for row in desk.case.files["noi_cap"]}

    assert desk.wrong(lambda row: by_hand(row, listed)) == {}


def test_signatures_fit_the_real_files(desk):
    """The verifiers give every printed file the word of the key."""
    judge = verifier(desk)

    assert desk.wrong(lambda row: judge(row).word) == {}


def verifier(desk):
    """What judges the file of a row."""
    folder, trust = desk.folder, load_trust(desk.folder / "tin_cay")
    rows = {row["doi_tuong_kiem_tra"]: row for row in desk.rows}
    people = {row["ma_ho_so"]: row for row in desk.case.pack.doi_tuong.to_pylist()}
    doses = {row["ma_mui"]: row for row in desk.case.pack.mui_tiem.to_pylist()}
    view = View(
        trust,
        CHECKED,
        delegations={row["giao_ky_thay"]: {row["don_vi_nhap"]} for row in desk.rows},
        held={name: row["treo"] for name, row in rows.items() if is_held(row)},
        known={n: int(row["lan_ky_moi_nhat"]) for n, row in rows.items() if row["lan_ky"]},
    )
    checker = DoseChecker(folder / "chu_ky", view)

    def judge(row):
        item = row["doi_tuong_kiem_tra"]
        if row["loai"] == "Mũi tiêm":
            cells = {**people[row["ma_ho_so"]], **doses[item]}
            return checker.verdict({name: value or "" for name, value in cells.items()})
        data = (
            folder / {"Danh sách": "danh_sach"}.get(row["loai"], "chung_thu") / row["tep"]
        ).read_bytes()
        if row["loai"] == "Danh sách":
            wanted = Expected(trust, CHECKED, row["don_vi_nhap"], row["ma_danh_sach"])
            return check_list(data, wanted, item)
        return check_certificate(data, Case("certificate", item, trust, CHECKED))

    return judge


def is_held(row):
    """Tell whether the record was held back when its dose was signed."""
    return row["treo"] and (not row["treo_den"] or local(row["ngay_ky"]) < local(row["treo_den"]))


def test_signatures_have_one_fault_each(desk):
    """The verifiers find exactly what was planted: expired then or since, revoked before or later."""
    judge, codes = verifier(desk), {kind.title: FOUND[kind.id] for kind in KINDS}
    wrong = {}
    for row in desk.rows:
        title = desk.case.key.choices[row["doi_tuong_kiem_tra"]].title
        found = set(judge(row).codes)
        if found != {codes[title]} - {""}:
            wrong[title] = found

    assert wrong == {}


def test_signatures_answers_are_the_words_of_the_verifier():
    """The closed answers are the verifier's words, in the same Vietnamese."""
    rows = {r["code"]: r["meaning_vi"] for r in table("verdict_codes") if r["exercise"] == EXERCISE}

    assert rows == {name: word["vi"] for name, word in words("words").items()}


def test_signatures_tell_the_register_now(desk):
    """The row beside the signed copy is what the register says."""
    doses = {row["ma_mui"]: row for row in desk.case.pack.mui_tiem.to_pylist()}
    people = {row["ma_ho_so"]: row for row in desk.case.pack.doi_tuong.to_pylist()}
    for row in desk.rows:
        dose = doses.get(row["doi_tuong_kiem_tra"])
        if dose:
            now = {**people[dose["ma_ho_so"]], **dose}

            assert {n: row[n] for n in SIGNED_CELLS} == {n: now[n] or "" for n in SIGNED_CELLS}
