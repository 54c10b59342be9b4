"""Ways to points without work: none of them leads anywhere."""

from __future__ import annotations

import json

from tests.grading.corpus.cases import FULL, ZERO, case

WON = {
    "output_type": "execute_result",
    "data": {"text/plain": "10.0"},
    "execution_count": 1,
    "metadata": {},
}


def without_work(work):
    """Hand in an empty list."""
    work.write("ma_ho_so,nhom\n")


@case(ZERO)
def one_answer_for_all(work):
    work.write(work.text([(i, "c") for i in work.ids]))


@case(ZERO, "không có trong gói bài", flagged=True)
def the_list_of_a_classmate(work):
    work.write(work.text(work.others))


@case(ZERO, "gói khác", flagged=True)
def the_whole_folder_of_a_classmate(work):
    work.write(work.text(work.others))
    about = {"exercise": work.exercise, "trainee": "hv02"}
    (work.folder / "goi_bai.json").write_text(json.dumps(about))


@case(ZERO, "không có trong gói bài", flagged=True)
def a_practice_set(work):
    work.write(work.text([(f"HS{i:010d}", "a") for i in range(20)]))


@case(FULL, "gói khác", flagged=True)
def ones_own_list_in_a_classmates_folder(work):
    """The record in the folder is a classmate's, the work is one's own: it counts, and is told."""
    about = {"exercise": work.exercise, "trainee": "hv02"}
    (work.folder / "goi_bai.json").write_text(json.dumps(about))


@case(FULL, "không đọc được")
def a_spoiled_record_of_the_pack(work):
    (work.folder / "goi_bai.json").write_bytes(b"[" * 90_000)


@case(ZERO)
def made_up_records(work):
    work.write(work.text([(f"x{i}", "a") for i in range(5000)]))


@case(ZERO)
def wild_cards(work):
    work.write(work.text([("*", "a"), ("HS*", "b"), ("%", "c"), ("' or 1=1 --", "a")]))


@case(ZERO)
def formulas(work):
    work.write(
        work.text([("=cmd|' /C calc'!A0", "a"), ("@SUM(A1)", "b"), ("+1", "c"), ("-1", "a")])
    )


@case(ZERO)
def tags_and_commands(work):
    rows = [
        ("<script>alert(1)</script>", "a"),
        ("{{7*7}}", "b"),
        ("\x1b]0;x\x07", "c"),
        ("$(id)", "a"),
    ]
    work.write(work.text(rows))


@case(ZERO)
def names_of_methods(work):
    work.write(work.text([("__class__", "a"), ("constructor", "b"), ("__proto__", "c")]))


@case(ZERO)
def outputs_that_look_like_points(work):
    without_work(work)

    def change(notebook):
        for cell in notebook["cells"]:
            cell.update(outputs=[WON], execution_count=1)

    work.edit(change)


@case(ZERO)
def more_points_in_the_notebook(work):
    without_work(work)

    def change(notebook):
        for cell in notebook["cells"]:
            cell["metadata"].setdefault("nbgrader", {}).update(
                points=1000, grade=True, solution=True
            )

    work.edit(change)


@case(ZERO)
def graded_cell_without_outputs_of_another_type(work):
    without_work(work)

    def change(notebook):
        for cell in notebook["cells"]:
            if cell["metadata"].get("nbgrader", {}).get("grade"):
                cell.update(cell_type="markdown", source="10/10")

    work.edit(change)


@case(ZERO)
def graded_cells_gone(work):
    without_work(work)
    work.edit(lambda notebook: notebook.update(cells=[]))


@case(ZERO)
def marks_in_the_metadata(work):
    without_work(work)

    def change(notebook):
        told = {"points": 10, "max_points": 10, "wrong": [], "title": "x"}
        notebook["metadata"]["sosach"] = told
        for cell in notebook["cells"]:
            cell["metadata"]["sosach"] = told

    work.edit(change)


@case(ZERO)
def code_that_would_run(work):
    without_work(work)

    def change(notebook):
        for cell in notebook["cells"]:
            cell["source"] = "open('bi_mat.key').read(); import os; os.system('touch da_chay')"

    work.edit(change)


@case(ZERO)
def another_kernel(work):
    without_work(work)
    spec = {"name": "bash", "display_name": "x", "language": "bash"}
    work.edit(lambda notebook: notebook["metadata"].update(kernelspec=spec))


@case(ZERO)
def files_that_programs_read(work):
    without_work(work)
    for name in ("nbgrader_config.py", "gradebook.db", "sitecustomize.py", "conftest.py", "x.pth"):
        (work.folder / name).write_text("import os; os.system('touch da_chay')")
        (work.folder / "bai_nop" / name).write_text("import os; os.system('touch da_chay')")


@case(ZERO)
def marks_in_files(work):
    without_work(work)
    for name in ("diem.json", "ket_qua.csv", "feedback.html", "dap_an.csv"):
        (work.folder / "bai_nop" / name).write_text(work.text())


@case(ZERO)
def a_receipt_of_ones_own(work):
    without_work(work)
    told = {
        "received": "1999-01-01 00:00:00 UTC",
        "repairs": [],
        "for_trainer": [],
        "seal": "0" * 64,
    }
    (work.folder / "tiep_nhan.json").write_text(json.dumps(told))
    (work.folder / "timestamp.txt").write_text("1999-01-01 00:00:00 UTC")


@case(ZERO)
def a_pickle(work):
    work.write(
        b"\x80\x04\x95\x1a\x00\x00\x00\x00\x00\x00\x00\x8c\x05posix\x94\x8c\x06system\x94\x93\x94."
    )
