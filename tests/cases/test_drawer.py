"""The drawer of tokens and today's doses: the tables, the key and the real certificates agree."""

from __future__ import annotations

import pytest

from sosach.cases import make_case
from sosach.cases.class_pki import PIN, TRUST, practice_pki
from sosach.cases.signing.drawer import TOKENS
from sosach.grading.rubrics.signatures import signatures
from sosach.grading.seeds import practice_seed
from sosach.grading.specs import find_spec, load_spec
from sosach.signing.certificate_checks import check_certificate
from sosach.signing.certificates import kind_of, name_of, pem, unit_of
from sosach.signing.signer_checks import Case as Checked
from sosach.signing.tokens import VirtualToken
from sosach.signing.trust import load_trust

SPEC = load_spec(find_spec("k2_13_ai_duoc_ky"))
KINDS = {"tổ chức": "facility", "cá nhân": "person"}


def case_number(number):
    """A practice set for clicks."""
    return make_case(SPEC, "lam_quen", practice_seed(SPEC.id, "lam_quen", number))


@pytest.fixture(scope="module")
def case():
    """One practice set."""
    return case_number(1)


@pytest.fixture(scope="module")
def printed(case, tmp_path_factory):
    """The folder of its real tokens and trust anchors."""
    folder = tmp_path_factory.mktemp("du_lieu")
    for name, write in case.printed(practice_pki).items():
        write(folder / name)
    return folder


def fraction(case, tokens_of):
    """What signing some doses, each with a token, is worth."""
    rows = [{"ma_mui": dose, "token": token} for dose, token in tokens_of.items()]
    return signatures(rows, case.key, {}).score().fraction


def right_token(case):
    """The name of the only token that may be used."""
    able = next(iter(case.key.doses.values()))
    [name] = [name for name, token in able.tokens.items() if token.right]
    return name


@pytest.mark.parametrize("number", range(1, 6))
def test_doses_of_both_kinds(number):
    """Many doses may be signed and many may not; other units' doses are among the latter."""
    case = case_number(number)
    ready = [able for able in case.key.doses.values() if able.may]
    titles = " ".join(able.title for able in case.key.doses.values())

    assert len(ready) >= 10
    assert len(case.key.doses) - len(ready) >= 10
    assert "đơn vị đó ký" in titles
    assert "còn hồ sơ khác" in titles


def test_tables_say_everything(case):
    """Whatever stands in the key follows from tables that are on the desk."""
    assert list(case.files) == ["co_so", "token", "ho_so_giong", "uy_quyen"]
    assert [row["token"] for row in case.files["token"]] == list(TOKENS)
    assert set(case.key.doses) == set(case.pack.mui_tiem["ma_mui"].to_pylist())


def test_delegated_doses(case):
    """A dose of the health centre may be signed only where a letter for it holds today."""
    station = next(r["co_so_tiem"] for r in case.files["co_so"] if r["loai"] == "trạm y tế")
    [held] = [
        row
        for row in case.files["uy_quyen"]
        if row["don_vi_duoc_uy_quyen"] == station and row["den_ngay"] == "31/05/2022"
    ]
    for dose in case.doses():
        if case.key.doses[dose["ma_mui"]].may and dose["don_vi_nhap"] != station:
            assert dose["don_vi_nhap"] == held["don_vi_uy_quyen"]


@pytest.mark.parametrize("name", TOKENS)
def test_certificates_say_what_the_table_says(case, printed, name):
    """Each token's real certificate bears unit, kind and validity of its row."""
    row = next(row for row in case.files["token"] if row["token"] == name)
    token = VirtualToken(printed / "token" / name)
    own = token.certificates()[0]
    token.login(PIN)

    assert unit_of(own) == row["don_vi"]
    assert name_of(own) == row["chu_the"]
    assert kind_of(own) == KINDS[row["loai"]]
    assert (
        f"{own.not_valid_before_utc.astimezone(practice_pki().now.tzinfo):%d/%m/%Y}"
        == (row["hieu_luc_tu"])
    )
    assert (
        f"{own.not_valid_after_utc.astimezone(practice_pki().now.tzinfo):%d/%m/%Y}"
        == (row["hieu_luc_den"])
    )


@pytest.mark.parametrize("name", TOKENS)
def test_verifier_agrees_with_the_key(case, printed, name):
    """The verifier calls the right token good, and one of the others only where it is a neighbour's."""
    chain = VirtualToken(printed / "token" / name).certificates()
    about = Checked("certificate", name, load_trust(printed / TRUST), practice_pki().now)
    verdict = check_certificate(pem(chain[:1]), about)
    row = next(row for row in case.files["token"] if row["token"] == name)
    neighbour = "bên cạnh" in row["chu_the"]

    assert verdict.ok == (name == right_token(case) or neighbour)


def test_wrong_sign_costs_what_the_design_says(case):
    """Signing everything that may not be signed costs everything; one of them its share."""
    right = right_token(case)
    ready = {dose: right for dose, able in case.key.doses.items() if able.may}
    others = [dose for dose, able in case.key.doses.items() if not able.may]
    one = fraction(case, {**ready, others[0]: right})

    assert fraction(case, ready) == 1
    assert fraction(case, {**ready, **dict.fromkeys(others, right)}) == 0
    # its share of half the points, for its kind, and of all points, for the harm
    assert 1 - one == pytest.approx((1 / 2 + 1) / len(others))


def test_wrong_token_earns_nothing(case):
    """All right doses by any other token are worth nothing, as is an unknown one."""
    ready = [dose for dose, able in case.key.doses.items() if able.may]
    for token in {*TOKENS, "TK9", ""} - {right_token(case)}:
        assert fraction(case, dict.fromkeys(ready, token)) == 0


def test_certificates_are_no_part_of_the_fingerprint(case):
    """Whoever signs, the case is the same."""
    assert case.sha256 == case_number(1).sha256
