"""The whole exercise in one file, opened from disk as a trainee does."""

import csv
import io
import json
from dataclasses import replace
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread

import openpyxl
import pytest

from sosach.review.casefile import Record
from sosach.review.offline import offline_page
from sosach.review.results import read_result
from tests.browser.conftest import LAPTOP, PHONE, Seen
from tests.screen_cases import decision_case, group_case

pytestmark = pytest.mark.slow

OLD_PHONE = {**PHONE, "width": 320, "height": 640}
NAME = "</script><!--<b>Nguyễn</b> & \"Hoa\" 'Ệ\u0301' 👩‍⚕️ ﷽"
HOSTILE = """() => { Object.defineProperty(window, "localStorage", {get() { throw new Error("no"); }}); }"""
FULL = """() => { const set = Storage.prototype.setItem; let room = 4;
    Storage.prototype.setItem = function (name, value) {
      if (!name.endsWith("|thu") && room-- <= 0) throw new DOMException("full", "QuotaExceededError");
      set.call(this, name, value); }; }"""


def download(seen, press):
    """Return what a press of a menu entry downloads: name and bytes."""
    done = seen.download(press)
    with open(done.path(), "rb") as file:  # noqa: PTH123 - Playwright gives a path as text
        return done.suggested_filename, file.read()


def exported(seen):
    """Return the result file that the page writes."""
    return read_result("ket_qua.json", download(seen, "Xuất kết quả")[1])


def give_back(seen, name, data):
    """Hand a result file to the page."""
    seen.page.locator("[data-input=import]").set_input_files(
        {"name": name, "mimeType": "application/json", "buffer": data}
    )


def rows(result):
    """Return the rows of the artefact in a result."""
    (text,) = (data for name, data in result.files.items() if name.endswith(".csv"))
    return list(csv.DictReader(io.StringIO(text.decode())))


def test_keyboard_alone(opened):
    """Forty records by keyboard: the result is what was pressed, and no request was made."""
    seen = opened(group_case(mode="class"))
    for i in range(40):
        seen.page.keyboard.press("1234"[i % 4])
    seen.page.get_by_role("dialog").wait_for()
    assert "Anh/chị đã quyết định xong" in seen.page.locator(".sb-message").inner_text()
    seen.page.keyboard.press("Escape")
    result = exported(seen)

    ids = [record.id for record in group_case().records]
    assert {row["ma_ho_so"]: row["nhom"] for row in rows(result)} == {
        id_: "abc"[i % 4] for i, id_ in enumerate(ids) if i % 4 < 3
    }
    assert (result.class_id, result.trainee) == ("BinhThanh-01", "hv012")
    assert seen.decided() == 40
    assert seen.errors == []
    assert seen.hosts == set()


def test_keys_do_nothing_while_typing(opened):
    """Letters and digits typed into the search, or by an input method, decide nothing."""
    seen = opened(group_case())
    seen.page.locator("[data-input=words]").click()
    seen.page.keyboard.type("1z2r3")
    seen.bench.evaluate(
        """bench => { for (const key of ["1", "2"]) bench.dispatchEvent(
            new KeyboardEvent("keydown", {key, isComposing: true, bubbles: true})); }"""
    )
    seen.page.keyboard.press("Control+1")

    assert seen.decided() == 0
    assert seen.page.locator("[data-input=words]").input_value() == "1z2r3"


def test_reason_is_required(opened):
    """Without a reason nothing is stored; the focus is on the list, a digit chooses."""
    seen = opened(decision_case(mode="class"))
    seen.keys("3")
    assert seen.page.locator(".sb-message").inner_text() == "Hãy chọn lý do trước."
    assert seen.page.evaluate("document.activeElement.dataset.name") == "reason"
    assert seen.decided() == 0
    seen.page.keyboard.press("3")

    (row,) = rows(exported(seen))
    assert (row["hanh_dong"], row["ly_do"]) == ("REFER_POLICE", "sai_thong_tin_co_ban")


