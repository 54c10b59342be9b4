"""What lies beside letters, slips and figures on the screen, and what practice says of them."""

import pytest

from sosach.course.casefiles import case_of
from sosach.course.trial import lam_thu, xem_ho_so
from sosach.course.workplace import practice_set
from sosach.grading.specs import find_spec, load_spec


def opened(exercise):
    """The data of a practice set and its case file."""
    spec = load_spec(find_spec(exercise))
    place = practice_set(spec)
    return place, case_of(spec, place)


def cells(papers):
    """Every cell of some papers with its value as a number."""
    return {
        name: int(text.replace(".", ""))
        for paper in papers
        for name, text in (paper.cells or {}).items()
        if text.replace(".", "").isdigit()
    }


@pytest.fixture(scope="module")
def report():
    """The exercise of figures: data, and papers by figure."""
    place, case = opened("k1_11_bao_cao_tien_do")
    return place, {record.id: record.papers for record in case.records}


def test_report_register_is_counted(report):
    """What is counted of the register adds up to its lines."""
    place, papers = report

    assert sum(cells(papers["ho_so"]).values()) == len(place.doi_tuong)
    assert sum(cells(papers["mui_cho_ky"]).values()) == len(place.mui_tiem)


def test_report_figures_can_be_read(report):
    """The ward's figures stand on the papers beside them or are sums of what stands there."""
    place, papers = report
    figures = {name: figure.value for name, figure in place.key.figures.items()}
    quarters, doses = cells(papers["khu_pho_nhieu_nhat"]), cells(papers["mui_cho_ky"])

    assert max(quarters.values()) == figures["khu_pho_nhieu_nhat"]
    assert sum(quarters.values()) == figures["ho_so_can_xac_minh"]
    assert doses["Trạm nhập, chưa ký, hồ sơ Đúng"] == figures["mui_cho_ky"]


def test_report_district_is_added_up(report):
    """The line of sums is the district's; other units bear no name of a real ward."""
    place, papers = report
    total, wards = papers["quan_da_gui"]

    assert place.key.figures["quan_da_gui"].value == cells([total])["Hồ sơ đã gửi công an"]
    own, *others = wards.cells
    assert own in total.source
    assert all(name.startswith("Đơn vị ") for name in others)


def test_letters_name_the_unit_in_charge():
    """Beside a letter stands who enters the doses of the place that was typed, as the list has it."""
    place, case = opened("k1_09_phan_anh")
    sites = {row["co_so_tiem"]: row for row in place.tables["co_so"].to_dict("records")}
    typed = dict(place.tables["phan_anh"][["ma_phan_anh", "khai_co_so_tiem"]].to_numpy())
    for record in case.records:
        site = sites.get(typed[record.id])
        unit = sites[site["don_vi_nhap"]]["ten_co_so"] if site else ""

        assert record.cells[-1] == unit


def test_letters_practice_knows_reasons():
    """Where a letter is refused practice accepts the true reasons only, and names them."""
    place, case = opened("k1_09_phan_anh")
    for name, choice in place.key.choices.items():
        answer = case.key.answers[case.key.of[name]]
        acts = [act for some in (*answer.must, answer.may) for act in some]
        told = {act.code: set(act.reasons) for act in acts if act.reasons}

        assert told == choice.reasons
        assert choice.title[1:] in answer.why


def test_slips_are_compared_with_the_same_slot():
    """Of the holder's doses the one of the slip's own slot lies first."""
    place, case = opened("k1_10_nhap_hoi_cuu")
    slips = {row["ma_phieu"]: row for row in place.tables["chong_phieu"].to_dict("records")}
    beside = [
        (slips[record.id]["mui"], [paper.cells["mui"] for paper in record.papers if paper.cells])
        for record in case.records
    ]

    assert any(len(doses) > 1 for _, doses in beside)
    assert all(doses[0] == slot for slot, doses in beside if slot in doses)


def test_slips_of_nobody_say_so():
    """A slip whose holder has no record shows that the register was searched."""
    place, case = opened("k1_10_nhap_hoi_cuu")
    for record in case.records:
        known = place.key.choices[record.id].answers & {"HOLD", "CONTACT_CITIZEN"}

        assert record.papers
        if not known:
            assert record.papers[0].title.startswith("Hồ sơ ")


@pytest.mark.parametrize("bai", ["02", "09", "10", "11"])
def test_samples_open(bai):
    """The records of a lesson open with the buttons of its form, and each by itself."""
    screen = lam_thu(bai)

    assert screen.ho_so["form"]["actions"]
    for record in screen.ho_so["records"]:
        assert xem_ho_so(record["id"]).ho_so["mode"] == "show"
