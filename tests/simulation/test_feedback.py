import json
import re
import unicodedata
from collections import Counter, defaultdict
from datetime import date, datetime, timedelta
from statistics import mean

import pytest

from generator import facts
from generator.city import Request, make_ward
from generator.places import wards
from generator.scenario import load_scenario
from sosach.simulation.people.citizens import feedback_queue, respond
from sosach.simulation.people.feedback import DECK, true_reasons
from sosach.simulation.people.feedback_photos import SLIP, Paper
from sosach.simulation.truth import TABLES, Truth

SEED = 11
DAYS = [date(2022, 5, 9) + timedelta(days=i) for i in range(12)]
STATION = "CS27136-1"


@pytest.fixture(scope="module")
def tables():
    """A ward in which much has gone wrong."""
    made, _ = make_ward(wards()["27136"], Request(2, 0.3, load_scenario("phuong-mau")))
    return {name: made[name].to_pylist() for name in TABLES}


@pytest.fixture(scope="module")
def truth(tables):
    """What is really so in it."""
    return Truth(tables)


@pytest.fixture(scope="module")
def queue(truth):
    """Twelve days of letters."""
    return [letter for day in DAYS for letter in feedback_queue(truth, SEED, day, len(DECK))]


def paper_of(letter):
    """Return the photo that is no portrait, None where there is none."""
    shown = [photo for photo in letter.noi_dung["anh"] if photo["loai"] != "Ảnh chân dung"]
    assert len(shown) <= 1
    return shown[0] if shown else None


def marks(text):
    """Return the letters of a text without their marks, D for Đ."""
    apart = unicodedata.normalize("NFD", text.replace("đ", "d").replace("Đ", "D"))
    return "".join(c for c in apart if not unicodedata.combining(c)).upper()


def prove(letter):
    """Return the reasons that a reader finds who has the photo's words and what was typed, no more."""
    paper, typed = paper_of(letter), letter.noi_dung["khai"]
    if paper is None:
        return {"tc03"}
    lines = {row["o"]: row["thay"] for row in paper["dong"]}
    hidden = {o for o, text in lines.items() if "che" in text.split()}
    blurred = {o for o, text in lines.items() if "không ra chữ" in text}
    blank = {o for o, text in lines.items() if text == "để trống"}
    read = {o: text for o, text in lines.items() if o not in hidden | blurred | blank}
    found = set()
    if paper["loai"].startswith("Phiếu") and blank & {"Mũi tiêm", "Vắc xin", "Ngày tiêm"}:
        found.add("tc01")
    if paper["loai"].startswith("Giấy") and blank & {
        *("Họ và tên", "Giới tính", "Ngày tiêm", "Vắc xin")
    }:
        found.add("tc06")
    if hidden & {"Họ và tên", "Ngày sinh", "Giới tính"}:
        found.add("tc07")
    if len(blurred) > 3:
        found.add("tc08")
    if any(
        re.search("(?i)dòng (họ và tên|ngày sinh)", line)
        and re.search("trắng bợt|chồng lên|dán đè|vết cạo|chữ cũ", line)
        for line in paper["quan_sat"]
    ):
        found.add("tc13")
    return found | contradictions(read, typed)


def contradictions(read, typed):
    """Compare line by line."""
    typed_as = {
        "Họ và tên": ("tc02", typed["ho_ten"]),
        "Mũi tiêm": ("tc04", typed["mui"]),
        "Ngày sinh": ("tc05", typed["ngay_sinh"]),
        "Ngày tiêm": ("tc09", typed["ngay_tiem"]),
        "Vắc xin": ("tc12", typed["ten_vac_xin"]),
    }
    told = {**read, "Mũi tiêm": re.sub(r".*\((\w+)\)", r"\1", read.get("Mũi tiêm", ""))}
    found = {
        code
        for o, (code, text) in typed_as.items()
        if o in read and told[o].casefold() != text.casefold()
    }
    name, given = read.get("Họ và tên", ""), typed["ho_ten"]
    fewer = len(given.split()) < len(name.split()) and Counter(given.split()) < Counter(
        name.split()
    )
    if name and name.casefold() != given.casefold() and (fewer or marks(name) == given.upper()):
        found.add("tc11")
    everything = ("Giới tính", typed["gioi_tinh"]), ("Nơi tiêm", typed["noi_tiem"])
    if len(found) == len(typed_as) and all(
        read.get(o) not in (None, text) for o, text in everything
    ):
        found.add("tc10")
    return found


