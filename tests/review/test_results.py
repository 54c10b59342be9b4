import json

import pytest

from generator.problems import Problem
from sosach.review.journal import Journal
from sosach.review.results import read_result


def result(**changes):
    """A result file as the offline page writes it."""
    event = Journal().make("chon", ma_ho_so="HS1", hanh_dong="a")
    raw = {
        "loai": "ket_qua_so_sach",
        "phien_ban": 1,
        "bai": "k1_02_lap_danh_sach",
        "lop": "BinhThanh-01",
        "hoc_vien": "hv012",
        "goi": "ab" * 32,
        "tep": {"danh_sach.csv": "ma_ho_so,nhom\nHS1,a\n"},
        "nhat_ky": [event],
    }
    return json.dumps(raw | changes).encode()


def test_read_result_gives_the_files_of_bai_nop():
    """The artefact and the trail come out as if the work had been done in a folder."""
    read = read_result("a.json", result())

    assert (read.exercise, read.class_id, read.trainee) == (
        "k1_02_lap_danh_sach",
        "BinhThanh-01",
        "hv012",
    )
    assert read.files["danh_sach.csv"] == b"ma_ho_so,nhom\nHS1,a\n"
    assert [json.loads(line) for line in read.files["nhat_ky.jsonl"].splitlines()] == read.events


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"", "không phải là tệp kết quả"),
        (b"\xff\xfe", "không phải là tệp kết quả"),
        (b"[" * 100_000, "không phải là tệp kết quả"),
        (b'{"loai": "khac"}', "không phải là tệp kết quả"),
        (result(phien_ban=2), "bản mới hơn"),
        (result(hoc_vien=None), "bị hỏng"),
        (result(nhat_ky=[{"viec": "xoa"}]), "bị hỏng"),
        (result(tep=[]), "bị hỏng"),
        (result(tep={"../danh_sach.csv": ""}), "bị hỏng"),
        (result(tep={"danh_sach.py": ""}), "bị hỏng"),
        (result(tep={"danh_sach.csv": 1}), "bị hỏng"),
    ],
)
def test_read_result_refuses_in_words(data, said):
    """A file that is none, damaged, newer, or names a path is a sentence with its name."""
    with pytest.raises(Problem, match=said) as caught:
        read_result("ket_qua.json", data)
    assert "ket_qua.json" in str(caught.value)
