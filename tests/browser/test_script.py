"""The parts of the workbench that need no screen, run in a real browser."""

import base64
import io
import json
import unicodedata
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import numpy as np
import openpyxl
import pytest

from generator.facts import column
from generator.vietnamese import (
    TONES,
    compose,
    decompose,
    every_syllable,
    same_spelling,
    strip_diacritics,
)
from sosach.course.casefiles import case_of
from sosach.course.workplace import practice_set
from sosach.grading.rubrics.decisions import decisions
from sosach.grading.specs import ArtefactSpec, TaskSpec, find_spec, load_spec
from sosach.review.actions import DECISION
from sosach.review.bundle import script
from sosach.review.casefile import as_json
from sosach.review.journal import Journal, check_event, decision_rows
from sosach.review.results import read_result
from tests.screen_cases import ACTIONS

pytestmark = pytest.mark.slow

ROOT = Path(__file__).parents[2]
CASES = json.loads((ROOT / "tests/review/fold_cases.json").read_text(encoding="utf-8"))
MODULES = ("text", "markup", "journal", "practice", "xlsx", "files", "store")
FORM = {
    "artefact": "quyet_dinh.csv",
    "columns": {name: name for name in DECISION},
    "actions": [{"code": "LEAVE_OUT", "listed": False}],
}
FOLD = "([cases, form]) => cases.map(events => journal.decisionRows(journal.live(events), form))"


@pytest.fixture(scope="module")
def js(browser):
    """Run JavaScript in a page in which the modules stand under their names."""
    page = browser.new_page()
    names = ", ".join(f"{name}: {name}_" for name in MODULES)
    code = script("notebook").replace(
        "export default notebook_;", f"Object.assign(globalThis, {{{names}}});"
    )
    page.add_script_tag(type="module", content=code)
    page.wait_for_function("globalThis.journal !== undefined")
    yield page.evaluate
    page.close()


def form():
    """The same form for Python."""
    from sosach.review.actions import Action, Form

    actions = (Action("LEAVE_OUT", "", listed=False),)
    return Form("quyet_dinh.csv", FORM["columns"], "", actions, several=True)


def random_events(rng):
    """Return events as several tabs and a kernel may leave them."""
    events = []
    for _ in range(rng.integers(12)):
        event = {
            "id": f"{rng.integers(10**6):032x}",
            "stt": int(rng.integers(1, 8)),
            "viec": str(rng.choice(["chon", "chon", "chon", "bo", "hoan_tac"])),
            "ma_ho_so": str(rng.choice(["HS1", "HS2", "Đ2"])),
        }
        if event["viec"] == "hoan_tac":
            event["su_kien"] = rng.choice(events)["id"] if events else "x"
        elif event["viec"] == "chon" or rng.random() < 0.5:
            event["hanh_dong"] = str(rng.choice(["KEEP", "HOLD", "LEAVE_OUT"]))
        for part in ("ma_mui", "truong", "them"):
            if rng.random() < 0.3:
                event[part] = "1"
        events.append(event)
    return events


def test_fold_table(js):
    """The table of cases that proves journal.py proves journal.js."""
    rows = js(FOLD, [[case["events"] for case in CASES], FORM])

    assert rows == [case["rows"] for case in CASES]


def test_fold_equals_python(js):
    """A thousand random trails: both languages leave the same rows."""
    rng = np.random.default_rng(20220504)
    trails = [random_events(rng) for _ in range(1000)]
    rows = js(FOLD, [trails, FORM])

    assert rows == [
        [list(row.values()) for row in decision_rows(trail, form())] for trail in trails
    ]
    assert sum(map(len, rows)) > 1000


def test_event_of_script_is_one_for_python(js):
    """What the script makes, Python accepts; ids are random and never the same."""
    events = js(
        """() => Array.from({length: 200}, (_, i) => journal.makeEvent([{stt: i}], "chon", "so_tay",
            {ma_ho_so: "HS1", hanh_dong: "KEEP", gia_tri_moi: " Le\\u0302\\nThu\\t", ly_do: ""}))"""
    )

    assert all(check_event(event) is event for event in events)
    assert len({event["id"] for event in events}) == 200
    assert {event["gia_tri_moi"] for event in events} == {"Lê Thu"}
    assert events[41]["stt"] == 42


