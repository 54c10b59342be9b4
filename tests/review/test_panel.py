import pytest

from generator.problems import Problem
from sosach.review.panel import Bang
from sosach.review.trouble import Trouble


@pytest.fixture
def panel():
    """A panel that counts, and refuses odd steps."""
    seen = {"so": 0}

    def step(buoc):
        if int(buoc) % 2:
            message = "Chỉ bước chẵn."
            raise Problem(message)
        seen["so"] += int(buoc)
        return f"Đã bước {buoc}."

    return Bang("token", lambda: dict(seen), {"buoc": step})


def heard(panel, content):
    """Let the panel hear what a browser sends; return what it says then."""
    panel._hear(None, content, [])
    return panel.vua_noi


def test_panel_does_what_was_pressed_and_shows_it(panel):
    """An act changes the state, and its sentence is numbered: the same twice is told twice."""
    assert heard(panel, {"viec": "buoc", "phan": {"buoc": 2}}) == {
        "so": 1,
        "cau": "Đã bước 2.",
        "duoc": True,
    }
    assert heard(panel, {"viec": "buoc", "phan": {"buoc": "2"}})["so"] == 2
    assert panel.trang_thai == {"so": 4}


def test_panel_says_a_refusal(panel):
    """What is refused is a sentence; nothing changes."""
    said = heard(panel, {"viec": "buoc", "phan": {"buoc": "3"}})

    assert (said["cau"], said["duoc"]) == ("Chỉ bước chẵn.", False)
    assert panel.trang_thai == {"so": 0}


@pytest.mark.parametrize(
    "content",
    [
        *(None, [], {}, {"viec": "xoa", "phan": {}}, {"viec": "buoc"}),
        *({"viec": "buoc", "phan": {"la": "1"}}, {"viec": "buoc", "phan": []}),
    ],
)
def test_panel_says_what_it_cannot_read(panel, content):
    """Whatever comes, the answer is a sentence."""
    assert "không đọc được" in heard(panel, content)["cau"]
    assert panel.trang_thai == {"so": 0}


def test_panel_unknown_act(panel):
    """Code that asks for an act there is not reads which."""
    with pytest.raises(Trouble, match="'bay'"):
        panel.lam("bay")
