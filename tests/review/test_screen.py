import re

import ipywidgets as widgets
import pytest
from sosach.review.strings import CHOICES, SHORT, UI

from generator.problems import Problem
from sosach.review import Journal, ManHinh, cau_hoi, the_ho_so


def parts(widget, kind):
    """Return all widgets of one kind below a widget."""
    children = getattr(widget, "children", ())
    found = [widget] if isinstance(widget, kind) else []
    return found + [part for child in children for part in parts(child, kind)]


def press(screen, text):
    """Click the button that says `text`."""
    (button,) = [b for b in parts(screen, widgets.Button) if text in b.description]
    button.click()


def html(screen):
    """Return all HTML on the screen but the style sheet."""
    return " ".join(
        re.sub("<style>.*?</style>", "", part.value, flags=re.S)
        for part in parts(screen, widgets.HTML)
    )


def test_buttons_call_the_verbs(screen, records, saved):
    """Every choice by clicks: the list is the one that the verbs make."""
    wanted = ["a", "b", "khong", "c", "khong", "c"]
    for choice in wanted:
        press(screen, CHOICES[choice])
    press(screen, UI["save"])

    by_verbs = ManHinh(records, Journal())
    for record, choice in zip(records, wanted, strict=True):
        by_verbs.chon(record["ma_ho_so"], choice)
    assert saved == [by_verbs.danh_sach]
    assert "Đã chọn 6/6 hồ sơ" in html(screen)


def test_chon_goes_on_and_keeps_the_last(screen):
    """A choice opens the next record; after the last the screen stays and says what to do."""
    assert screen.dang_xem == "HS1"
    screen.chon("HS1", "a")
    assert screen.dang_xem == "HS2"
    for code in ("HS2", "HS3", "HS4", "HS5", "HS6"):
        screen.chon(code, "khong")

    assert screen.dang_xem == "HS6"
    assert UI["all_done"] in screen.loi_nhan


def test_chon_unknown(screen):
    """A record or choice that does not exist is a sentence, nothing is stored."""
    with pytest.raises(Problem, match="HS9"):
        screen.chon("HS9", "a")
    with pytest.raises(Problem, match="'d'"):
        screen.chon("HS1", "d")
    assert screen.danh_sach == []


def test_tiep_lui_stop_at_the_ends(screen):
    """Next and previous walk through and stay at the ends."""
    screen.lui()
    assert screen.dang_xem == "HS1"
    for _ in range(9):
        screen.tiep()
    assert screen.dang_xem == "HS6"


def test_chua_chon_finds_the_next_open(screen):
    """The jump goes forward, then round to the top."""
    for code in ("HS1", "HS3", "HS5", "HS6"):
        screen.chon(code, "khong")
    screen.mo("HS2")
    screen.chua_chon()
    assert screen.dang_xem == "HS4"
    screen.chua_chon()
    assert screen.dang_xem == "HS2"


def test_hoan_tac_returns_to_the_record(screen):
    """Undo opens the record again in the state before; with nothing left it says so."""
    screen.chon("HS1", "a")
    screen.chon("HS1", "b")
    press(screen, UI["undo"])
    assert (screen.dang_xem, screen.lua_chon("HS1")) == ("HS1", "a")
    screen.hoan_tac()
    screen.hoan_tac()
    assert screen.lua_chon("HS1") == ""
    assert screen.loi_nhan == UI["nothing_to_undo"]


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("tran thi ngoc han", ["HS4"]),
        ("DO VAN", ["HS5"]),
        ("Đức", ["HS5"]),
        ("0791", ["HS3", "HS4"]),
        ("hs2", ["HS2"]),
    ],
)
def test_tim_without_marks(screen, words, found):
    """Names are found with or without marks and capitals, numbers and codes by a part."""
    screen.tim(words)

    assert screen.hien == found
    assert screen.dang_xem == found[0]


def test_loc_by_status_and_choice(screen):
    """Filters narrow the list; opening a hidden record takes them away."""
    screen.chon("HS4", "c")
    screen.loc("Sai")
    assert screen.hien == ["HS4", "HS6"]
    screen.loc("Sai", "chua")
    assert screen.hien == ["HS6"]
    screen.mo("HS1")
    assert len(screen.hien) == 6


