"""The world as a whole: one call, one transaction; the same whatever the order; nothing forgotten."""

import itertools
import json
import random
import re
import string
from datetime import date
from pathlib import Path

import pytest
from sqlalchemy import create_engine, select

from generator.problems import Problem
from sosach import simulation
from sosach.simulation.platform import database as db
from sosach.simulation.platform import rules, store
from sosach.simulation.truth import TABLES, Truth
from sosach.simulation.world import READS, VERBS, World

BOTH = pytest.mark.parametrize("database", ["sqlite", "postgresql"], indirect=True)
CLOCK = {"now": lambda: "08:00:00"}
#: tables whose rows do not depend on the order of what was done
STATE = (store.subject, store.dose, store.request, store.feedback, store.listed, store.clock)


def state(world):
    """Return all rows of a world but the audit trail, sorted."""
    with db.reading(world._engine) as con:
        return {t.name: sorted(map(tuple, con.execute(select(t)))) for t in STATE}


def trail(world):
    """Return the audit trail."""
    with db.reading(world._engine) as con:
        return [
            store.rows(con, select(table).order_by(*table.primary_key))
            for table in (store.audit, store.changed)
        ]


@BOTH
def test_call_repeated(world, broken):
    """The same request id again returns the stored answer and changes nothing."""
    arguments = {"ma_ho_so": broken("E01")[0], "ly_do": "trung_ho_so"}
    first = world.call("tam_giu", "r1", **arguments)
    before = state(world), trail(world)
    again = world.call("tam_giu", "r1", **arguments)

    assert first == again
    assert first["ok"]
    assert (state(world), trail(world)) == before


@BOTH
def test_call_id_for_something_else(world, broken, refusal):
    """A request id is not used for another thing."""
    one, two = broken("E01")[:2]
    world.call("tam_giu", "r1", ma_ho_so=one, ly_do="trung_ho_so")
    told = world.call("tam_giu", "r1", ma_ho_so=two, ly_do="trung_ho_so")

    assert refusal(told) == "MA_YEU_CAU_DA_DUNG"


@BOTH
def test_call_refused_leaves_nothing(world, broken):
    """A refusal changes nothing and leaves no trace; the id may be used again."""
    record = broken("E01")[0]
    before = state(world), trail(world)
    world.call("sua", "r1", ma_ho_so=record, truong="ho_ten", gia_tri="X", ly_do="loi_go")

    assert (state(world), trail(world)) == before
    assert world.call("tam_giu", "r1", ma_ho_so=record, ly_do="trung_ho_so")["ok"]


@BOTH
@pytest.mark.parametrize(
    ("verb", "arguments", "rule"),
    [
        ("gui_congan", {}, "KHONG_CO_VIEC"),
        ("mo", {}, "SAI_THAM_SO"),
        ("mo", {"ma_ho_so": 1}, "SAI_THAM_SO"),
        ("mo", {"ma_ho_so": "HS0000000000"}, "KHONG_CO_HO_SO"),
        ("mo", {"ma_ho_so": "HS1", "x": "1"}, "SAI_THAM_SO"),
        ("mo", {"ma_ho_so": "' OR 1=1 --"}, "KHONG_CO_HO_SO"),
        ("mo", {"ma_ho_so": "HS\0"}, "SAI_THAM_SO"),
        ("bao_cao", {"ma_ho_so": "x", "ly_do": "loi_go", "noi_dung": "\ud83d"}, "SAI_THAM_SO"),
        ("nhap_excel", {"dong": [{"ma_ho_so": "\0"}], "ma_danh_sach": ""}, "SAI_THAM_SO"),
        ("gui_cong_an", {"ma_ho_so": "HS1"}, "SAI_THAM_SO"),
        ("nhap_excel", {"dong": [{"a": 1}], "ma_danh_sach": ""}, "SAI_THAM_SO"),
        ("danh_sach_sai", {"nhom": "d"}, "NHOM_LA"),
        ("danh_sach_sai", {"desk": "d"}, "SAI_THAM_SO"),
    ],
)
def test_call_bad(world, refusal, verb, arguments, rule):
    """A wrong verb or argument is refused in words, never by a traceback."""
    assert refusal(world.call(verb, "r1", **arguments)) == rule