def test_feedback_queue_reasons_can_be_proved(queue):
    """The key holds exactly the reasons that photo and typed words prove, for every letter."""
    for letter in queue:
        assert prove(letter) == set(letter.dap_an["ly_do"]), letter.noi_dung
        assert letter.dap_an["hop_le"] == (not letter.dap_an["ly_do"])


def test_feedback_queue_has_every_reason_and_every_case(truth):
    """One deck holds all 13 reasons of CV 9458 and the five cases of the taxonomy."""
    for day in DAYS:
        dealt = feedback_queue(truth, SEED, day, len(DECK))
        reasons = {code for letter in dealt for code in letter.dap_an["ly_do"]}

        assert reasons == {f"tc{i:02}" for i in range(1, 14)}
        cases = Counter(letter.dap_an["ma_loi"] for letter in dealt)
        assert set(cases) == {"E80", "E81", "E82", "E83", "E84"}
        assert cases.most_common(1)[0][0] == "E83"


def test_feedback_queue_reasons_are_those_of_the_closed_list(queue):
    """Codes of reasons and actions stand in the reference tables."""
    reasons, actions = facts.column("reason_codes", "code"), facts.column("action_codes", "code")

    for letter in queue:
        key = letter.dap_an
        assert {*key["ly_do"]} <= {*reasons}
        assert {*key["phai"], *key["duoc_them"], *key["cam"], key["viec"]} <= {*actions}


def test_feedback_queue_valid_letters_are_true_and_needed(queue, tables, truth):
    """A valid letter tells what was given, and its record says something else or nothing."""
    records = {row["ma_ho_so"]: row for row in tables["doi_tuong"]}
    lines = defaultdict(list)
    for row in tables["mui_tiem"]:
        lines[row["ma_ho_so"]].append(row)
    for letter in queue:
        if letter.dap_an["ma_loi"] not in ("E83", "E84"):
            continue
        record, typed = letter.noi_dung["ma_ho_so"], letter.noi_dung["khai"]
        person = truth.person(record)
        dose = next(d for d in truth.given(record) if d["dose_id"] == letter.dap_an["dose_id"])
        basic = ("ho_ten", "ngay_sinh", "gioi_tinh")
        cells = ("mui", "ten_vac_xin", "ngay_tiem")
        entered = [x for x in lines[record] if x["ma_mui"] == dose["ma_mui"]]

        assert all(typed[name] == person[name] for name in basic)
        assert all(typed[name] == dose[name] for name in cells)
        assert typed["so_lo"] in ("", dose["so_lo"])
        assert (letter.dap_an["viec"] == "ADD_DOSE") == (not entered)
        wrong = any(records[record][name] != person[name] for name in basic)
        assert wrong or not entered or any(entered[0][name] != dose[name] for name in cells)


def test_feedback_queue_forged_slips_tell_of_anothers_dose(queue, truth):
    """On an altered slip stands a dose that the writer was never given, and a name that fits."""
    forged = [letter for letter in queue if letter.dap_an["ma_loi"] == "E82"]

    assert len(forged) == DECK.count("tc13") * len(DAYS)
    for letter in forged:
        own = truth.given(letter.noi_dung["ma_ho_so"])
        typed = letter.noi_dung["khai"]
        read = {row["o"]: row["thay"] for row in paper_of(letter)["dong"]}

        assert letter.dap_an["dose_id"] not in {dose["dose_id"] for dose in own}
        assert typed["ngay_tiem"] not in {dose["ngay_tiem"] for dose in own}
        assert read["Họ và tên"] == typed["ho_ten"]


def test_feedback_queue_words_do_not_tell_forged_letters(queue):
    """No word that is seen on altered papers is missing on all others: where it stands decides."""

    def words(letters):
        seen = [line for x in letters if paper_of(x) for line in paper_of(x)["quan_sat"]]
        return set(re.findall(r"\w+", " ".join(seen).casefold()))

    forged = [x for x in queue if x.dap_an["ma_loi"] == "E82"]
    others = [x for x in queue if x.dap_an["ma_loi"] != "E82"]

    assert words(forged) - words(others) == set()


def test_feedback_queue_words_do_not_tell_valid_letters(queue):
    """Whatever is said of an unreadable line of a bad photo is said of some line of a valid one too."""
    said = defaultdict(set)
    for letter in queue:
        for row in (paper_of(letter) or {"dong": []})["dong"]:
            if not re.search(r"[A-ZĐ0-9]", row["thay"]):
                said[letter.dap_an["hop_le"]].add(row["thay"])

    assert said[True] == said[False]
    assert len(said[True]) == 6