def test_cell_with_a_value_from_its_source(opened):
    """A dose's cell that differs from its slip is taken from the slip, with three keys."""
    case = decision_case(mode="class")
    record = next(r for r in case.records if any(p.dose for p in r.papers))
    seen = opened(case)
    seen.page.locator("[data-input=words]").fill(record.id)
    seen.keys("f", "2")
    assert seen.page.locator("[data-input=value]").input_value() in record.papers[0].cells.values()
    store = seen.page.get_by_role("button", name="Ghi quyết định")
    store.click()
    assert seen.page.locator(".sb-message").inner_text() == "Hãy chọn lý do trước."
    assert seen.decided() == 0
    seen.page.locator(".sb-sheet [data-name=reason]").nth(3).click()
    store.click()

    (row,) = rows(exported(seen))
    assert row["ma_mui"] == record.papers[0].dose
    assert row["gia_tri_moi"] == record.papers[0].cells[row["truong"]]
    assert row["hanh_dong"] == "FIX_FROM_SOURCE"


def test_pair_is_merged_with_the_chosen_record(opened):
    """Two records side by side: the other one is asked for and written down, never the record itself."""
    case = decision_case(mode="class")
    record = next(r for r in case.records if r.related)
    seen = opened(case)
    seen.page.locator("[data-input=words]").fill(record.id)
    assert "nghi trùng" in seen.page.locator(".sb-table thead").first.inner_text()
    assert seen.page.locator(".sb-owner").count() > 1
    seen.keys("4")
    assert seen.page.locator(f".sb-sheet [data-code={record.id}]").count() == 0
    seen.page.locator(f".sb-sheet [data-code={record.related[0]}]").click()

    (row,) = rows(exported(seen))
    assert (row["hanh_dong"], row["ma_lien_quan"]) == ("MERGE", record.related[0])
    assert row["ly_do"] == "trung_ho_so"


def test_one_more_action_and_remove(opened):
    """A second action stands beside the first; each can be taken away again."""
    seen = opened(decision_case(mode="class"))
    seen.keys("8", "1", "ArrowLeft", "+", "7", "1")
    seen.page.keyboard.press("ArrowLeft")
    listed = seen.page.locator(".sb-decisions li")
    assert listed.count() == 2
    listed.first.get_by_role("button").click()

    assert [row["hanh_dong"] for row in rows(exported(seen))] == ["ASK_FACILITY"]


def test_undo_appends_and_returns(opened):
    """Undo opens the record again as it was before; nothing leaves the trail."""
    seen = opened(group_case(mode="class"))
    first = seen.page.locator(".sb-record h3").inner_text()
    seen.keys("1", "ArrowLeft", "2", "z")
    assert seen.page.locator(".sb-record h3").inner_text() == first
    assert "Nhóm a" in seen.page.locator(".sb-action[aria-pressed=true]").inner_text()
    seen.keys("z", "z")

    assert "Không còn gì để hoàn tác" in seen.page.locator(".sb-message").inner_text()
    assert [event["viec"] for event in exported(seen).events] == [
        *("chon", "chon", "hoan_tac", "hoan_tac")
    ]


def test_practice_explains_at_once_and_repeats(opened):
    """Right or wrong, why and by which document; then hints, and mistakes to repeat."""
    case = group_case()
    seen = opened(case)
    right = [act.code for act in case.key.answers[case.key.of[case.records[0].id]].must[0]]
    wrong = next(i for i, a in enumerate(case.form.actions, 1) if a.code not in right)
    seen.keys(str(wrong))
    feedback = seen.page.locator(".sb-feedback")
    assert "Chưa đúng" in feedback.inner_text()
    assert "Căn cứ: CV 2262" in feedback.inner_text()
    seen.keys("h", "h", "h")
    assert seen.page.locator(".sb-hints p").count() == 3
    seen.page.locator("[data-do=menu]").click()
    seen.page.get_by_role("button", name="Xem kết quả").click()
    seen.page.get_by_role("button", name="Làm lại những hồ sơ đã sai (1)").click()
    assert seen.page.locator(".sb-action[aria-pressed=true]").count() == 0
    seen.keys(str([a.code for a in case.form.actions].index(right[0]) + 1))

    assert "Đúng." in feedback.inner_text()
    assert seen.errors == []


def test_class_explains_nothing(opened):
    """A right and a wrong choice look the same in a class, and the page holds no key."""
    seen = opened(group_case(mode="class"))
    seen.keys("1", "2")
    seen.page.locator("[data-do=menu]").click()
    seen.page.get_by_role("button", name="Xem kết quả").click()
    text = seen.page.locator("dialog").inner_text()

    assert "không nói đúng sai" in text
    assert "Mức vững" not in text
    assert seen.page.locator(".sb-feedback").count() == 0
    assert '"must"' not in seen.page.content()


