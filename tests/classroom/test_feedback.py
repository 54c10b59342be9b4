from __future__ import annotations

from html.parser import HTMLParser

import nbformat
import pytest

from sosach.classroom.feedback import FIRST, SHOWN, Marks, feedback_page
from sosach.classroom.folder import ClassFolder
from sosach.classroom.handouts import make_trainee_case, read_secret, regenerate
from sosach.grading.seeds import trainee_seed
from sosach.grading.specs import find_spec, load_spec
from tests.classroom.feedback_pages import (
    ABOUT,
    PAYLOADS,
    PERSON,
    TAGS,
    cell_of,
    draw,
    hostile_page,
    manual_cell,
    result_of,
)

EXERCISE = "k1_02_lap_danh_sach"

#: characters of the shortest identity number; a value as long belongs to one person
TELLING = 9


class Page(HTMLParser):
    """The page as a browser's parser splits it: tags, attributes, text."""

    def __init__(self, text):
        super().__init__(convert_charrefs=True)
        self.tags, self.attributes, self.said = [], [], []
        self.feed(text)
        self.close()

    def handle_starttag(self, tag, attrs):
        """Keep a tag with its attributes."""
        self.tags.append(tag)
        self.attributes += attrs

    def handle_data(self, data):
        """Keep what would be read."""
        self.said.append(data)

    @property
    def text(self):
        """The whole text, blanks folded."""
        return " ".join(" ".join(self.said).split())


def page_of(folder, trainee):
    """Return the feedback page that grading wrote."""
    return ClassFolder.load(folder).feedback_page(EXERCISE, trainee).read_text("utf-8")


def data_of(cells, about=ABOUT, marks=None):
    """Return the data of a page."""
    return feedback_page(about, cells, marks or Marks(5, 10), PERSON)


def test_generate_feedback_tells_why(graded):
    """The page of a class has score, reason, rule, document, example, mastery and the way to appeal."""
    text = Page(page_of(graded[0], "goi_het")).text

    assert "0 /10 điểm, 0%" in text
    assert "Ngô Gọi Hết (goi_het), TYT Phường 10 · nhận lúc" in text
    assert "Thuộc nhóm a, anh/chị đã xếp nhóm c" in text
    assert "Quy tắc: CV 2262 ngày 4/5/2022 chia ba nhóm" in text
    assert "Căn cứ: CV 2262" in text
    assert "Ví dụ bịa, đã giải: Hồ sơ Lê Thị Thu" in text
    assert "đúng 0/12, cần luyện thêm" in text
    assert "Nếu anh/chị thấy chấm chưa đúng" in text
    assert text.startswith("Phiếu nhận xét")
    assert text.count("DỮ LIỆU GIẢ LẬP") == 2


def test_generate_feedback_perfect(graded):
    """Who did all of it right reads so, and nothing about lost points."""
    text = Page(page_of(graded[0], "dung")).text

    assert "Anh/chị đã làm đúng tất cả." in text
    assert "Vì sao mất điểm" not in text


def test_generate_feedback_escapes_trainee_text(graded):
    """What a trainee typed is shown, never run."""
    page = Page(page_of(graded[0], "ma_doc"))

    assert "không có mã '<script>" in page.text
    assert "script" not in page.tags


@pytest.mark.parametrize("payload", PAYLOADS)
def test_page_escapes(payload):
    """Whatever stands in any text, the parser finds the template's own tags and no handler."""
    page = Page(hostile_page(payload))

    assert set(page.tags) <= TAGS
    assert page.tags.count("style") == page.tags.count("title") == 1
    assert not [name for name, _ in page.attributes if name.startswith("on")]
    assert not {name for name, _ in page.attributes} & {"href", "src", "srcdoc", "action", "style"}
    plain = payload.replace("\u0000", "\ufffd")
    assert page.text.replace("\u0000", "\ufffd").count(" ".join(plain.split())) >= 20


def test_page_forbids_all_loading():
    """The page's own policy allows its style and nothing else."""
    page = Page(draw([cell_of(result_of([]))]))
    [policy] = [v for n, v in page.attributes if n == "content" and v and "default-src" in v]

    assert policy.startswith("default-src 'none'; style-src 'unsafe-inline';")


def test_generate_feedback_shows_no_truth(graded):
    """No page holds a corrected value, somebody else's record, the secret or the seed.

    A shorter value, as a sex, stands in many places and gives nothing away.
    """
    folder, _ = graded
    class_id = ClassFolder.load(folder).record.class_id
    secret = read_secret(folder)
    spec = load_spec(find_spec(EXERCISE))
    page = page_of(folder, "goi_het")
    case = make_trainee_case(spec, secret, class_id, "lam_quen", "goi_het")
    cells = [row for row in case.pack.ledger.to_pylist() if row["column"] != "tt_xac_minh"]
    truths = [row["truth"] for row in cells if len(row["truth"] or "") >= TELLING]
    _, other = regenerate(folder, EXERCISE, "dung")
    _, own = regenerate(folder, EXERCISE, "goi_het")

    assert truths
    assert not [truth for truth in truths if truth in page]
    assert not [code for code in set(other.records) - set(own.records) if code in page]
    assert secret.hex() not in page
    assert str(trainee_seed(secret, class_id, EXERCISE, "lam_quen", "goi_het")) not in page