@pytest.mark.parametrize("change", [{"stt": 0}, {"id": ""}, {"viec": "luu"}, {"ly_do": 7}])
def test_is_event_refuses_what_python_refuses(js, change):
    """Both sides agree on what an event is."""
    event = Journal().make("chon", ma_ho_so="HS1", hanh_dong="KEEP")

    assert js("event => journal.isEvent(event)", event)
    assert not js("event => journal.isEvent(event)", event | change)
    assert not js("event => journal.isEvent(event)", None)


def test_csv_equals_python(js):
    """The CSV of the offline page has the bytes of the kernel's."""
    from sosach.course.handin import to_csv

    rows = [["HS1", 'Lê "Út", </script>'], ["=1+1", "a\nb"], ["", "ệ\u0301"]]
    written = js("rows => journal.toCsv(['a', 'b'], rows)", rows)

    assert written.encode() == to_csv([{"a": a, "b": b} for a, b in rows], ("a", "b"))


def marked(js, left, right, kind):
    """Return the kind of difference and both sides with their marks in brackets."""
    result = js("([l, r, k]) => text.compare(l, r, k)", [left, right, kind])
    sides = [
        "".join(f"[{c}]" if m else c for c, m in result[side]).replace("][", "")
        for side in ("left", "right")
    ]
    return [result["kind"], *sides]


@pytest.mark.parametrize(
    ("left", "right", "kind", "expected"),
    [
        ("079085", "079085", "number", ["same", "079085", "079085"]),
        ("079085", "070985", "number", ["diff_count", "07[90]85", "07[09]85"]),
        ("12/03/1985", "03/12/1985", "date", ["diff_count", "[12]/[03]/1985", "[03]/[12]/1985"]),
        ("79085", "079085", "number", ["diff_count", "79085", "[0]79085"]),
        (
            "Trần Bửu Trân",
            "Trần Bảo Trân",
            "text",
            ["diff_count", "Trần B[ửu] Trân", "Trần B[ảo] Trân"],
        ),
        ("Phạm Kim", "Phạm Thị Kim", "text", ["diff_count", "Phạm Kim", "Phạm [Thị ]Kim"]),
        ("Vero Cell", "AstraZeneca", "text", ["diff_count", "[Vero Cell]", "[AstraZeneca]"]),
        ("", "079", "number", ["diff_left_empty", "", "079"]),
        ("079", "", "number", ["diff_right_empty", "079", ""]),
        ("Hoà", "Hòa", "text", ["same_tone", "Hoà", "Hòa"]),
        ("THUÝ QUÝ", "THÚY QUÝ", "text", ["same_tone", "THUÝ QUÝ", "THÚY QUÝ"]),
        ("LÊ AN", "Lê An", "text", ["same_case", "LÊ AN", "Lê An"]),
        ("Lê  An", "Lê An", "text", ["diff_space", "Lê [ ] An".replace("[ ] ", "[ ]"), "Lê An"]),
        ("Le\u0302", "Lê", "text", ["diff_unicode", "Lê", "Lê"]),
        ("Ðức", "Đức", "text", ["diff_count", "[Ð]ức", "[Đ]ức"]),
        ("👩‍⚕️ An", "An", "text", ["diff_count", "[👩‍⚕️ ]An", "An"]),
    ],
)
def test_compare(js, left, right, kind, expected):
    """Numbers and dates by position, names by alignment, harmless differences by their name."""
    assert marked(js, left, right, kind) == expected


def test_compare_without_segmenter(browser):
    """An older browser without Intl.Segmenter still takes a letter with its marks as one."""
    page = browser.new_page()
    page.evaluate("delete Intl.Segmenter")
    code = script("text").replace("export default text_;", "globalThis.text = text_;")
    page.add_script_tag(type="module", content=code)
    page.wait_for_function("globalThis.text !== undefined")
    parts = page.evaluate("() => text.letters('q\\u0301ê\\u0301')")
    page.close()

    assert parts == ["q\u0301", "ế"]