@pytest.mark.parametrize("request_id", ["", "a\0", None])
def test_call_without_id(world, broken, refusal, request_id):
    """What changes something needs a request id."""
    told = world.call("tam_giu", request_id, ma_ho_so=broken("E01")[0], ly_do="trung_ho_so")

    assert refusal(told) == "THIEU_MA_YEU_CAU"


@BOTH
def test_call_answers_are_json(world, broken):
    """Answers are what JSON can hold, and stay equal on the way."""
    record = broken("E41")[0]
    reads = [world.call("mo", ma_ho_so=record), world.call("danh_sach_sai")]
    answers = [*reads, world.call("hop_thu"), world.call("ngay_moi", "n")]

    assert json.loads(json.dumps(answers)) == answers


@pytest.mark.parametrize("verb", sorted({**READS, **VERBS}))
def test_verbs_documented(verb):
    """Every verb says what it does, with which arguments."""
    assert len(({**READS, **VERBS})[verb].__doc__.splitlines()[0]) > 15


@BOTH
def test_lich_su(world, broken):
    """Who changed what, before and after, can be seen."""
    record = broken("E01")[0]
    world.call("tam_giu", "r1", ma_ho_so=record, ly_do="trung_ho_so", nguoi="Lan")
    entry = world.call("lich_su", ma_ho_so=record)["dong"][0]

    assert (entry["nguoi"], entry["hanh_dong"], entry["ngay"]) == ("Lan", "tam_giu", "2022-05-09")
    assert (entry["truoc"]["treo"], entry["sau"]["treo"]) == ("", "trung_ho_so")


def test_night_moves_over_holidays(make_world):
    """After the Friday before the holidays comes Wednesday 4 May."""
    world = make_world(first_day=date(2022, 4, 29))

    assert world.call("ngay_moi", "n")["ngay"] == "2022-05-04"
    assert world.today == date(2022, 5, 4)


def test_night_end_of_calendar(make_world, refusal):
    """Beyond the known calendar there is no day: said, not crashed."""
    world = make_world(first_day=date(2022, 12, 30))

    assert refusal(world.call("ngay_moi", "n")) == "HET_LICH"


@BOTH
def test_night_leaves_undone_undone(world):
    """What nobody does stays undone: days alone make nothing right."""
    before = world.call("danh_sach_sai")
    for i in range(10):
        world.call("ngay_moi", f"n{i}")

    assert world.call("danh_sach_sai") == before


def actions(broken, pack):
    """Return things to do on one day that do not depend on each other."""
    others = [r for r in pack.mui_tiem.to_pylist() if r["don_vi_nhap"] != "CS27136-1"][:10]
    own = [r for r in pack.mui_tiem.to_pylist() if r["don_vi_nhap"] == "CS27136-1"][:10]
    return [
        ("gui_cong_an", {"ma_ho_so": [*broken("E01"), *broken("E09")]}),
        ("gui_cong_an", {"ma_ho_so": [*broken("E10"), *broken("E40")]}),
        *(("moi_nguoi_dan", {"ma_ho_so": r}) for r in broken("E11")),
        *(("bao_loi", {"ma_ho_so": r}) for r in broken("E90")),
        *(("tam_giu", {"ma_ho_so": r, "ly_do": "trung_mui"}) for r in broken("E42")),
        *(("hoi_co_so", {n: r[n] for n in ("ma_ho_so", "ma_mui")}) for r in (*others, *own)),
    ]