def test_search_and_queues(opened):
    """Names are found without marks; a queue shows what can be seen, and what is left of it."""
    case = group_case(mode="class")
    seen = opened(case)
    name = case.records[4].cells[0]
    seen.page.locator("[data-input=words]").fill(name.upper())
    assert name in seen.page.locator(".sb-line[aria-current]").inner_text()
    seen.page.locator("[data-input=words]").fill("không có ai tên này")
    assert "Không có hồ sơ nào khớp" in seen.page.locator("[data-part=found]").inner_text()
    seen.page.locator("[data-input=words]").fill("")
    empty = next(q for q in case.queues if q.title == "Ô số giấy tờ trống")
    choice = seen.page.locator("[data-input=queue]")
    choice.select_option(label=f"{empty.title} ({len(empty.ids)}/{len(empty.ids)})")
    assert seen.page.locator(".sb-line").count() == len(empty.ids)
    seen.keys("1")

    assert (
        f"{empty.title} ({len(empty.ids) - 1}/{len(empty.ids)})"
        in choice.locator("option").all_inner_texts()
    )


def test_reload_restores_everything(opened):
    """Decisions and a half-typed value come back after the page was closed."""
    seen = opened(decision_case(mode="class"))
    seen.keys("8", "1", "1")
    seen.page.locator(".sb-sheet [data-code='|ho_ten']").click()
    seen.page.locator("[data-input=value]").fill("Nguyễn Thị Đang Gõ")
    seen.page.reload()

    assert seen.decided() == 1
    assert seen.page.locator("[data-input=value]").input_value() == "Nguyễn Thị Đang Gõ"
    assert "Đã lưu trên máy này" in seen.page.locator(".sb-kept").inner_text()


def test_two_tabs_join(opened):
    """Two tabs of one exercise decide on different records: both end with all."""
    case = group_case(mode="class")
    first = opened(case)
    second = opened(case, context=first.page.context)
    second.keys("ArrowRight", "2")
    first.keys("1")
    first.page.locator("[role=progressbar][aria-valuenow='2']").wait_for()
    second.page.locator("[role=progressbar][aria-valuenow='2']").wait_for()

    assert rows(exported(first)) == rows(exported(second))
    assert "thẻ khác" in first.page.locator(".sb-kept").inner_text()


def test_other_exercises_share_nothing(opened):
    """Two exercises, and two trainees of one, on one device keep apart."""
    case = group_case(mode="class")
    first = opened(case)
    first.keys("1", "1")
    others = [
        opened(replace(case, **change), context=first.page.context, name=f"{i}.html")
        for i, change in enumerate(({"trainee": "hv013"}, {"pack": "ee" * 32}, {"exercise": "k9"}))
    ]

    assert [seen.decided() for seen in others] == [0, 0, 0]
    first.page.reload()
    assert first.decided() == 2


@pytest.mark.parametrize(
    ("fault", "said"), [(HOSTILE, "KHÔNG giữ bài làm"), (FULL, "việc mới nhất chưa lưu được")]
)
def test_storage_refused_or_full(opened, browser, fault, said):
    """A device that keeps nothing says so early; the work goes on and can be taken along."""
    context = browser.new_context(accept_downloads=True)
    context.add_init_script(f"({fault})()")
    seen = opened(group_case(mode="class"), context=context)
    early = seen.page.locator(".sb-kept").inner_text()
    seen.keys(*"12312312")
    late = seen.page.locator(".sb-kept").inner_text()
    result = exported(seen)
    context.close()

    assert said in (early if fault is HOSTILE else late)
    assert len(rows(result)) == 8
    assert seen.errors == []