def test_feedback_page_one_block_per_error():
    """Items of one error stand together, the dearest error first, with what each item cost."""
    page = data_of([cell_of(result_of(["E02", "E01", "E01"]))])

    assert [block["title"] for block in page["first"]] == [
        "Không có số CCCD/CMND",
        "Sai định dạng số CCCD/CMND",
    ]
    [reason] = page["first"][0]["reasons"]
    assert [record["item"] for record in reason["records"]] == ["HS0000000001", "HS0000000002"]
    assert {record["lost"] for record in reason["records"]} == {"–1,67"}
    assert page["first"][0]["lost"] == "–3,33"
    assert page["summary"] == ("Đúng 27 trên 30 hồ sơ. Mất nhiều điểm nhất: Không có số CCCD/CMND.")


def test_feedback_page_many_wrong():
    """Beyond a first page of wrong items the page says how many more, beyond its limit how many it leaves out."""
    page = data_of([cell_of(result_of(["E01"] * (SHOWN + 7), 300))])
    counts = [
        sum(len(reason["records"]) for block in page[part] for reason in block["reasons"])
        for part in ("first", "rest")
    ]

    assert counts == [FIRST, SHOWN - FIRST]
    assert (page["n_rest"], page["n_left_out"]) == (SHOWN + 7 - FIRST, 7)
    assert page["rest"][0]["example"] == ""  # it stands above


@pytest.mark.parametrize(
    ("marks", "about", "note"),
    [
        (Marks(4.5, 10, 0.5), {}, "Đã trừ 0,5 điểm vì nộp trễ."),
        (Marks(5, 10), {"repairs": ["Đã đọc tệp x."]}, "Đã đọc tệp x."),
        (Marks(5, 10), {"amended": ["HS1 được chấp nhận."]}, "HS1 được chấp nhận."),
    ],
)
def test_feedback_page_notes(marks, about, note):
    """Late penalty, repairs and accepted appeals are said."""
    page = data_of([cell_of(result_of([]))], {**ABOUT, **about}, marks)

    assert page["notes"] == [note]


@pytest.mark.parametrize(
    ("points", "note"),
    [
        (3.0, "Trừ thêm 2 điểm vì những mã không có trong gói bài."),
        (5.0, None),
        (
            6.0,
            "Cộng lại, các chỗ chưa đúng trừ nhiều hơn 10 điểm. Điểm thấp nhất của một phần là 0.",
        ),
    ],
)
def test_feedback_page_sums(points, note):
    """What the items lost and what the task lost differ only by what is said."""
    cell = cell_of(result_of(["E01", "E01"]))
    cell.metadata["sosach"]["points"] = points

    assert data_of([cell])["notes"] == ([note] if note else [])


def test_feedback_page_mark_by_hand():
    """A task's points are the gradebook's; where the trainer changed them, it says so."""
    cell = cell_of(result_of(["E01"]))
    cell.metadata["nbgrader"]["score"] = 9.5

    assert data_of([cell])["tasks"][0]["points"] == "9,5/10"
    assert "(giảng viên chấm)" in draw([cell])


def test_feedback_page_manual_answers():
    """Answers that a person marks show points and comment, not nbgrader's own English remark."""
    cells = [manual_cell(comment="Rõ ràng."), manual_cell(comment="No response.")]
    first, second = data_of(cells)["answers"]

    assert (first["points"], first["comment"]) == ("1,5/2", "Rõ ràng.")
    assert second["comment"] == ""


def test_feedback_page_code_of_the_trainee_is_no_answer():
    """A solution cell that nobody marks or comments on is left out."""
    cell = nbformat.v4.new_code_cell("x = 1", metadata={"nbgrader": {"solution": True}})

    assert data_of([cell])["answers"] == []


def test_feedback_page_documents():
    """What to read again is ordered by how many lost items rest on it."""
    about = {**ABOUT, "documents": [*reversed(ABOUT["documents"])]}
    page = data_of([cell_of(result_of(["E01", "E02"]))], about)

    assert page["documents"] == [
        {"name": "CV 2262/BYT-CNTT ngày 4/5/2022", "n": 2},
        {"name": "CV 9438/BYT-CNTT ngày 5/11/2021", "n": 0},
    ]


def test_feedback_page_mastery():
    """Mastery counts every error once, over all tasks, the weakest first, in words."""
    page = data_of([cell_of(result_of(["E01", "E01"])), cell_of(result_of([], 4))])

    assert [(known["name"], known["right"], known["every"]) for known in page["mastery"]] == [
        ("Không có số CCCD/CMND", 0, 2),
        ("Hồ sơ không có lỗi", 32, 32),
    ]
    assert [known["level"] for known in page["mastery"]] == ["cần luyện thêm", "vững"]


def test_feedback_page_file_not_judged():
    """Where a file could not be judged, the note says why and no sum is made up."""
    cell = cell_of(result_of([], 0))
    cell.metadata["sosach"] |= {"points": 0, "notes": ["Không có tệp danh_sach.csv trong bai_nop."]}
    page = data_of([cell], marks=Marks(0, 10))

    assert page["summary"] == ""
    assert page["notes"] == ["Không có tệp danh_sach.csv trong bai_nop."]
    assert page["tasks"][0]["right"] == "–"