def test_order_within_a_day(make_world, broken, pack):
    """The order of a day's actions does not matter: the same answers, the same state."""
    found = []
    for order in (None, 1, 2):
        world = make_world(letters=2, **CLOCK)
        todo = actions(broken, pack)
        if order:
            random.Random(order).shuffle(todo)  # noqa: S311 - a test's order
        assert all(world.call(v, f"a{i}", **a)["ok"] for i, (v, a) in enumerate(todo))
        for i in range(6):
            world.call("ngay_moi", f"n{i}")
        found.append(state(world))

    assert found[0] == found[1] == found[2]


def days_of_work(world, broken, pack):
    """Ask everybody, wait, import what came back, edit, merge, hold, sign; return all answers."""
    numbers = itertools.count()

    def do(verb, **arguments):
        return world.call(verb, f"v{next(numbers)}", **arguments)

    told = [do(verb, **arguments) for verb, arguments in actions(broken, pack)]
    told += [do("ngay_moi") for _ in range(6)]
    sent = told[0]["ma_danh_sach"], told[1]["ma_danh_sach"]
    back = [do("hop_thu", ma_yeu_cau=m)["dong"][0]["tra_loi"]["dong"] for m in sent]
    numbers_back = [
        {"ma_ho_so": row["ma_ho_so"], "so_giay_to": row["so_dinh_danh_dung"]} for row in back[0]
    ]
    told.append(do("nhap_excel", dong=numbers_back, ma_danh_sach=sent[0]))
    for row in back[1]:
        by_list = {"ma_ho_so": row["ma_ho_so"], "ma_danh_sach": sent[1]}
        cell = {"truong": "ho_ten", "gia_tri": row["ho_ten_dung"], "ly_do": "loi_go"}
        told.append(do("sua", **by_list, **cell))
        pair = {"ma_ho_so_giu": row["trung_voi"], "ma_ho_so_bo": row["ma_ho_so"]}
        told.append(do("gop", **pair, ma_danh_sach=sent[1]))
    lines = [row["ma_mui"] for row in do("duoc_ky_hom_nay")["dong"]]
    told.append(do("ky", ma_mui=lines, chung_thu={"don_vi": world.unit}))
    told += [do("ngay_moi") for _ in range(2)]
    told += [do(verb) for verb in ("danh_sach_sai", "danh_sach_trung", "hop_thu", "phan_anh")]
    return told + [do("lich_su", ma_ho_so=row["ma_ho_so"]) for row in back[1]]


def test_same_in_both_databases(
    pack, broken, flawless_police, sqlite_database, postgresql_database
):
    """The same work leaves equal tables and gives equal answers, whichever database keeps them."""
    found = []
    for name in (sqlite_database("work"), postgresql_database("work")):
        police = {"police": flawless_police}
        world = World.from_pack(pack, 1, name, letters=2, answers=police, **CLOCK)
        answers = days_of_work(world, broken, pack)
        found.append((answers, state(world), trail(world)))
        world.close()
    done = {row["hanh_dong"] for row in found[0][2][0]}

    assert found[0] == found[1]
    assert {"nhap_excel", "sua", "gop", "ky", "ngay_moi", "hoi_co_so"} <= done


def test_seed_decides(make_world, broken, pack):
    """Another seed, other answers."""
    found = []
    for seed in (1, 2):
        world = make_world(seed)
        for i, (verb, arguments) in enumerate(actions(broken, pack)):
            world.call(verb, f"a{i}", **arguments)
        for i in range(6):
            world.call("ngay_moi", f"n{i}")
        found.append(state(world))

    assert found[0] != found[1]


@BOTH
def test_open_again(make_world, broken):
    """A world that is opened again goes on where it was."""
    world = make_world(name="same")
    world.call("ngay_moi", "n")
    world.call("tam_giu", "r", ma_ho_so=broken("E01")[0], ly_do="trung_ho_so")
    before = state(world)

    assert state(make_world(name="same")) == before


@BOTH
def test_open_other_seed(make_world):
    """A database is not opened with another seed: the answers would not fit."""
    make_world(1, name="same")

    with pytest.raises(Problem, match="bộ dữ liệu khác"):
        make_world(2, name="same")


