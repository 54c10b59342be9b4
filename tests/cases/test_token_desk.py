"""Situations with tokens: what is seen decides, and the real certificate says the same."""

from __future__ import annotations

from sosach.cases import make_case
from sosach.cases.signing.dealing import local
from sosach.cases.signing.prints_certificates import moment_of
from sosach.grading.specs import find_spec, load_spec
from sosach.signing.certificate_checks import check_certificate
from sosach.signing.certificates import load_certificate, unit_of
from sosach.signing.signer_checks import Case
from sosach.signing.trust import load_trust

EXERCISE = "k2_12_chung_thu_va_token"


def by_hand(row, listed):
    """The next step, as somebody finds it who reads the papers from the top."""
    now, clock = local(row["luc"]), local(row["dong_ho_may"])
    begins, ends = local(row["hieu_luc_tu"]), local(row["hieu_luc_den"])
    if not row["vi_tri"].startswith("cắm"):
        return "BAO_THU_HOI"
    own = row["loai_chung_thu"] == "đơn vị" and row["don_vi"] == row["don_vi_ky"]
    if not own or row["noi_cap"] not in listed:
        return "KHONG_DUNG"
    if row["so_seri"] == row["seri_thu_hoi"] or ends < now or row["may_nhan"] != "có":
        return "XIN_CAP_MOI"
    if now < begins or not begins <= clock <= ends:
        return "CHO_HIEU_LUC"
    if row["con_lai"] == "0":
        return "MO_KHOA"
    if row["pin"] != "trạm đã đổi":
        return "DOI_PIN"
    return "THU_LAI" if row["so_lan_sai"] != "0" else "KY_DUOC"


def test_situations_can_be_solved_by_reading(desk):
    """The facts in the table are enough for every answer."""
    listed = {row["noi_cap"] for row in desk.case.files["noi_cap"]}

    assert desk.wrong(lambda row: by_hand(row, listed)) == {}


def test_situations_fit_the_real_certificates(desk):
    """The verifier judges the printed certificate as the key does, by the right clock and by that of the computer."""
    trust = load_trust(desk.folder / "tin_cay")

    def verdict(row):
        item = row["doi_tuong_kiem_tra"]
        data = (desk.folder / "chung_thu" / f"{item}.pem").read_bytes()
        now, clock = (
            check_certificate(data, Case("certificate", item, trust, moment_of(row[name])))
            for name in ("luc", "dong_ho_may")
        )
        foreign = unit_of(load_certificate(data)) != row["don_vi_ky"]
        codes = set(now.codes)
        if foreign or codes & {"WRONG_CERT_KIND", "SIGNER_UNKNOWN"}:
            return {"KHONG_DUNG"}
        if codes & {"CERT_EXPIRED", "CERT_REVOKED"}:
            return {"XIN_CAP_MOI"}
        if "NOT_YET_VALID" in codes or {"NOT_YET_VALID", "CERT_EXPIRED"} & set(clock.codes):
            return {"CHO_HIEU_LUC"}
        of_token = {"KY_DUOC", "DOI_PIN", "THU_LAI", "MO_KHOA", "BAO_THU_HOI"}
        return of_token | ({"XIN_CAP_MOI"} if row["may_nhan"] != "có" else set())

    choices = desk.case.key.choices
    assert [r for r in desk.rows if not verdict(r) & choices[r["doi_tuong_kiem_tra"]].answers] == []


def test_situations_papers_hold_every_fact(desk):
    """Whoever only clicks sees on papers or the card whatever the table says."""
    for row in desk.rows:
        cells = {}
        for paper in desk.case.papers[row["doi_tuong_kiem_tra"]]:
            cells |= paper.cells
        on_card = {"doi_tuong_kiem_tra", "loai", "noi_dung", "don_vi_ky"}

        assert {n: v for n, v in row.items() if v and n not in on_card and cells.get(n) != v} == {}


def test_situations_traps():
    """Another try on a locked token does harm, as signing does wherever it is not right."""
    case = make_case(load_spec(find_spec(EXERCISE)), "lam_quen", 9)
    for choice in case.key.choices.values():
        assert ("KY_DUOC" in choice.harmful) == ("KY_DUOC" not in choice.answers)
        assert ("THU_LAI" in choice.harmful) == ("MO_KHOA" in choice.answers)