def test_difference_in_words(js):
    """Somebody who does not see the marks hears the difference."""
    say = "([l, r, k]) => text.compare(l, r, k).words"

    assert js(say, ["079", "097", "number"]) == (
        "ký tự thứ 2 là 7, bên kia là 9; ký tự thứ 3 là 9, bên kia là 7"
    )
    assert js(say, ["16/02/2022", "25/09/2021", "date"]) == "“16/02/2022” và “25/09/2021”"
    assert js(say, ["Lê Bửu", "Lê Bảo", "text"]) == "“Bửu” và “Bảo”"
    assert js(say, ["Lê Thu", "Lê Thị Thu", "text"]) == "bên này thiếu “Thị”"
    assert js(say, ["Lê Thị Thu", "Lê Thu", "text"]) == "bên này thừa “Thị”"


def test_tone_placement_equals_python(js):
    """Every syllable with its tone in either place: the same verdict as the library's."""
    toned = [
        parts._replace(tone=tone)
        for parts in filter(None, map(decompose, sorted(every_syllable())))
        for tone in TONES
    ]
    pairs = [[compose(parts, "new"), compose(parts)] for parts in toned]
    pairs = [pair for pair in pairs if pair[0] != pair[1]]
    kinds = js("pairs => pairs.map(([l, r]) => text.compare(l, r).kind)", pairs)
    others = js(
        "pairs => pairs.map(([l, r]) => text.compare(l, r).kind)",
        [["hoàn", "hòan"], ["hóa", "hòa"]],
    )

    assert len(pairs) > 100
    assert set(kinds) == {"same_tone"}
    assert all(same_spelling(*pair) for pair in pairs)
    assert others == ["diff_count", "diff_count"]


def test_search_without_marks_equals_python(js):
    """Names are folded for searching as everywhere in the project."""
    names = [*column("given_names", "given"), "Đỗ Ð ĐỨC", "  Lê   Thị\u00a0Thu "]
    folded = js("names => names.map(text.plain)", names)

    assert folded == [" ".join(strip_diacritics(name).casefold().split()) for name in names]


@pytest.mark.parametrize(
    ("value", "shown"),
    [
        ("Lê An", "Lê An"),
        ("Lê An ", "Lê An␣"),
        ("  Lê An", "␣␣Lê An"),
        ("Lê   An", "Lê ␣␣An"),
        ("Lê\u00a0An", "Lê␣An"),
        ("Lê\u200bAn", "Lê␣An"),
        ("", ""),
    ],
)
def test_visible_spaces(js, value, shown):
    """Spaces that nobody would see get a sign, others none."""
    assert js("value => text.visible(value)", value) == shown


def test_html_escapes_every_value(js):
    """A value is text, wherever it stands; lists are joined, nothing is printed for nothing."""
    made = js(
        "() => String(markup.html`<b>${'<i>&\"'}</b>${[markup.html`<u></u>`, 'x<']}${null}${0}`)"
    )

    assert made == "<b>&lt;i&gt;&amp;&quot;</b><u></u>x&lt;0"


def test_days_between(js):
    """Days between two dates, over a leap day and back; no number where one is no date."""
    days = js(
        "pairs => pairs.map(([a, b]) => text.daysBetween(a, b))", [["28/02/2024", "01/03/2024"]]
    )
    first, last = date(2021, 3, 8), date(2022, 5, 7)
    walk = [(first + timedelta(i)).strftime("%d/%m/%Y") for i in range((last - first).days)]
    counted = js("days => days.map(day => text.daysBetween('08/03/2021', day))", walk)

    assert days == [2]
    assert counted == list(range(len(walk)))
    assert js("() => Number.isNaN(text.daysBetween('7/9/2021', '08/09/2021'))")


def test_workbook_is_text(js):
    """Excel's reader finds every cell as text: zeros, formulas and markup are what they were."""
    rows = [["Mã", "Tên"], ["079", "=1+1"], ["<b>&\"'", "Lê 👩‍⚕️ "], ["@x", "\u0007tab\tx"]]
    data = js(
        """async rows => { const bytes = new Uint8Array(await xlsx.workbook("Quyết định", rows).arrayBuffer());
            return btoa(String.fromCharCode(...bytes)); }""",
        rows,
    )
    sheet = openpyxl.load_workbook(io.BytesIO(base64.b64decode(data))).active

    read = [[cell.value for cell in row] for row in sheet.iter_rows()]
    assert read == [*rows[:3], ["@x", "tab\tx"]]
    assert sheet.title == "Quyết định"
    assert {cell.data_type for row in sheet.iter_rows() for cell in row} == {"s"}
    assert {cell.number_format for row in sheet.iter_rows() for cell in row} == {"@"}