def test_open_tables_missing(tmp_path):
    """A missing table is named."""
    with pytest.raises(Problem, match="dan_cu"):
        World.open(f"sqlite:///{tmp_path}/x.db", {"doi_tuong": []}, 1)


def test_open_no_such_ward(tmp_path, sqlite_database):
    """A ward that the folder lacks is named, with the command that makes it."""
    (tmp_path / "doi_tuong").mkdir()
    (tmp_path / "doi_tuong" / "27136.parquet").touch()

    with pytest.raises(Problem, match=r"27137.*27136.*sosach generate"):
        World.from_folder(tmp_path, "27137", 1, sqlite_database("x"))


def test_open_on_day_off(make_world):
    """A world does not begin on a Sunday."""
    with pytest.raises(Problem, match="không phải ngày làm việc"):
        make_world(first_day=date(2022, 5, 8))


def test_store_has_no_truth(make_world, tmp_path, pack):
    """Nothing in the database tells who is behind a record, or what is wrong with it."""
    make_world(name="open").close()
    text = b"".join(path.read_bytes() for path in tmp_path.glob("open.db*"))

    assert b"HS" in text
    assert not re.search(rb"\bCD\d{9}\b|\bMT\d{10}\b|\bE\d\d\b", text)


def test_truth_person_and_doses(pack):
    """The truth knows who is behind a record, what they were given, and which line tells of it."""
    truth = Truth({name: [] for name in TABLES} | tables(pack))
    rows = pack.link.to_pylist()
    merged = next(r for r in rows if r["role"] == "split" and not r["ma_mui"])
    stranger = next(r for r in rows if r["role"] == "intruder")
    missing = next(r for r in rows if r["role"] == "missing")
    second = next(r for r in rows if r["role"] == "duplicate" and not r["ma_mui"])

    assert truth.other(merged["ma_ho_so"])["person_id"] == merged["person_id"]
    assert truth.dose(stranger["ma_mui"]) is None
    unentered = [d["dose_id"] for d in truth.given(missing["ma_ho_so"]) if not d["ma_mui"]]
    assert unentered == [missing["dose_id"]]
    assert truth.own_record(second["person_id"]) == second["keep_ma_ho_so"]
    assert truth.person("HS0") is None


def tables(pack):
    """Return the tables of the truth."""
    named = {"dan_cu": pack.people, "mui_that": pack.given, "co_so": pack.sites}
    return {
        n: t.to_pylist() for n, t in (named | {"ledger": pack.ledger, "link": pack.link}).items()
    }


def used_codes():
    """Return the codes of all rules that the program names."""
    files = Path(simulation.__file__).parent.rglob("*.py")
    text = "".join(path.read_text(encoding="utf-8") for path in files)
    called = re.findall(r"(?:refuse|reason)\(\s*(.{0,60})", text)
    return {code for call in called for code in re.findall(r'"([A-Z][A-Z_]+)"', call)}


def test_rules_all_used():
    """Every rule of the table is named in the program, and the other way round."""
    assert set(rules.rules()) == used_codes()


@pytest.mark.parametrize("code", sorted(rules.rules()))
def test_rules_sentences(code):
    """A rule is a full sentence and names its document, or says that it is the class's own."""
    rule = rules.rules()[code]
    names = [name for _, name, _, _ in string.Formatter().parse(rule["cau"]) if name]
    told = rules.reason(code, **dict.fromkeys(names, "x"))

    assert told["cau"].endswith((".", "x"))
    assert "{" not in told["cau"]
    assert re.match(r"CV \d+|QĐ \d+|Bộ Y tế ngày|Quy ước của lớp học", rule["can_cu"])


def test_database_url(make_world, tmp_path):
    """The store is an ordinary database that other programs can read."""
    make_world(name="plain")
    engine = create_engine(f"sqlite:///{tmp_path}/plain.db")
    with engine.connect() as con:
        count = len(con.execute(select(store.subject)).all())
    engine.dispose()

    assert count == 300