def test_feedback_queue_length_tells_nothing(queue):
    """Valid, wrong and forged letters are equally long on average, within a tenth."""
    sizes = defaultdict(list)
    for letter in queue:
        if paper_of(letter):
            text = json.dumps(letter.noi_dung, ensure_ascii=False)
            sizes[letter.dap_an["ma_loi"]].append(len(text))
    means = [mean(values) for code, values in sizes.items()]

    assert len(means) == 5
    assert max(means) < 1.1 * min(means)


def test_feedback_queue_messages_tell_nothing(queue):
    """Every way to write is used by those who are right and by those who are not."""
    used = defaultdict(set)
    for letter in queue:
        text = re.sub(r"\d\S*|con tôi|tôi", "", letter.noi_dung["loi_nhan"].casefold())
        used[letter.dap_an["hop_le"]].add(tuple(text.split()[-3:]))

    assert used[True] & used[False]
    assert len(used[True] ^ used[False]) <= len(used[True] & used[False]) / 2


def test_feedback_queue_no_word_of_a_verdict(queue):
    """What the reviewer sees is never called false, valid or refused."""
    for letter in queue:
        seen = [line for photo in letter.noi_dung["anh"] for line in photo["quan_sat"]]
        text = " ".join(seen).casefold()
        words = "giả|thật|hợp lệ|từ chối|tẩy|sửa|gian|đạt|nghi ngờ"
        assert not re.search(rf"\b({words})\b", text)
        assert not re.search(r"tc\d\d|\be8\d\b", text)
        assert text == unicodedata.normalize("NFC", text)


def test_feedback_queue_is_due_after_48_hours(queue):
    """CV 9458 gives 48 hours from the minute of arrival; letters of a day come on that day."""
    for letter, day in zip(queue, [d for d in DAYS for _ in DECK], strict=True):
        came, due = datetime.fromisoformat(letter.ngay), datetime.fromisoformat(letter.han)
        assert due - came == timedelta(hours=48)
        assert came.date() == day
        assert came.utcoffset() == timedelta(hours=7)


def test_feedback_queue_routing(queue, tables):
    """Valid letters go to the unit that enters the doses of the place; without a place to the top."""
    units = {row["ten_co_so"]: row["don_vi_nhap"] for row in tables["co_so"]}
    seen = set()
    for letter in queue:
        typed, key = letter.noi_dung["khai"], letter.dap_an
        seen.add(tuple(key["noi_chuyen"]))
        if key["ma_loi"] == "E83":
            unit = units[typed["noi_tiem"]]
            assert key["duoc_duyet"] == (unit == STATION)
            assert key["noi_chuyen"] == ([] if unit == STATION else [unit])
            other = ["DEFER_FEEDBACK", "TRANSFER"]
            assert key["phai"] == (["ACCEPT_FEEDBACK"] if unit == STATION else other)
        elif key["ma_loi"] == "E84":
            known = typed["huyen"]
            assert typed["noi_tiem"] == typed["co_so_tiem"] == ""
            assert key["noi_chuyen"] == ["SO_Y_TE", "TT770" if known else "HCDC"]
            assert key["phai"] == ["TRANSFER"]
        else:
            assert (key["duoc_duyet"], key["phai"]) == (False, ["REJECT_FEEDBACK"])
    assert seen == {(), ("TT770",), ("SO_Y_TE", "TT770"), ("SO_Y_TE", "HCDC")}


def test_feedback_queue_for_another_unit(truth):
    """What the station must pass on the centre may approve, and the other way round."""
    here = feedback_queue(truth, SEED, DAYS[0], 32)
    there = feedback_queue(truth, SEED, DAYS[0], 32, unit="TT770")

    assert [x.noi_dung for x in here] == [x.noi_dung for x in there]
    valid = [(a, b) for a, b in zip(here, there, strict=True) if a.dap_an["ma_loi"] == "E83"]
    assert all(a.dap_an["duoc_duyet"] != b.dap_an["duoc_duyet"] for a, b in valid)


