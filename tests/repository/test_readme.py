"""The READMEs are short and true: every command, link and folder that they name exists."""

import re
import shlex
import unicodedata

import click
import pytest

READMES = ["README.md", "README.vi.md"]
PAGES = [*READMES, "CONTRIBUTING.md"]
#: commands of other programs, word for word
OTHERS = [
    "source .venv/bin/activate",
    "conda env create -f environment.yml",
    "ruff check .",
    "mypy",
]
OTHER_STARTS = ("uv pip compile pyproject.toml ", "ruff format .")


def text_of(root, page):
    """Return a page."""
    return (root / page).read_text(encoding="utf-8")


def named_commands(text):
    """Return the command lines of a page: of its shell blocks, and those named in the prose."""
    blocks = re.findall(r"```bash\n(.*?)```", text, flags=re.DOTALL)
    lines = [line.split("  #")[0].strip() for block in blocks for line in block.splitlines()]
    prose = re.sub(r"```.*?```", "", text, flags=re.DOTALL)
    lines += re.findall(r"`((?:sosach|python start\.py)(?: [^`]*)?|\.ci/\w+)`", prose)
    return [part for line in lines for part in line.split(" && ") if part]


def trouble_with(command, root, main):
    """Return why a command line would not work, or ""."""
    if command in OTHERS or command.startswith(OTHER_STARTS):
        return ""
    first, *rest = shlex.split(command)
    if first == "sosach":
        return trouble_with_options(main, rest)
    if first.startswith(".ci/"):
        return "" if (root / first).is_file() else "no such file"
    known = [[], ["demo"], ["test"], ["test", "-m", "not slow"]]
    return "" if first == "python" and rest[0] == "start.py" and rest[1:] in known else "unknown"


def trouble_with_options(command, words):
    """Follow the words of a ``sosach`` command down to its arguments and options."""
    while isinstance(command, click.Group) and words:
        if words[0] not in command.commands:
            return f"no command {words[0]}"
        command, words = command.commands[words[0]], words[1:]
    try:  # the words are parsed as if it were run; prose names a command without them
        command.make_context("sosach", list(words), resilient_parsing=not words)
    except click.UsageError as error:
        return error.format_message()
    return ""


def leaves(command, path=()):
    """Return every command that does something, by its words."""
    if not isinstance(command, click.Group):
        return {path: command}
    found = {}
    for name, inner in command.commands.items():
        found |= leaves(inner, (*path, name))
    return found


@pytest.fixture(scope="module")
def main():
    """The command line's top group."""
    from sosach.cli import main

    return main


@pytest.mark.parametrize("page", READMES)
def test_readme_length(root, page):
    """A README is read in five minutes."""
    assert len(text_of(root, page).splitlines()) <= 120


@pytest.mark.parametrize("page", READMES)
def test_readme_doors(root, page):
    """Three doors, each behind at most five commands."""
    section = re.search(
        r"\n## (?:Three doors|Ba lối vào)\n(.*?)\n## ", text_of(root, page), re.DOTALL
    )
    doors = re.findall(r"```bash\n(.*?)```", section[1], flags=re.DOTALL)

    assert len(doors) == 3
    assert all(len(door.splitlines()) <= 5 for door in doors)


@pytest.mark.parametrize("page", [*PAGES, "CHANGELOG.md"])
def test_page_links(root, page):
    """Every link leads to a file or folder of the repository."""
    links = re.findall(r"\]\(([^)]+)\)", text_of(root, page))

    assert [link for link in links if not (root / link).exists()] == []


@pytest.mark.parametrize("page", PAGES)
def test_page_paths(root, page):
    """Files and folders that are named in the prose exist."""
    named = re.findall(
        r"`((?:generator|sosach|notebooks|tests|benchmarks|solutions)/[\w./-]*)`",
        text_of(root, page),
    )

    assert [name for name in named if not (root / name).exists()] == []


@pytest.mark.parametrize("page", PAGES)
def test_page_commands(root, page, main):
    """Every command that a page names is understood."""
    commands = named_commands(text_of(root, page))

    assert len(commands) >= 5
    assert {c: t for c in commands if (t := trouble_with(c, root, main))} == {}


def test_readme_folders(root, files):
    """Every folder of the repository stands in the table, but for hidden ones."""
    table = set(re.findall(r"\]\((\w+)\)", text_of(root, "README.md")))
    folders = {path.relative_to(root).parts[0] for path in files if path.parent != root}

    assert {folder for folder in folders if not folder.startswith(".")} <= table


@pytest.mark.parametrize("page", PAGES)
def test_page_letters(root, page):
    """Vietnamese letters are composed, so that a search finds them."""
    assert unicodedata.is_normalized("NFC", text_of(root, page))


def test_readme_figures(root):
    """Figures that count different things never stand together."""
    pages = " ".join(text_of(root, page) for page in PAGES)

    assert re.search(r"374[.,]?137", pages) is None


@pytest.mark.parametrize("page", READMES)
def test_readme_names_every_command(root, page, main):
    """Every command of ``sosach`` stands in both READMEs."""
    text = text_of(root, page)
    missing = [
        " ".join(words)
        for words in leaves(main)
        if f"sosach {words[0]}" not in text or f"{words[-1]}`" not in text
    ]

    assert missing == []


def test_commands_help(main):
    """Every command explains itself in Vietnamese and in a line of English."""
    vietnamese = re.compile(
        r"[ăâđêôơưàáạảãèéẹẻẽìíịỉĩòóọỏõùúụủũỳýỵỷỹấầẩẫậắằẳẵặếềểễệốồổỗộớờởỡợứừửữự]"
    )
    wanting = {}
    for words, command in {(): main, **leaves(main)}.items():
        lines = [line.strip() for line in (command.help or "").splitlines() if line.strip()]
        local = any(vietnamese.search(line.lower()) for line in lines)
        english = any(line.isascii() for line in lines)
        if not (local and english):
            wanting[" ".join(words)] = lines

    assert wanting == {}


@pytest.mark.parametrize(
    "command",
    ["sosach clas open", "sosach class open LOP --nam x", "python start.py dmo", ".ci/rn", "make"],
)
def test_trouble_with_unknown(root, main, command):
    """A misspelt command, option or file is found."""
    assert trouble_with(command, root, main)