def test_result_of_another_time_and_of_somebody_else(opened):
    """An older result adds what is missing; another person's changes nothing; bad files are named."""
    case = group_case(mode="class")
    seen = opened(case)
    seen.keys("1", "2")
    older = download(seen, "Xuất kết quả")[1]
    seen.keys("3")
    seen.page.evaluate("localStorage.clear()")
    seen.page.reload()
    assert seen.decided() == 0
    seen.keys("4")
    give_back(seen, "cu.json", older)
    seen.page.get_by_text("Đã nhập 2 việc từ tệp cu.json").wait_for()
    assert seen.decided() == 2  # the same first record, decided again later
    other = json.loads(older) | {"hoc_vien": "hv999"}
    for name, data, said in [
        ("cu.json", older, "không có gì mới"),
        ("khac.json", json.dumps(other).encode(), "là của bài k1_02_lap_danh_sach, học viên hv999"),
        ("moi.json", json.dumps(json.loads(older) | {"phien_ban": 9}).encode(), "bản mới hơn"),
        ("hong.json", b"{", "không phải là tệp kết quả"),
    ]:
        give_back(seen, name, data)
        seen.page.locator(".sb-message", has_text=said).wait_for()
    assert seen.decided() == 2
    assert seen.errors == []


def test_excel_download_is_text(opened):
    """Excel opens the decisions with every identifier as text."""
    seen = opened(group_case(mode="class"))
    seen.keys("1", "2", "4")
    name, data = download(seen, "Tải quyết định về Excel")
    sheet = openpyxl.load_workbook(io.BytesIO(data)).active

    assert name == "k1_02_lap_danh_sach__hv012__danh_sach.xlsx"
    assert [cell.value for cell in sheet[1]] == ["ma_ho_so", "nhom"]
    assert sheet.max_row == 3
    assert {cell.number_format for row in sheet for cell in row} == {"@"}


def test_any_name_is_only_text(opened):
    """Markup, quotes, emoji and composed letters in a name are shown, and run nothing."""
    case = group_case(mode="class")
    first = case.records[0]
    hostile = Record(first.id, (NAME, *first.cells[1:]), first.doses)
    seen = opened(replace(case, records=(hostile, *case.records[1:])))
    shown = seen.page.locator(".sb-v").first.inner_text()
    seen.keys("1")

    assert shown == NAME
    assert seen.decided() == 1
    assert seen.errors == []


@pytest.mark.parametrize("size", [LAPTOP, PHONE, OLD_PHONE], ids=["laptop", "phone", "old phone"])
def test_everything_fits_the_thumb_and_the_screen(opened, size):
    """Nothing to press is smaller than 44 px, nothing scrolls sideways, cells stay readable."""
    case = decision_case()
    pair = next(r for r in case.records if r.related)
    slip = next(r for r in case.records if any(p.dose for p in r.papers))
    seen = opened(case, **size)
    for record in (case.records[0], pair, slip):
        seen.bench.evaluate(
            """(bench, id) => { const words = bench.querySelector("[data-input=words]");
                words.value = id; words.dispatchEvent(new Event("input", {bubbles: true})); }""",
            record.id,
        )
        assert seen.small() == []
        assert seen.too_wide() <= 0
        cells = seen.page.locator(".sb-two td:visible, .sb-table caption").all()
        cells = [cell.bounding_box() for cell in cells]
        assert min(cell["width"] for cell in cells) >= 110
    seen.keys("2")
    assert seen.small() == []
    assert seen.too_wide() <= 0


@pytest.mark.parametrize(
    ("scheme", "size"),
    [
        pytest.param("light", LAPTOP, id="laptop"),
        pytest.param("dark", PHONE, id="phone, dark"),
        pytest.param("dark", LAPTOP, id="laptop, dark", marks=pytest.mark.full),
        pytest.param("light", PHONE, id="phone", marks=pytest.mark.full),
    ],
)
def test_no_barriers(opened, scheme, size):
    """Axe finds nothing serious: on a record, while deciding, after it, in a dialog."""
    seen = opened(decision_case(), color_scheme=scheme, **size)
    found = seen.barriers()
    for keys in (["3"], ["3"], ["f"], ["?"]):
        seen.keys(*keys)
        seen.page.wait_for_timeout(250)  # transitions end
        found += seen.barriers()

    assert found == []


def test_difference_is_never_colour_alone(opened):
    """Every row says in words whether it agrees; marks are underlined."""
    case = decision_case()
    seen = opened(case)
    verdicts = seen.page.locator(".sb-table .sb-verdict").all_inner_texts()
    line = seen.page.locator(".sb mark").first.evaluate(
        "e => getComputedStyle(e).borderBottomWidth"
    )

    assert len(verdicts) == 4
    assert all("khớp" in text or "khác" in text or "trống" in text for text in verdicts)
    assert line == "3px"


