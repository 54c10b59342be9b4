import unicodedata

import pytest

from generator.packs import Recipe, make_pack
from generator.scenario import load_scenario
from sosach.simulation.people.citizens import COMES, KEPT, respond
from sosach.simulation.truth import Truth

ERRORS = {
    **dict.fromkeys(("E06", "E13", "E17", "E43", "E44", "E50", "E70", "E71", "E72", "E73"), 0.04),
    "E18": 0.08,
}
SEEDS = range(6)


@pytest.fixture(scope="module")
def pack():
    """400 records of people with all sorts of papers."""
    scenario = load_scenario("tp-hcm-2022")
    return make_pack(Recipe(scenario, ("27136",), ERRORS, {"D12": 0.03}), 400, 4)


@pytest.fixture(scope="module")
def truth(pack):
    """What is really so."""
    return Truth(
        {
            "ledger": pack.ledger.to_pylist(),
            "link": pack.link.to_pylist(),
            "dan_cu": pack.people.to_pylist(),
            "mui_that": pack.given.to_pylist(),
            "co_so": pack.sites.to_pylist(),
        }
    )


@pytest.fixture(scope="module")
def records(pack):
    """Ids of all records."""
    return pack.doi_tuong["ma_ho_so"].to_pylist()


@pytest.fixture(scope="module")
def visits(records, truth):
    """Who comes, under some seeds."""
    told = [(record, respond(record, truth, seed)) for record in records for seed in SEEDS]
    return [(record, visit) for record, visit in told if visit]


def struck(pack, cause):
    """Return the records that an error befell."""
    return {row["ma_ho_so"] for row in pack.ledger.to_pylist() if row["cause"] == cause}


def cards(visit):
    """Return the identity papers of a visit."""
    return [paper for paper in visit.papers if "mui" not in paper.shows]


def test_respond_share(visits, records):
    """About as many come as was set; the others stay away."""
    n = len(records) * len(SEEDS)

    # five standard deviations
    assert abs(len(visits) - n * COMES) < 5 * (n * COMES * (1 - COMES)) ** 0.5
    assert {visit.days for _, visit in visits} == {1, 2, 3, 4, 5}


def test_respond_papers_tell_the_truth(visits, truth):
    """Every paper bears what the population database and the slips say, whatever the register has."""
    for record, visit in visits:
        known = truth.person(record)
        doses = [dose["ngay_tiem"] for dose in truth.given(record)]
        for paper in visit.papers:
            same = {"ho_ten", "ngay_sinh", "gioi_tinh", "so_giay_to", "quoc_tich"} & set(
                paper.shows
            )
            assert same
            assert all(paper.shows[name] == known[name] for name in same)
            assert "ngay_tiem" not in paper.shows or paper.shows["ngay_tiem"] in doses


def test_respond_brings_the_slip_of_a_missing_dose(pack, visits, truth):
    """What was never entered can stand on a slip at home."""
    missing = struck(pack, "E50")
    shown = [
        (record, {p.shows["ngay_tiem"] for p in visit.papers if "mui" in p.shows})
        for record, visit in visits
        if record in missing
    ]
    absent = {r: next(d for d in truth.given(r) if not d["ma_mui"])["ngay_tiem"] for r in missing}

    assert any(absent[record] in days for record, days in shown)


def test_respond_never_brings_a_slip_of_an_intruder(pack, visits, truth):
    """Nobody has a slip of a dose that somebody else was given, and says how many there were."""
    lines = pack.mui_tiem.to_pylist()
    intruders = struck(pack, "E43")
    for record, visit in visits:
        if record in intruders and visit.who == "đương sự":
            entered = [line for line in lines if line["ma_ho_so"] == record]
            assert visit.facts["so_mui"] == str(len(truth.given(record)))
            assert len(entered) == len(truth.given(record)) + 1
            assert f"tiêm {visit.facts['so_mui']} mũi" in visit.sentence


def test_respond_with_a_former_card_in_the_qr(visits, truth):
    """The QR code of a CCCD names the card that it replaced, and only where there was one."""
    for record, visit in visits:
        former = truth.person(record)["so_cmnd_cu"]
        for card in cards(visit):
            if card.kind == "Căn cước công dân":
                assert card.shows.get("qr_so_cmnd_cu", "") == former
    assert any("qr_so_cmnd_cu" in card.shows for _, visit in visits for card in cards(visit))


