"""The one file of sentences: all are used, none is missing."""

import re
from importlib.resources import files

from sosach.review.bundle import script, words

PAGE = files("sosach.review") / "page"
#: names that the scripts put together: say(`hint_${i}`)
MADE_UP = (
    *("hint_", "menu_", "group_", "right", "wrong", "part", "same", "diff_", "import_"),
    *("ask_", "answer_", "state_", "field_"),
)


def sources():
    """Return the text of every script."""
    return {p.name: p.read_text(encoding="utf-8") for p in PAGE.iterdir() if p.name.endswith(".js")}


def test_every_sentence_said_exists():
    """A script says nothing that the file does not hold."""
    said = {n for text in sources().values() for n in re.findall(r'\bsay\("(\w+)"', text)}

    assert said <= set(words())
    assert len(said) > 60


def test_every_sentence_is_used():
    """A sentence that nobody says is thrown away."""
    page = files("sosach.review") / "offline.py"
    text = "\n".join([*sources().values(), page.read_text(encoding="utf-8")])
    unused = [n for n in words() if f'"{n}"' not in text and not n.startswith(MADE_UP)]

    assert unused == []


def test_scripts_hold_no_sentences():
    """No Vietnamese stands in a script: all of it can be read, and changed, in one place."""
    letters = re.compile(r"[ăâđêôơưạảấầẩẫậắằẳẵặẹẻẽếềểễệỉịọỏốồổỗộớờởỡợụủứừửữựỳỵỷỹ]")
    quoted = re.compile(r'(["`])(?:(?!\1).)*\1')
    found = {
        name: [q[0] for q in quoted.finditer(text) if letters.search(q[0]) and len(q[0]) > 14]
        for name, text in sources().items()
    }

    assert {name: texts for name, texts in found.items() if texts} == {
        "text.js": [
            '"oà oá oả oã oạ oè oé oẻ oẽ oẹ uỳ uý uỷ uỹ uỵ"',
            '"òa óa ỏa õa ọa òe óe ỏe õe ọe ùy úy ủy ũy ụy"',
        ]
    }


def test_script_asks_for_nothing_that_plain_http_lacks():
    """A page that came over plain HTTP from another machine has none of these."""
    for host in ("offline", "notebook", "panel"):
        for word in ("randomUUID", "crypto.subtle", "serviceWorker", "navigator.clipboard"):
            assert word not in re.sub(r"//.*", "", script(host))
        assert not re.search(r"\b(fetch|XMLHttpRequest|WebSocket|import)\s*\(", script(host))
