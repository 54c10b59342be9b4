"""The printable page: what stands on it, and that its code can be read from paper."""

import subprocess

import pytest

from sosach.signing.passport.page import INVENTED, write_page
from sosach.signing.passport.qr import read_file


def test_write_page_text(office, tmp_path):
    """All eleven fields stand on the page, the banner twice and more, and what is not signed."""
    write_page(office.passport, tmp_path / "page.pdf")
    done = subprocess.run(
        ["pdftotext", "-layout", "page.pdf", "-"],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=True,
    )
    text = " ".join(done.stdout.split())

    for number, name in enumerate(("Họ và tên", "Ngày sinh", "Quốc tịch", "Bệnh", "Số mũi"), 1):
        assert f"{number}. {name}" in text
    assert text.count(INVENTED) >= 2
    assert office.passport.number in text
    assert "(không nằm trong chữ ký)" in text
    assert "08:00 ngày 14/05/2022 đến 08:00 ngày 14/05/2023" in text


@pytest.mark.slow
def test_write_page_code_is_read_from_paper(office, tmp_path):
    """Printed at 200 dots per inch and scanned, the code is the passport."""
    write_page(office.passport, tmp_path / "page.pdf")
    subprocess.run(["pdftoppm", "-r", "200", "-png", "page.pdf", "scan"], cwd=tmp_path, check=True)

    assert read_file(tmp_path / "scan-1.png") == office.passport.text


def test_write_page_one_page_same_again(office, tmp_path):
    """A passport is one page, and gives the same bytes every time."""
    for name in ("one.pdf", "two.pdf"):
        write_page(office.passport, tmp_path / name)
    told = subprocess.run(
        ["pdfinfo", "one.pdf"], cwd=tmp_path, capture_output=True, text=True, check=True
    )

    assert (tmp_path / "one.pdf").read_bytes() == (tmp_path / "two.pdf").read_bytes()
    assert "Pages:           1" in told.stdout