KEY = {
    "answers": [
        {"must": [[{"code": "KEEP"}]], "may": [{"code": "SIGN"}], "kind": "đúng"},
        {
            "must": [[{"code": "HOLD"}], [{"code": "REPORT_UP"}, {"code": "ASK"}]],
            "kind": "lạ",
        },
        {
            "must": [[{"code": "FIX", "doses": ["M1"], "field": "ten", "values": ["Hòa An"]}]],
            "kind": "mũi",
        },
        {"must": [[{"code": "MERGE", "related": ["HS9"]}]], "kind": "trùng"},
        {"must": [[{"code": "REJECT", "reasons": ["tc02", "tc05"]}]], "kind": "thư"},
        {"may": [{"code": "KEEP"}], "kind": "chưa rõ"},
    ],
    "of": {"HS1": 0, "HS2": 1, "HS3": 2},
}
FIX = {"hanh_dong": "FIX", "ma_mui": "M1", "truong": "ten", "gia_tri_moi": "Hòa An"}


@pytest.mark.parametrize(
    ("answer", "decisions", "verdict"),
    [
        (0, [], "open"),
        (0, [{"hanh_dong": "KEEP"}], "right"),
        (0, [{"hanh_dong": "KEEP"}, {"hanh_dong": "SIGN"}], "right"),
        (0, [{"hanh_dong": "SIGN"}], "part"),
        (0, [{"hanh_dong": "KEEP"}, {"hanh_dong": "HOLD"}], "wrong"),
        (1, [{"hanh_dong": "HOLD"}], "part"),
        (1, [{"hanh_dong": "HOLD"}, {"hanh_dong": "ASK"}], "right"),
        (2, [FIX], "right"),
        (2, [FIX | {"gia_tri_moi": "hoà  AN"}], "right"),
        (2, [FIX | {"gia_tri_moi": "Hoa An"}], "wrong"),
        (2, [FIX | {"truong": ""}], "right"),
        (2, [FIX | {"truong": "ngay"}], "wrong"),
        (2, [FIX | {"ma_mui": "M2"}], "wrong"),
        (3, [{"hanh_dong": "MERGE", "ma_lien_quan": "HS9"}], "right"),
        (3, [{"hanh_dong": "MERGE", "ma_lien_quan": "HS8"}], "wrong"),
        (4, [{"hanh_dong": "REJECT", "ly_do": "tc05"}], "right"),
        (4, [{"hanh_dong": "REJECT", "ly_do": "tc01"}], "wrong"),
        (5, [{"hanh_dong": "KEEP"}], "right"),
    ],
)
def test_judge(js, answer, decisions, verdict):
    """All that is needed and nothing that is not allowed; less is half, more is wrong."""
    assert js("([d, a]) => practice.judge(d, a)", [decisions, KEY["answers"][answer]]) == verdict


def test_judge_equals_the_grader(js):
    """Whatever is decided on a record: practice says right exactly where the grader does."""
    spec = _deciding()
    desk = practice_set(spec)
    file = as_json(case_of(spec, desk))
    rng = np.random.default_rng(20220509)
    makers = (_random_rows, _random_rows, _meant_rows, _meant_rows)
    tried = [(record, make(rng, record, desk)) for make in makers for record in desk.key.duties]
    verdicts = js(
        "([tried, key]) => tried.map(([id, rows]) => practice.judge(rows, key.answers[key.of[id]]))",
        [[[record, decided] for record, decided in tried], file["key"]],
    )
    graded = []
    for record, decided in tried:
        findings = decisions(decided, desk.key, {}).findings
        graded.append(next(f.right for f in findings if f.item == record))

    assert [verdict == "right" for verdict in verdicts] == graded
    assert 20 < sum(graded) < len(graded) - 20