def test_loc_nothing_found(screen):
    """An empty list says what to do, and the record stays."""
    screen.tim("không có ai")

    assert screen.hien == []
    assert UI["nothing_found"] in html(screen)
    assert screen.dang_xem == "HS1"


def test_filters_by_widgets(screen):
    """The fields above the list do what the verbs do."""
    status, choice = parts(screen, widgets.Dropdown)
    (search,) = parts(screen, widgets.Text)
    status.value = "Sai"
    search.value = "nguyen"

    assert screen.hien == ["HS6"]
    (overview,) = parts(screen, widgets.Select)
    assert [code for _, code in overview.options] == ["HS6"]
    status.value, search.value, choice.value = "", "", "chua"
    overview.value = "HS3"
    assert screen.dang_xem == "HS3"


def test_screen_escapes_what_people_typed(screen):
    """A name is shown as text, never as HTML."""
    screen.mo("HS6")

    assert "&lt;b&gt;Nguyễn&lt;/b&gt; &amp; Hoa" in html(screen)
    assert "<b>Nguyễn" not in html(screen)


def test_screen_shows_names_of_places(screen):
    """Codes of ward and province are read as names; an empty number as a word."""
    assert "1 Bàn Cờ, Phường Võ Thị Sáu, Quận 3, Thành phố Hồ Chí Minh" in html(screen)
    assert UI["empty"] in html(screen)


def test_screen_gives_no_hint(screen):
    """All four choices look the same before a choice, whatever the record."""
    choices = [b for b in parts(screen, widgets.Button) if b.description in CHOICES.values()]
    looks = set()
    for _ in range(6):
        looks |= {(b._dom_classes, b.disabled, b.button_style) for b in choices}
        screen.tiep()

    assert len(choices) == 4
    assert len(looks) == 1


def test_chosen_is_said_in_words(screen):
    """What was chosen is a mark and a word, in the list and on the button, not only a colour."""
    screen.chon("HS1", "a")
    screen.mo("HS1")
    (overview,) = parts(screen, widgets.Select)

    assert SHORT["a"] in overview.options[0][0]
    assert [b.description for b in parts(screen, widgets.Button)].count("✓ " + CHOICES["a"]) == 1


def test_luu_says_when_it_failed(records):
    """A save that fails is said, and the screen goes on saying that something is unsaved."""

    def fail():
        message = "Đĩa đầy."
        raise Problem(message)

    screen = ManHinh(records, Journal(), save=fail)
    screen.chon("HS1", "a")
    screen.luu()

    assert screen.loi_nhan == "Đĩa đầy."
    assert UI["unsaved"] in html(screen)


def test_explain_stays_and_judges(records):
    """In a lesson a choice is judged at once and the record stays in sight; there is no saving."""
    screen = ManHinh(records, Journal(), explain=lambda _, choice: (choice == "a", "Vì ô trống."))
    screen.chon("HS1", "b")
    assert "Chưa đúng. Vì ô trống." in screen.loi_nhan
    screen.chon("HS1", "a")

    assert "Đúng. Vì ô trống." in screen.loi_nhan
    assert screen.dang_xem == "HS1"
    assert UI["save"] not in [b.description for b in parts(screen, widgets.Button)]


def test_cau_hoi_answers():
    """Each button has its own answer; the pressed one is marked."""
    question = cau_hoi("Hỏi?", ("Có", True, "Vì đúng."), ("Không", False, "Vì <sai>."))
    press(question, "Không")
    assert "Chưa đúng." in question.reply
    assert "Vì &lt;sai&gt;." in question.reply
    press(question, "Có")

    assert "Đúng." in question.reply
    assert [b.description for b in parts(question, widgets.Button)] == ["✓ Có", "Không"]


def test_the_ho_so_has_no_buttons(records):
    """A record in a lesson is to be read only."""
    card = the_ho_so(records[1])

    assert "79085999901" in card.value
    assert parts(card, widgets.Button) == []