def test_feedback_queue_whatever_was_asked_before(tables, truth, queue):
    """Same seed, same letters: after other days, visits and answers, and from rows in another order."""
    turned = Truth({name: rows[::-1] for name, rows in tables.items()})
    respond(queue[0].noi_dung["ma_ho_so"], turned, SEED)
    feedback_queue(turned, SEED, DAYS[5], 3)
    turned_queue = feedback_queue(turned, SEED, DAYS[0], len(DECK))

    assert feedback_queue(truth, SEED, DAYS[0], len(DECK)) == queue[: len(DECK)]
    assert [x.dap_an for x in turned_queue] == [x.dap_an for x in queue[: len(DECK)]]


def test_feedback_queue_smaller_day(truth, queue):
    """Fewer letters are some of the many; another seed or day has others."""
    few = feedback_queue(truth, SEED, DAYS[0], 7)

    assert len(few) == 7
    assert all(letter in queue[: len(DECK)] for letter in few)
    ids = {letter.ma_phan_anh for letter in queue}
    assert len(ids) == len(queue)
    other = {x.ma_phan_anh for x in feedback_queue(truth, SEED + 1, DAYS[0], 32)}
    assert not ids & other


def test_feedback_queue_nobody_writes_twice_a_day(queue):
    """Each of a day's letters concerns another record."""
    for start in range(0, len(queue), len(DECK)):
        records = [x.noi_dung["ma_ho_so"] for x in queue[start : start + len(DECK)]]
        assert len(set(records)) == len(records)


def test_feedback_queue_where_nothing_is_wrong(tables):
    """Where the register is right nobody has a reason to write: a short queue, no failure."""
    clean = Truth(
        {**tables, "ledger": [], "link": [x for x in tables["link"] if x["role"] != "missing"]}
    )
    known = {x["dose_id"] for x in tables["link"] if x["role"] == "missing"}
    given = [x for x in tables["mui_that"] if x["dose_id"] not in known]
    clean = Truth({**tables, "ledger": [], "mui_that": given})

    assert feedback_queue(clean, SEED, DAYS[0], 10) == []


def test_feedback_queue_names_places_of_the_list(queue, tables):
    """Places are named as in the list of sites; nobody else is named."""
    names = {row["ten_co_so"] for row in tables["co_so"]}

    assert {letter.noi_dung["khai"]["noi_tiem"] for letter in queue} - {""} <= names


def test_feedback_is_json(queue):
    """A letter goes over a wire as it is."""
    for letter in queue:
        assert json.loads(json.dumps(letter.noi_dung)) == letter.noi_dung
        assert json.loads(json.dumps(letter.dap_an)) == letter.dap_an


#: a slip and a letter that agree
TEXT = {
    "ho_ten": "Lê Thị Thu Hà",
    "ngay_sinh": "12/03/1985",
    "gioi_tinh": "Nữ",
    "mui": "CB2",
    "ten_vac_xin": "Pfizer",
    "so_lo": "FK0006",
    "ngay_tiem": "17/08/2021",
    "noi_tiem": "Trạm Y tế Phường 1",
}


@pytest.mark.parametrize(
    ("typed", "reasons"),
    [
        ({}, set()),
        ({"ho_ten": "lê thị thu hà"}, set()),
        ({"ho_ten": "Lê Thị Thu Hạ"}, {"tc02"}),
        ({"ho_ten": "LE THI THU HA"}, {"tc02", "tc11"}),
        ({"ho_ten": "Lê Thị Hà"}, {"tc02", "tc11"}),
        ({"so_lo": ""}, set()),
        ({"ngay_tiem": "19/08/2021", "mui": "CB1"}, {"tc04", "tc09"}),
        ({"noi_tiem": ""}, set()),
    ],
)
def test_true_reasons_of_what_was_typed(typed, reasons):
    """Capitals, the lot and the place are no reason; marks, words and dose facts are."""
    assert true_reasons({**TEXT, **typed}, Paper(SLIP, dict(TEXT))) == reasons


@pytest.mark.parametrize("line", ["so_lo", "noi_tiem"])
@pytest.mark.parametrize("why", ["blank", "covered", "blurred"])
def test_true_reasons_of_lines_that_do_not_matter(line, why):
    """An unreadable lot or place makes no paper worthless."""
    assert true_reasons(TEXT, Paper(SLIP, dict(TEXT), unread={line: why})) == set()


def test_true_reasons_compare_only_what_can_be_read():
    """A covered birth date contradicts nothing, but it is covered."""
    paper = Paper(SLIP, dict(TEXT), unread={"ngay_sinh": "covered"})

    assert true_reasons({**TEXT, "ngay_sinh": "13/03/1985"}, paper) == {"tc07"}
