import pytest

from generator.problems import Problem
from sosach.review import Journal, ManHinh, cau_hoi, the_ho_so
from tests.screen_cases import group_case


@pytest.fixture
def case():
    """The list by groups, as practice."""
    return group_case()


@pytest.fixture
def screen(case):
    """A screen without a kernel behind it; what it would say to the browser is in `said`."""
    made = ManHinh(case, Journal())
    said = []
    made.send = said.append
    made.said = said
    return made


def heard(screen, **content):
    """Let the screen hear what a browser sends; return its answers."""
    screen.said.clear()
    screen._hear(None, content, [])
    return screen.said


def test_screen_keeps_what_the_browser_sends(screen):
    """An event is kept once and answered every time it comes."""
    event = Journal().make("chon", ma_ho_so=screen.hien[0], hanh_dong="a")
    answer = {"viec": "them", "su_kien": [event]}

    assert heard(screen, viec="ghi", su_kien=event) == [answer]
    assert heard(screen, viec="ghi", su_kien=event) == [answer]
    assert screen.danh_sach == [{"ma_ho_so": screen.hien[0], "nhom": "a"}]
    assert screen.nhat_ky == [event]


@pytest.mark.parametrize("event", [None, [], {}, {"viec": "xoa"}, {"id": "1", "viec": "chon"}])
def test_screen_says_what_it_cannot_read(screen, event):
    """Whatever comes, the answer is a sentence and nothing is kept."""
    (answer,) = heard(screen, viec="ghi", su_kien=event)

    assert answer["viec"] == "chua_ghi"
    assert screen.danh_sach == []


def test_screen_says_why_it_could_not_keep(case):
    """A disk that says no is a sentence to the browser; the event is not answered as kept."""

    def fail(event):
        message = "Đĩa đầy."
        raise Problem(message)

    screen = ManHinh(case, Journal(), keep=fail)
    said = []
    screen.send = said.append
    event = Journal().make("chon", ma_ho_so=screen.hien[0], hanh_dong="a")
    screen._hear(None, {"viec": "ghi", "su_kien": event}, [])

    assert said == [{"viec": "chua_ghi", "cau": "Đĩa đầy."}]


def test_two_screens_of_one_journal_hear_each_other(case):
    """A decision on one screen is told to the other, and both hold it after a reload."""
    journal = Journal()
    first, second = ManHinh(case, journal), ManHinh(case, journal)
    first.chon(first.hien[0], "b")

    assert first.nhat_ky == second.nhat_ky == journal.events
    assert second.lua_chon(first.hien[0]) == "b"


def test_chon_goes_on_and_undo_comes_back(screen):
    """A choice opens the next record; undo opens its record again in the state before."""
    first, second = screen.hien[:2]
    screen.chon(first, "a")
    assert screen.dang_xem == second
    screen.chon(first, "a")
    screen.chon(first, "c")
    screen.hoan_tac()

    assert (screen.dang_xem, screen.lua_chon(first)) == (first, "a")
    screen.hoan_tac()
    screen.hoan_tac()
    assert screen.lua_chon(first) == ""


def test_chon_unknown(screen):
    """A record or action that does not exist is a sentence, nothing is stored."""
    with pytest.raises(Problem, match="'HS9'"):
        screen.chon("HS9", "a")
    with pytest.raises(Problem, match="'d'"):
        screen.chon(screen.hien[0], "d")
    assert screen.danh_sach == []


def test_screen_opens_at_the_first_open_record(case):
    """Work goes on where it was left."""
    journal = Journal()
    ids = [record.id for record in case.records]
    for record in ids[:2]:
        journal.take(journal.make("chon", ma_ho_so=record, hanh_dong="khong"))

    assert ManHinh(case, journal).dang_xem == ids[2]


def test_command_answers_with_lines(case):
    """The menu's commands are done by the kernel, which answers in words."""
    screen = ManHinh(case, commands={"phieu_excel": lambda: ("Xong.", ["dòng 3: sai"])})
    said = []
    screen.send = said.append
    screen._hear(None, {"viec": "lenh", "ten": "phieu_excel"}, [])

    assert said == [{"viec": "tra_loi", "cau": "Xong.", "dong": ["dòng 3: sai"]}]
    assert screen.lenh == ["phieu_excel"]


def test_the_ho_so_has_nothing_to_press():
    """A record in a lesson is to be read only."""
    row = {"ma_ho_so": "TH01", "ho_ten": "Lê Thị Thu", "so_giay_to": "", "ngay_sinh": ""}
    card = the_ho_so(row)

    assert card.ho_so["mode"] == "show"
    assert "form" not in card.ho_so
    assert card.tep == card.khoa == ""


def test_cau_hoi_answers():
    """Each button has its own answer; the pressed one is marked."""
    question = cau_hoi("Hỏi?", ("Có", True, "Vì đúng."), ("Không", False, "Vì <sai>."))
    question._buttons[1].click()
    assert "Chưa đúng." in question.reply
    assert "Vì &lt;sai&gt;." in question.reply
    question._buttons[0].click()

    assert "Đúng." in question.reply
    assert [button.description for button in question._buttons] == ["✓ Có", "Không"]
