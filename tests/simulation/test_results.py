"""What a notebook shows of a verb's answer: Vietnamese sentences and tables, nothing internal."""

import xml.etree.ElementTree as ET

import pandas as pd
import pytest

from sosach.simulation.results import SHOWN, KetQua


def html_of(result):
    """Return the page's tree; it must be well formed."""
    return ET.fromstring(f"<body>{result._repr_html_()}</body>")  # noqa: S314 - our own page


def texts(tree, name):
    """Return what stands in the elements of a name."""
    return ["".join(found.itertext()) for found in tree.iter(name)]


@pytest.fixture
def result():
    """Two tables, one of them empty; a cell with signs that mean something to a browser."""
    rows = pd.DataFrame(
        [["HS1", "Lê <b>Na</b> & con", ""], ["HS2", "", ""]],
        columns=["ma_ho_so", "ho_ten", "tam_giu"],
        dtype=object,
    )
    return KetQua(True, "Đã xem 2 hồ sơ.", {"Hồ sơ": rows, "Mũi tiêm": rows.head(0)})


def test_repr_is_the_sentence(result):
    """The plain form is the sentence, no dataclass."""
    assert repr(result) == str(result) == "Đã xem 2 hồ sơ."


def test_html_heads(result):
    """Above the columns stand Vietnamese names; what is empty is left out."""
    tree = html_of(result)

    assert texts(tree, "p") == ["Đã xem 2 hồ sơ."]
    assert texts(tree, "caption") == ["Hồ sơ"]
    assert texts(tree, "th") == ["Mã hồ sơ", "Họ và tên"]


def test_html_cells_are_text(result):
    """What a clerk typed is shown as it is, never run."""
    assert texts(html_of(result), "td")[:2] == ["HS1", "Lê <b>Na</b> & con"]


def test_html_of_a_refusal():
    """A refusal looks different from a success."""
    assert 'class="ket-qua chua"' in KetQua(False, "Chưa làm được.")._repr_html_()
    assert 'class="ket-qua chua"' not in KetQua(True, "Đã làm.")._repr_html_()


def test_html_of_a_long_table():
    """Of a long table the first rows are shown, and how many there are."""
    rows = pd.DataFrame({"ma_ho_so": [f"HS{k}" for k in range(1234)]})
    tree = html_of(KetQua(True, "Xong.", {"Hồ sơ": rows}))

    assert len(texts(tree, "td")) == SHOWN
    assert "1.234" in texts(tree, "p")[-1]


def test_bang_of_nothing():
    """Without tables `bang` is an empty one."""
    assert KetQua(True, "Xong.").bang.empty
