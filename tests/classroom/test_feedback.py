from __future__ import annotations

import nbformat
from nbconvert.exporters import HTMLExporter

from sosach.classroom.folder import ClassFolder
from sosach.classroom.nbgrader_class import TEMPLATES
from sosach.grading.handouts import make_trainee_pack, read_secret, regenerate
from sosach.grading.seeds import trainee_seed
from sosach.grading.specs import find_spec, load_spec

EXERCISE = "k1_02_lap_danh_sach"


def test_generate_feedback_has_own_reasons(graded):
    """The page tells score, reasons and documents, under the banner."""
    folder, _ = graded
    page = (folder / "feedback" / "goi_het" / EXERCISE / f"{EXERCISE}.html").read_text("utf-8")

    assert "DỮ LIỆU GIẢ LẬP" in page
    assert "Điểm: 0 / 10" in page
    assert "Thuộc nhóm a, anh/chị đã xếp nhóm c" in page
    assert "CV 2262" in page


def test_generate_feedback_escapes_trainee_text(graded):
    """What a trainee typed is shown, never run."""
    folder, _ = graded
    page = (folder / "feedback" / "ma_doc" / EXERCISE / f"{EXERCISE}.html").read_text("utf-8")

    assert "không có mã '&lt;script&gt;" in page.replace("&#39;", "'")
    assert "<script" not in page


def test_generate_feedback_escapes_every_text():
    """Answers, comments, titles and sentences all reach the page as text."""
    evil = "<img src=x onerror=alert(1)>"
    outcome = {"title": evil, "notes": [evil], "n_items": 1, "unit": evil}
    outcome["wrong"] = [{"item": evil, "text": evil, "basis": evil}]
    answer = {"solution": True, "grade": True, "grade_id": evil, "comment": evil}
    marks = {"score": 0, "points": 1}
    cells = [
        nbformat.v4.new_markdown_cell(evil, metadata={"nbgrader": {**answer, **marks}}),
        nbformat.v4.new_code_cell("", metadata={"nbgrader": marks, "sosach": outcome}),
    ]
    notebook = nbformat.v4.new_notebook(cells=cells)
    notebook.metadata["sosach"] = {
        "title": evil,
        "trainee": evil,
        "documents": [evil],
        "repairs": [evil],
    }
    exporter = HTMLExporter(
        template_name="phieu_nhan_xet", extra_template_basedirs=[str(TEMPLATES)]
    )
    resources = {"nbgrader": {"score": 0, "max_score": 1, "late_penalty": 0}}
    page, _ = exporter.from_notebook_node(notebook, resources=resources)

    assert page.count("&lt;img") == 14
    assert "<img" not in page


def test_generate_feedback_shows_no_truth(graded):
    """No page holds a corrected value, somebody else's record, the secret or the seed."""
    folder, _ = graded
    class_id = ClassFolder.load(folder).record.class_id
    secret = read_secret(folder)
    spec = load_spec(find_spec(EXERCISE))
    page = (folder / "feedback" / "goi_het" / EXERCISE / f"{EXERCISE}.html").read_text("utf-8")
    pack = make_trainee_pack(spec, secret, class_id, "lam_quen", "goi_het")
    cells = [row for row in pack.ledger.to_pylist() if row["column"] != "tt_xac_minh"]
    truths = [row["truth"] for row in cells if row["truth"]]
    _, other = regenerate(folder, EXERCISE, "dung")
    _, own = regenerate(folder, EXERCISE, "goi_het")

    assert truths
    assert not [truth for truth in truths if truth in page]
    assert not [code for code in set(other.records) - set(own.records) if code in page]
    assert secret.hex() not in page
    assert str(trainee_seed(secret, class_id, EXERCISE, "lam_quen", "goi_het")) not in page
