import json

import pytest

from generator.problems import Problem
from sosach.review.results import LARGEST, read_result
from tests.screen_cases import page_result


def test_read_result_gives_the_files_of_bai_nop():
    """The artefact and the trail come out as if the work had been done in a folder."""
    read = read_result("a.json", page_result())

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
        (page_result()[:-20], "không phải là tệp kết quả"),
        (b" " * (LARGEST + 1), "lớn hơn 8 MB"),
        (page_result(hoc_vien="\ud800", nhat_ky=[]), "bị hỏng"),
        (page_result(phien_ban=2), "bản mới hơn"),
        (page_result(hoc_vien=None), "bị hỏng"),
        (page_result(nhat_ky=[{"viec": "xoa"}]), "bị hỏng"),
        (page_result(tep=[]), "bị hỏng"),
        (page_result(tep={"../danh_sach.csv": ""}), "bị hỏng"),
        (page_result(tep={"danh_sach.py": ""}), "bị hỏng"),
        (page_result(tep={"danh_sach.csv": 1}), "bị hỏng"),
    ],
)
def test_read_result_refuses_in_words(data, said):
    """A file that is none, damaged, newer, or names a path is a sentence with its name."""
    with pytest.raises(Problem, match=said) as caught:
        read_result("ket_qua.json", data)
    assert "ket_qua.json" in str(caught.value)
