"""Feedback pages drawn from made-up marks, for tests that need no class."""

from __future__ import annotations

import nbformat
from nbconvert.exporters import HTMLExporter

from sosach.classroom.feedback import Marks, Person, feedback_page
from sosach.classroom.nbgrader_class import TEMPLATES
from sosach.grading.outcomes import outcome
from sosach.grading.rubrics.balance import Finding, Judgement
from sosach.grading.scoring import TaskResult
from sosach.grading.specs import TaskSpec
from sosach.publish.pages import style

TASK = TaskSpec("quyet_dinh", "Quyết định về từng hồ sơ", 10, "decisions", "quyet_dinh.csv")
PERSON = Person("hv01", "Nguyễn Thị Đúng", "Trạm Y tế Phường 1", "Lớp 1", "2022-05-20 08:15:00 UTC")
ABOUT = {
    "title": "Lập danh sách đối tượng sai thông tin",
    "documents": ["CV 2262/BYT-CNTT ngày 4/5/2022", "CV 9438/BYT-CNTT ngày 5/11/2021"],
    "repairs": [],
}

#: what people try to get into a page that others open
PAYLOADS = [
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    "<svg/onload=alert(1)>",
    '"><script>alert(1)</script>',
    "' onmouseover='alert(1)",
    "</style><script>alert(1)</script>",
    "</title><script>alert(1)</script>",
    "<style>*{display:none}</style>",
    "<iframe srcdoc='<script>alert(1)</script>'></iframe>",
    "<a href='javascript:alert(1)'>x</a>",
    "[x](javascript:alert(1))",
    "![x](http://example.org/p.png)",
    "<meta http-equiv=refresh content='0;url=http://example.org'>",
    "<base href='http://example.org/'>",
    "<form action='http://example.org'><input></form>",
    "<!-- --><script>alert(1)</script>",
    "<![CDATA[<script>alert(1)</script>]]>",
    "&lt;script&gt;alert(1)&lt;/script&gt;",
    "{{ 7 * 7 }} {% raw %}",
    "\u202e<script>\u0000alert(1)</script>",
]
#: what the template itself writes
TAGS = {
    *("html", "head", "meta", "title", "style", "body", "main", "header", "footer", "section"),
    *("article", "div", "p", "h1", "h2", "h3", "ul", "li", "b", "strong", "small", "span", "code"),
    *("pre", "details", "summary", "table", "thead", "tbody", "tr", "th", "td", "svg", "rect"),
}


def result_of(causes, n_items=30, task=TASK):
    """Return a task in which one item per cause is wrong and the others are right."""
    wrong = [
        Finding(
            f"HS{i:010d}",
            False,
            "Cần: Đưa vào danh sách gửi công an đối chiếu; anh/chị đã chọn: Giữ nguyên, không "
            "phải lỗi. Hồ sơ này: sai họ tên so với dân cư (gõ nhầm, đọc nhầm chữ viết tay).",
            kind="REFER_POLICE",
            basis="CV 2262 (loại 3)",
            causes=(cause,),
            answer="KEEP",
        )
        for i, cause in enumerate(causes)
    ]
    right = [
        Finding(f"HS9{i:09d}", True, "Đúng.", kind="KEEP") for i in range(n_items - len(wrong))
    ]
    score = Judgement([*wrong, *right]).score()
    points = float(round(task.points * score.fraction, 4))
    return TaskResult(task.grade_id, points, task.points, score.findings, [])


def cell_of(result, task=TASK):
    """Return the marked cell of a task."""
    mark = {"grade": True, "solution": False, "score": result.points, "points": task.points}
    metadata = {"nbgrader": mark, "sosach": outcome(result, task)}
    return nbformat.v4.new_code_cell("", metadata=metadata)


def draw(cells, about=ABOUT, marks=None, person=PERSON):
    """Return the page as HTML."""
    notebook = nbformat.v4.new_notebook(cells=cells)
    points = sum(c.metadata.sosach.points for c in cells if "sosach" in c.metadata)
    marks = marks or Marks(points, 10)
    notebook.metadata["phieu"] = feedback_page(about, notebook.cells, marks, person)
    notebook.metadata["phieu"]["style"] = style("phieu_nhan_xet.css")
    exporter = HTMLExporter(
        template_name="phieu_nhan_xet", extra_template_basedirs=[str(TEMPLATES)]
    )
    return exporter.from_notebook_node(notebook)[0]


def manual_cell(source="Vì …", comment="Tốt.", id="giai_thich"):
    """Return an answer that the trainer marked."""
    mark = {"grade": True, "solution": True, "grade_id": id, "comment": comment}
    mark |= {"score": 1.5, "points": 2}
    return nbformat.v4.new_markdown_cell(source, metadata={"nbgrader": mark})


def hostile_page(payload):
    """Return a page in which every text from outside is the payload."""
    cell = cell_of(result_of(["E01"]))
    told = cell.metadata["sosach"]
    told |= dict.fromkeys(("title", "unit"), payload) | {"notes": [payload]}
    texts = dict.fromkeys(("item", "text", "basis", "rule", "example"), payload)
    told["wrong"] = [{**wrong, **texts, "causes": [payload]} for wrong in told["wrong"]]
    told["mastery"] = {payload: [1, 2]}
    about = {"title": payload, "documents": [payload], "repairs": [payload], "amended": [payload]}
    person = type(PERSON)(*[payload] * 5)
    cells = [cell, cell_of(result_of([])), manual_cell(source=payload, comment=payload, id=payload)]
    return draw(cells, about, Marks(1, 2, 0.5), person)