def _deciding():
    """A spec that asks for decisions on sixty records with slips."""
    spec = load_spec(find_spec("k1_02_lap_danh_sach"))
    task = TaskSpec("quyet_dinh", "", 10, "decisions", "quyet_dinh.csv")
    form = ArtefactSpec(("ma_ho_so",), ("ma_ho_so",), {"hanh_dong": ACTIONS})
    errors = dict.fromkeys(("E10", "E20", "E40", "E41", "E53", "E55"), 0.08)
    return replace(
        spec,
        tasks=(task,),
        artefacts={"quyet_dinh.csv": form},
        recipe=replace(spec.recipe, errors=errors),
        sizes={"clicks": 60, "code": 60},
        material=("phieu_luu",),
    )


def _random_rows(rng, record, desk):
    """Return some decisions on a record, sense or none."""
    doses = desk.mui_tiem.loc[desk.mui_tiem["ma_ho_so"] == record, "ma_mui"].tolist()
    others = [code for code in desk.key.duties if code != record][:3]
    return [
        {
            "ma_ho_so": record,
            "hanh_dong": str(rng.choice(ACTIONS)),
            "ma_mui": str(rng.choice(["", *doses])),
            "truong": str(rng.choice(["", "ho_ten", "ngay_tiem"])),
            "gia_tri_moi": str(rng.choice(["", "Lê An", "01/09/2021"])),
            "ma_lien_quan": str(rng.choice(["", *others, *doses])),
            "ly_do": "",
        }
        for _ in range(rng.integers(1, 3))
    ]


def _meant_rows(rng, record, desk):
    """Return decisions as the duty wants them, now and then with one part off."""
    duty, found = desk.key.duties[record], []
    for demand in duty.demands or ((duty.may[0],),):
        act = demand[int(rng.integers(len(demand)))]
        parts = {
            "ma_mui": min(act.doses, default=""),
            "truong": act.column,
            "gia_tri_moi": min(act.values, default="").upper(),
            "ma_lien_quan": max(act.related, default=""),
        }
        if rng.random() < 0.3:
            parts[str(rng.choice(list(parts)))] = str(rng.choice(["", "khac"]))
        found.append({"ma_ho_so": record, "hanh_dong": act.action, **parts, "ly_do": ""})
    return found


def test_mastery_and_nightly_ten(js):
    """Mastery is the share of the last ten tries; mistakes that were never put right come first."""
    tries = [("HS1", "HOLD")] * 3 + [("HS1", "KEEP")] * 8 + [("HS3", "KEEP"), ("HS2", "KEEP")]
    events = [
        {"id": f"{i:032x}", "stt": i, "viec": "chon", "ma_ho_so": record, "hanh_dong": code}
        for i, (record, code) in enumerate(tries, start=1)
    ]
    mastery, ten = js(
        "([e, k]) => [practice.mastery(e, k), practice.nightlyTen(e, k)]", [events, KEY]
    )

    assert mastery == [
        {"kind": "mũi", "right": 0, "all": 1},
        {"kind": "lạ", "right": 0, "all": 1},
        {"kind": "đúng", "right": 8, "all": 10},
    ]
    assert ten == ["HS3", "HS2", "HS1"]


def test_result_file_read_by_python(js):
    """The offline page's result is what the class takes in."""
    event = Journal().make("chon", ma_ho_so="HS1", hanh_dong="a")
    raw = {"loai": "ket_qua_so_sach", "phien_ban": 1, "bai": "k1", "lop": "", "hoc_vien": "hv1"}
    raw |= {"goi": "ab", "tep": {"danh_sach.csv": "x"}, "nhat_ky": [event]}
    text = json.dumps(raw, ensure_ascii=False)
    file = {"exercise": "k1", "trainee": "hv1", "pack": "ab"}
    read = "([text, file]) => files.readResult(text, file)"

    assert js(read, [text, file]) == {"events": [event]}
    assert read_result("a.json", text.encode()).events == [event]
    assert js(read, [text, file | {"trainee": "hv2"}])["trouble"] == "import_other"
    assert js(read, [text.replace('"phien_ban": 1', '"phien_ban": 2'), file]) == {
        "trouble": "import_newer"
    }
    for bad in ("", "{", "[]", "null", '{"loai": "khac"}'):
        assert js(read, [bad, file]) == {"trouble": "import_bad"}


def test_clean_is_nfc(js):
    """What is typed is kept composed, as journal.py keeps it."""
    value = unicodedata.normalize("NFD", "Nguyễn Thị Hằng")

    assert js("value => text.clean(value)", value) == "Nguyễn Thị Hằng"