@pytest.mark.parametrize(
    ("cause", "kinds"),
    [
        ("E17", {"Trích lục thay đổi hộ tịch"}),
        ("E70", {"Hộ chiếu"}),
        ("E71", {"Giấy khai sinh"}),
        ("E72", {"Hộ chiếu Việt Nam"}),
        ("E73", set()),
    ],
)
def test_respond_with_the_papers_of_a_case(pack, visits, cause, kinds):
    """Who has changed the name, is foreign, a child, from abroad or without papers brings that."""
    concerned = struck(pack, cause)
    brought = {
        card.kind for record, visit in visits if record in concerned for card in cards(visit)
    }
    alive = {card for card in brought if card != "Trích lục khai tử"}

    assert concerned
    assert alive >= kinds
    assert cause == "E17" or alive == kinds


def test_respond_for_the_dead_and_those_who_moved(visits, truth):
    """Of the dead the family comes, with the extract; who moved away calls and brings nothing."""
    seen = set()
    for record, visit in visits:
        state = truth.person(record)["tinh_trang"]
        if state == "sống":
            assert visit.who in ("đương sự", "phụ huynh")
        else:
            seen.add(visit.who)
            assert visit.facts["tinh_trang"] == state
            assert bool(visit.papers) == (state == "đã mất")
            assert visit.who == {"đã mất": "người nhà", "chuyển đi": "điện thoại"}[state]
    assert seen == {"người nhà", "điện thoại"}


def test_respond_children_come_with_a_parent(visits, truth):
    """Who was born in 2009 or later has no card and does not come alone."""
    for record, visit in visits:
        person = truth.person(record)
        child = person["ngay_sinh"][-4:] >= "2009" and person["tinh_trang"] == "sống"
        assert (visit.who == "phụ huynh") == child
        assert not child or "Căn cước công dân" not in {paper.kind for paper in visit.papers}


def test_respond_merged_people_hint_at_each_other(pack, visits):
    """Whose record holds a second person knows of somebody with the same name and birth date."""
    merged = struck(pack, "E44")
    hint = "trùng họ tên, trùng ngày sinh"
    told = {record for record, visit in visits if hint in visit.sentence}

    assert merged
    assert told == {r for r, visit in visits if r in merged and visit.who == "đương sự"}


def test_respond_again(records, truth):
    """Who stayed away may come when invited again; a slip that was lost stays lost."""
    first = {r: respond(r, truth, 1) for r in records}
    second = {r: respond(r, truth, 1, invitation=2) for r in records}
    away = [r for r, visit in first.items() if visit is None]

    assert 0 < sum(second[r] is not None for r in away) < len(away)
    for record, visit in first.items():
        if visit and second[record]:
            assert visit.papers == second[record].papers


def test_respond_slips_are_kept_about_as_often_as_set(visits, truth):
    """Most slips are still at home."""
    asked = [(r, v) for r, v in visits if v.who in ("đương sự", "phụ huynh")]
    given = sum(len(truth.given(record)) for record, _ in asked)
    kept = sum(len(visit.papers) - len(cards(visit)) for _, visit in asked)

    # by dose and seed, each up to once; five standard deviations
    assert abs(kept - given * KEPT) < 5 * (given * KEPT * (1 - KEPT)) ** 0.5


def test_respond_whatever_was_asked_before(records, truth):
    """The order of invitations changes nothing."""
    there = [respond(record, truth, 1) for record in records]

    assert there == [respond(record, truth, 1) for record in reversed(records)][::-1]


def test_respond_of_nobody(truth):
    """For a record of nobody nobody comes."""
    assert all(respond("HS0", truth, seed) is None for seed in range(20))


def test_respond_speaks_vietnamese(visits):
    """Sentences are whole, and written with composed letters."""
    for _, visit in visits:
        assert visit.sentence == unicodedata.normalize("NFC", visit.sentence)
        assert visit.sentence[0].isupper()
        assert visit.sentence.endswith(".")
