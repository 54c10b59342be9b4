"""What a learner reads: right letters, right words, short sentences, every number with a source."""

import re
import tomllib
import unicodedata
from pathlib import Path

import pytest

from sosach.grading.specs import load_spec

ROOT = Path(__file__).resolve().parents[2]
NOTEBOOKS = sorted([*ROOT.glob("solutions/*.py"), *ROOT.glob("notebooks/text/*.py")])
#: everything that holds sentences for learners
SOURCES = [
    *NOTEBOOKS,
    *sorted(ROOT.glob("solutions/*.toml")),
    *sorted((ROOT / "sosach" / "course").glob("*.*")),
    *sorted((ROOT / "sosach" / "review").glob("*.*")),
    *sorted((ROOT / "sosach" / "grading").rglob("*.py")),
    ROOT / "sosach" / "grading" / "hints.toml",
    *sorted((ROOT / "sosach" / "classroom").rglob("*.py")),
    *sorted((ROOT / "sosach" / "classroom").rglob("*.j2")),
    *sorted((ROOT / "sosach" / "publish" / "templates").glob("*.*")),
    ROOT / "sosach" / "cli" / "classroom.py",
    ROOT / "sosach" / "review" / "page" / "strings.json",
]
#: course.md, left column of its list of words; and tone marks of the other style
UNWANTED = [
    "Chuyển công an",
    "Sai số giấy tờ",
    "danh sách sai thông tin",
    "Sửa theo CSDL dân cư",
    "Chuẩn hoá kỹ thuật",
    "Treo, không ký",
    "Báo tuyến trên/Viettel",
    "Luồng người nước ngoài",
    "Không phải một người",
    "làm lại lỗi sai",
    "Dành cho người viết mã",
    "chứng chỉ",
    "giấy chứng nhận",
    "cơ sở tiêm ngừa",
    "hoá",
    "xoá",
    "khoá",
    "vacxin",
    "vaccine",
]


def ids(path):
    """Name a case by its file."""
    return path.name


def prose(path):
    """Return the text of the Markdown cells, without tables, links' addresses and code."""
    cells = path.read_text(encoding="utf-8").split("# %%")
    text = "\n".join(cell for cell in cells if cell.startswith(" [markdown]"))
    lines = [line.lstrip("# >*") for line in text.split("\n") if not line.startswith("# |")]
    return re.sub(r"\]\([^)]*\)|`", "", "\n".join(lines))


def sentences(text):
    """Split prose into sentences and items; a heading or an item ends where its paragraph ends."""
    blocks = re.split(r"\n\s*\n|\n(?=[-*\d])|[.?!:;](?=\s)", text)
    return [block.split() for block in blocks if len(block.split()) > 1]


@pytest.mark.parametrize("path", SOURCES, ids=ids)
def test_texts_are_nfc(path):
    """Every letter is one character, as keyboards type it."""
    text = path.read_text(encoding="utf-8")

    assert unicodedata.is_normalized("NFC", text)
    assert "Ð" not in text  # eth, the look-alike of Đ


@pytest.mark.parametrize("path", SOURCES, ids=ids)
def test_texts_use_the_courses_words(path):
    """Words that the course replaced never occur."""
    text = path.read_text(encoding="utf-8").casefold()

    found = [w for w in UNWANTED if re.search(rf"(?<!\w){re.escape(w.casefold())}(?!\w)", text)]
    assert found == []


@pytest.mark.parametrize("path", NOTEBOOKS, ids=ids)
def test_sentences_are_short(path):
    """A sentence has at most 25 words on average, none more than 40."""
    lengths = [len(sentence) for sentence in sentences(prose(path))]

    assert len(lengths) > 20
    assert sum(lengths) / len(lengths) <= 25
    assert max(lengths) <= 40


@pytest.mark.parametrize("path", NOTEBOOKS, ids=ids)
def test_notebook_says_invented(path):
    """The banner stands in the first cell."""
    first = path.read_text(encoding="utf-8").split("# %%")[1]

    assert "**DỮ LIỆU GIẢ LẬP.**" in first


@pytest.mark.parametrize("path", sorted(ROOT.glob("notebooks/text/*.py")), ids=ids)
def test_lesson_form(path):
    """A lesson says what one can do after it, how long it takes; its code is folded."""
    text = path.read_text(encoding="utf-8")
    learners, _, coders = text.partition("Dành cho anh/chị biết lập trình (pandas)")

    assert "*Sau bài này anh/chị làm được:*" in text
    assert re.search(r"Thời gian: \d+ phút", text)
    assert re.findall(r"^# %%$", learners, flags=re.M) == []
    assert "folded" not in coders


@pytest.mark.parametrize("path", NOTEBOOKS, ids=ids)
def test_links_lead_somewhere(path):
    """Every link of a notebook is a file of the repository."""
    folder = ROOT / "notebooks" if path.parent.name == "text" else ROOT / "exercises" / path.stem
    targets = re.findall(r"\]\(([^)]+)\)", path.read_text(encoding="utf-8"))

    assert [target for target in targets if not (folder / target).is_file()] == []


def test_contents_name_every_lesson_and_exercise():
    """The first lesson links to every other one and to every exercise, with its minutes."""
    contents = (ROOT / "notebooks" / "text" / "00_bat_dau.py").read_text(encoding="utf-8")
    lessons = [path.stem for path in ROOT.glob("notebooks/text/*.py") if path.stem[:2] != "00"]

    assert [name for name in lessons if f"({name}.ipynb)" not in contents] == []
    for path in ROOT.glob("solutions/*.toml"):
        minutes = load_spec(path).minutes
        assert re.search(rf"/{path.stem}\.ipynb\) \| {minutes} \|", contents), path.stem


def test_documents_are_known():
    """Every dispatch that a text names is one of those the course rests on, once with its date."""
    documents = ROOT / "sosach" / "course" / "documents.toml"
    known = {n: d["title"] for n, d in tomllib.loads(documents.read_text(encoding="utf-8")).items()}
    for path in NOTEBOOKS:
        text = path.read_text(encoding="utf-8").replace("Công văn ", "CV ")
        for name in set(re.findall(r"(?:CV|QĐ) \d+", text)):
            assert known[name] in text, (path.name, name)