def test_messages_reach_a_screen_reader(opened):
    """What happens is said in a polite live region, the progress by its role."""
    seen = opened(group_case(mode="class"))
    seen.keys("1")
    tree = seen.page.locator(".sb").aria_snapshot()

    assert seen.page.locator(".sb-message").get_attribute("aria-live") == "polite"
    assert 'progressbar "Tiến độ"' in tree
    assert "Đã lưu:" in tree


def test_print_shows_the_record_alone(opened):
    """On paper stand the record and the banner, not the buttons."""
    seen = opened(decision_case())
    seen.page.emulate_media(media="print")

    assert seen.page.locator(".sb-table").first.is_visible()
    assert seen.page.locator(".sb-banner").is_visible()
    assert not seen.page.locator(".sb-action").first.is_visible()
    assert not seen.page.locator(".sb-side").is_visible()


def test_guide_is_printed_from_own_mistakes(opened, browser):
    """One page holds the hints of what went wrong, and says that the data are invented."""
    context = browser.new_context()
    context.add_init_script("window.print = () => { top.printed = document.body.innerText; }")
    case = group_case()
    seen = opened(case, context=context)
    right = case.key.answers[case.key.of[case.records[0].id]]
    seen.keys("2" if right.must[0][0].code == "a" else "1")
    seen.page.locator("[data-do=menu]").click()
    seen.page.get_by_role("button", name="Xem kết quả").click()
    seen.page.get_by_role("button", name="In một trang ôn").click()
    printed = seen.page.evaluate("printed")
    context.close()

    assert "DỮ LIỆU GIẢ LẬP" in printed
    assert right.kind in printed
    assert all(hint in printed for hint in right.hints)
    assert seen.errors == []


def test_signed_dose_stays(opened):
    """A dose that is signed cannot be deleted as the second of two; the sentence says why."""
    case = decision_case(mode="class")
    place = [column.name for column in case.dose_columns].index("tt_ky")
    record = next(
        r for r in case.records if len(r.doses) > 1 and r.doses[0].cells[place] == "Đã ký"
    )
    seen = opened(case)
    seen.page.locator("[data-input=words]").fill(record.id)
    seen.keys("5")
    seen.page.locator(f".sb-sheet [data-name=dose][data-code={record.doses[0].id}]").click()
    seen.page.locator(f".sb-sheet [data-name=related][data-code={record.doses[1].id}]").click()
    seen.page.get_by_role("button", name="Ghi quyết định").click()

    assert "đã ký nên phải giữ lại" in seen.page.locator(".sb-message").inner_text()
    assert seen.decided() == 0


def test_page_without_script_says_what_to_do(browser, opened, tmp_path):
    """A preview that runs no script shows a sentence, not a blank page."""
    context = browser.new_context(java_script_enabled=False)
    seen = opened(group_case(), context=context)
    text = seen.page.locator("body").inner_text()
    context.close()

    assert "hãy tải tệp về máy" in text


def test_same_case_same_page_and_small():
    """Equal case files give equal bytes; 500 records stay below 400 kB."""
    page = offline_page(group_case(500, "class"))

    assert page == offline_page(group_case(500, "class"))
    assert len(page.encode()) < 400_000


def test_plain_http_from_another_machine(launch, tmp_path):
    """Over plain HTTP under a name that is not this machine's, where browsers allow less."""
    (tmp_path / "bai.html").write_text(offline_page(group_case(mode="class")), encoding="utf-8")
    handler = partial(SimpleHTTPRequestHandler, directory=tmp_path)
    browser = launch("--host-resolver-rules=MAP tram.lop 127.0.0.1")
    with ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        Thread(target=server.serve_forever, daemon=True).start()
        seen = Seen(browser.new_page()).watch()
        seen.page.goto(f"http://tram.lop:{server.server_port}/bai.html")
        secure = seen.page.evaluate("isSecureContext")
        seen.keys("1", "2", "3")
        seen.page.reload()
        kept, result = seen.decided(), exported(seen)
        server.shutdown()
    browser.close()

    assert not secure
    assert kept == 3
    assert len(rows(result)) == 3
    assert seen.errors == []
    assert seen.hosts == {"tram.lop"}
