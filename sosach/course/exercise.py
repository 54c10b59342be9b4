"""What an exercise notebook holds in its hand: the data, the screen, the check, the hand-in."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from pathlib import Path

import pandas as pd

from generator.problems import nearest
from sosach.course import handin
from sosach.course.casefiles import case_of
from sosach.course.explain import explain
from sosach.course.notices import ThongBao, answers_in_words
from sosach.course.tokens import proved_here, sign
from sosach.course.workfile import WORKFILE, read_filled, write_empty
from sosach.course.workplace import Workplace, open_practice
from sosach.grading.artefacts import Refusal
from sosach.grading.scoring import score
from sosach.grading.specs import ArtefactSpec, ExerciseSpec
from sosach.review import Journal, ManHinh, Trouble
from sosach.review.journal import Event, decision_rows, live

__all__ = ["BaiTap"]

TRAIL = "nhat_ky.jsonl"
READ_IT = "bấm Thêm, rồi Nhập phiếu Excel"
SHOWN_ERRORS = 20  # rows named in one notice
NOTHING_YET = (
    "Chưa có bài làm. Hãy làm trên màn hình, "
    "hoặc lưu tệp {stem}.xlsx vào thư mục bai_nop, rồi chạy lại ô này."
)


class BaiTap:
    """An opened exercise; made by `sosach.course.opening.mo_bai`.

    Attributes
    ----------
    doi_tuong, mui_tiem : DataFrame
        The records and their doses, all text; the learner's own copies, free to be changed.
    """

    def __init__(self, folder: Path, spec: ExerciseSpec, place: Workplace) -> None:
        self._folder, self._spec = folder, spec
        self._enter(place)

    def man_hinh(self) -> ManHinh:
        """Return the screen, with everything that was decided before."""
        return ManHinh(
            self._case,
            self._journal,
            keep=self._keep,
            file=f"bai_nop/{self._artefact}",
            key=f"{self._place.pack[:16]}|{self._folder}",
            note=self._follow_file(),
            commands={
                "phieu_excel": lambda: _in_lines(self.phieu_excel()),
                "nhap_excel": lambda: _in_lines(self.nhap_excel()),
            },
        )

    @answers_in_words
    def luu(self, bang: pd.DataFrame | Iterable[dict[str, str]]) -> ThongBao:
        """Write what is handed in, made by code.

        Parameters
        ----------
        bang : DataFrame or iterable of dict
            With the columns of the exercise's file, one row per decision.

        Returns
        -------
        ThongBao
            Where it was written, or what to put right; then nothing was written.
        """
        data = self._data(bang)
        rows, notes, _ = handin.read_list({self._artefact: data}, self._artefact, self._form)
        self._refuse_unknown(rows)
        said = self._write(data, rows)
        self._follow_file()
        return ThongBao(said, notes, kind="duoc")

    def bang(self, ten: str) -> pd.DataFrame:
        """Return a further table of the exercise, as ``"danh_sach_cong_an"``.

        Parameters
        ----------
        ten : str
            Name of a file in ``du_lieu/`` without its ending.

        Returns
        -------
        DataFrame
            A copy, all text.
        """
        tables = self._place.tables
        if ten not in tables:
            message = f"Bài này không có bảng '{ten}'. Có: {', '.join(sorted(tables))}."
            raise Trouble(message)
        return tables[ten].copy()

    @answers_in_words
    def ky(self, ma_mui: Iterable[str], token: str, pin: str) -> ThongBao:
        """Sign doses for real, with a token of the exercise's drawer; again, it goes on.

        Parameters
        ----------
        ma_mui : iterable of str
            The doses; what this token has signed already is passed over.
        token, pin : str
            As ``"TK1"``, and its PIN: a wrong one costs a try.

        Returns
        -------
        ThongBao
            How many were signed, also where the token refused in the middle.
        """
        wanted = list(dict.fromkeys(ma_mui))
        self._refuse_unknown([{self._id_column: name} for name in wanted])
        done = sign(self._folder, self._place, wanted, token, pin)
        signed = {name: {"ma_mui": name, "token": token} for name in done.signed}
        rows = list(({row["ma_mui"]: row for row in self._rows()} | signed).values())
        said = self._write(self._data(rows), rows)
        self._follow_file()
        return ThongBao(done.said, [said, *done.stopped], kind="loi" if done.stopped else "duoc")

    @answers_in_words
    def phieu_excel(self) -> ThongBao:
        """Write the work file for Excel beside this notebook, with what is decided already.

        Returns
        -------
        ThongBao
            Where it is; a file that is there already stays as it is.
        """
        path = self._folder / WORKFILE
        if path.exists():
            return ThongBao(
                f"Phiếu {WORKFILE} đã có sẵn cạnh tệp bài tập.", [f"Làm tiếp, rồi {READ_IT}."]
            )
        write_empty(self._case, live(self._journal.events), path)
        return ThongBao(
            f"Đã tạo phiếu {WORKFILE} cạnh tệp bài tập này.",
            [f"Mở bằng Excel, điền trang Bài làm, lưu lại, rồi {READ_IT}."],
            kind="duoc",
        )

    @answers_in_words
    def nhap_excel(self) -> ThongBao:
        """Take over what stands in the work file; a row that cannot be read is named.

        Returns
        -------
        ThongBao
            How many decisions were taken, and every row to put right.
        """
        path = self._folder / WORKFILE
        if not path.is_file():
            message = f"Chưa có phiếu {WORKFILE}. Trên màn hình, hãy bấm Thêm, rồi Tạo phiếu Excel."
            raise Trouble(message)
        filled = read_filled(self._case, WORKFILE, path.read_bytes())
        named = {decision["ma_ho_so"] for decision in filled.decisions}
        others = [e for e in live(self._journal.events) if e["ma_ho_so"] not in named]
        changes = self._journal.changes([*filled.decisions, *others], self._case.form)
        if changes:
            self._keep(*changes)
        title = f"Đã nhận {len(filled.decisions)} quyết định từ phiếu, {len(changes)} thay đổi mới."
        lines = filled.errors[:SHOWN_ERRORS]
        if len(filled.errors) > SHOWN_ERRORS:
            lines.append(
                f"Còn {len(filled.errors) - SHOWN_ERRORS} dòng nữa: sửa xong hãy chạy lại."
            )
        return ThongBao(title, lines, kind="loi" if filled.errors else "duoc")

    @answers_in_words
    def kiem_tra(self) -> ThongBao:
        """Check the work.

        Returns
        -------
        ThongBao
            In practice every record that is wrong, with hints; in a class form and completeness.
        """
        files = self._files()
        rows, notes, name = handin.read_list(files, self._artefact, self._form)
        notes = [*notes, *self._place.warnings]
        if self._place.key is None:
            return self._check_form(rows, notes, name)
        results = score(self._spec, proved_here(self._folder, self._place, files), files)
        names = dict(self._place.doi_tuong[["ma_ho_so", "ho_ten"]].to_numpy().tolist())
        return explain(results, self._spec, names, notes)

    @answers_in_words
    def nop_bai(self) -> ThongBao:
        """Pack the work into one zip.

        Returns
        -------
        ThongBao
            The receipt and what to do next, or why nothing was packed.
        """
        files = self._files()
        rows, notes, name = handin.read_list(files, self._artefact, self._form)
        self._refuse_unknown(rows)
        place = self._place
        path, digest = handin.pack_work(self._folder, place.exercise, place.trainee)
        if self._place.key is None:
            after = (
                f"Việc tiếp theo: gửi tệp {path.name} cho giảng viên theo cách lớp đã hẹn, "
                "và ghi lại mã kiểm tra. Nộp lại bao nhiêu lần cũng được, bản cuối được chấm."
            )
        else:
            after = (
                "Đây là bài luyện tập nên không phải gửi cho ai và không tính điểm. "
                "Khi học ở lớp, anh/chị gửi tệp này cho giảng viên."
            )
        receipt = (
            f"Đã đóng gói bài nộp: tệp {path.name}, mã kiểm tra {digest[:12]}, "
            f"{name} có {len(rows)} dòng."
        )
        return ThongBao(receipt, [after, *notes], kind="duoc")

    @answers_in_words
    def bo_moi(self) -> ThongBao:
        """Go on to the next practice set; the present one is kept with its work.

        Returns
        -------
        ThongBao
            Which set is open now.
        """
        if self._place.key is None:
            message = (
                "Bài của lớp chỉ có một bộ dữ liệu. Muốn luyện thêm, hãy mở bài ở phần luyện tập."
            )
            raise Trouble(message)
        number = self._place.set_number
        self._enter(open_practice(self._folder, self._spec, number + 1, self._place.level))
        return ThongBao(
            f"Đã mở {self._place.title}.",
            [
                "Hãy chạy lại ô có man_hinh() để thấy hồ sơ mới.",
                f"Bài làm của bộ số {number} được giữ lại. Muốn mở lại: "
                f'bai = mo_bai("{self._spec.id}", bo={number})',
            ],
            kind="duoc",
        )

    def _repr_html_(self) -> str:
        return self._greeting()._repr_html_()

    def __repr__(self) -> str:
        return str(self._greeting())

    def _greeting(self) -> ThongBao:
        size = f"{len(self._place.doi_tuong)} hồ sơ, {len(self._place.mui_tiem)} mũi tiêm."
        banner = "DỮ LIỆU GIẢ LẬP: mọi người trong bài đều do máy tạo ra."
        return ThongBao(f"{self._place.title}.", [size, banner, *self._place.warnings])

    # --- inside ---------------------------------------------------------------------------

    @property
    def _artefact(self) -> str:
        return self._spec.tasks[0].artefact

    @property
    def _id_column(self) -> str:
        """The column of the artefact that names what is decided on."""
        return self._form.key[0]

    @property
    def _form(self) -> ArtefactSpec:
        return self._spec.artefacts[self._artefact]

    def _enter(self, place: Workplace) -> None:
        self._place = place
        self.doi_tuong, self.mui_tiem = place.doi_tuong.copy(), place.mui_tiem.copy()
        self._case = case_of(self._spec, place)
        self._codes = {record.id for record in self._case.records}
        self._journal = Journal(self._folder / "bai_nop" / TRAIL)
        (self._folder / "bai_nop").mkdir(exist_ok=True)

    def _files(self) -> dict[str, bytes]:
        """Return what lies in ``bai_nop/``; say what to do where there is no work yet."""
        files = handin.work_files(self._folder)
        if not set(files) - {TRAIL}:
            raise Trouble(NOTHING_YET.format(stem=Path(self._artefact).stem))
        return files

    def _data(self, rows: handin.Rows) -> bytes:
        return handin.as_file(self._artefact, rows, self._form.columns)

    def _write(self, data: bytes, rows: list[dict[str, str]]) -> str:
        kept = handin.write_list(self._folder, self._artefact, data)
        before = f" Bản trước được giữ ở {kept.parent.name}/{kept.name}." if kept else ""
        return f"Đã lưu bai_nop/{self._artefact}: {self._counted(rows)}.{before}"

    def _counted(self, rows: list[dict[str, str]]) -> str:
        """Say how many items are decided, and how many decisions of each kind there are."""
        decided = len({row[self._id_column] for row in rows})
        said = f"{decided} {self._case.form.unit}"
        column = next(iter(self._form.codes), "")
        if not column:
            return said
        labels = {action.code: action.label.lower() for action in self._case.form.actions}
        found = Counter(row[column] for row in rows)
        kinds = [f"{labels.get(c, c)}: {found[c]}" for c in self._form.codes[column] if found[c]]
        return f"{said} ({' · '.join(kinds)})" if kinds else said

    def _rows_of(self, events: list[Event]) -> list[dict[str, str]]:
        """Return the artefact's rows that some events amount to; only records of this set."""
        known = [event for event in events if event["ma_ho_so"] in self._codes]
        return decision_rows(known, self._case.form)

    def _keep(self, *events: Event) -> None:
        """Keep events: the file first, so that the trail is never ahead of it."""
        try:
            self._follow_file()
            before = self._data(self._rows_of(self._journal.events))
            after = self._data(self._rows_of([*self._journal.events, *events]))
            handin.write_list(self._folder, self._artefact, after, ours=before)
            for event in events:
                self._journal.take(event)
        except OSError as error:
            message = f"{error.strerror}. Hãy xem ổ đĩa còn chỗ không, tệp có đang mở không."
            raise Trouble(message) from error

    def _follow_file(self) -> str:
        """Take over decisions that Excel or code made; return what the learner should know."""
        self._journal.refresh()
        files = handin.work_files(self._folder)
        try:
            rows, _, name = handin.read_list(files, self._artefact, self._form)
        except Refusal as refusal:
            return str(refusal) if set(files) - {TRAIL} else self._write_again()
        form = self._case.form
        decisions = [
            {"hanh_dong": form.only, **{part: row[c] for c, part in form.columns.items()}}
            for row in rows
        ]
        here = [row for row in decisions if row["ma_ho_so"] in self._codes]
        changes = self._journal.changes(here, form)
        for event in changes:
            self._journal.take(event)
        return f"Đã lấy {len(changes)} lựa chọn từ tệp {name}." if changes else ""

    def _write_again(self) -> str:
        """Write the file anew where it is gone and something is decided."""
        if live(self._journal.events):
            data = self._data(self._rows_of(self._journal.events))
            handin.write_list(self._folder, self._artefact, data)
        return ""

    def _rows(self) -> list[dict[str, str]]:
        """Return what is decided so far, nothing where there is no file yet."""
        try:
            rows, _, _ = handin.read_list(
                handin.work_files(self._folder), self._artefact, self._form
            )
        except Refusal:
            return []
        return rows

    def _refuse_unknown(self, rows: list[dict[str, str]]) -> None:
        named = [row[self._id_column] for row in rows]
        unknown = [name for name in named if name not in self._codes]
        if unknown:
            message = (
                f"{len(unknown)} mã {self._case.form.unit} không có trong dữ liệu của bài: {', '.join(unknown[:5])}. "
                f"Hãy sửa hoặc bỏ các dòng này.{nearest(unknown[0], self._codes)}"
            )
            raise Trouble(message)

    def _check_form(self, rows: list[dict[str, str]], notes: list[str], name: str) -> ThongBao:
        self._refuse_unknown(rows)
        lines = [
            f"Đã có {self._counted(rows)}, trên tổng số {len(self._codes)}.",
            *notes,
            "Ở lớp, phần kiểm tra này không cho biết đúng hay sai.",
        ]
        decided = {event["ma_ho_so"] for event in live(self._journal.events)}
        open_ones = len(self._codes - decided)
        if 0 < open_ones < len(self._codes):
            lines.insert(
                1, f"Trên màn hình còn {open_ones} {self._case.form.unit} chưa quyết định."
            )
        return ThongBao(f"Tệp {name} đúng mẫu.", lines, kind="duoc")


def _in_lines(notice: ThongBao) -> tuple[str, list[str]]:
    return notice.title, list(notice.lines)
