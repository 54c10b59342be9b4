"""The workbench as one script and one style sheet, joined from the files in ``page/``.

The files are plain ES modules. A page opened from disk cannot import its neighbours, and a
notebook gets its script as one text, so every module becomes a function here, in the order in
which they import each other. Only comments and indentation are left away.
"""

from __future__ import annotations

import json
import re
from functools import cache
from importlib.resources import files

__all__ = ["script", "style", "words"]

_IMPORT = re.compile(r'^import (?:\* as )?(\{[^}]*\}|\w+) from "\./(\w+)\.(js|json)".*;$', re.M)
_COMMENTS = re.compile(r"/\*\*.*?\*/|^\s*//[^\n]*$", re.M | re.S)
_MARGIN = re.compile(r"^\s+", re.M)
_EXPORT = re.compile(r"^export (?=(?:async )?(?:function|const|class) (\w+))", re.M)


@cache
def script(host: str) -> str:
    """Return the workbench with one host as a script.

    Parameters
    ----------
    host : str
        A file of ``page/`` without ``.js`` that is the last to run: ``offline``, ``notebook`` or ``panel``.

    Returns
    -------
    str
        A script without imports; of the host it exports by default what the host exports.
    """
    modules: dict[str, str] = {}
    _collect(host, modules)
    words_line = f"const strings_ = {json.dumps(words(), ensure_ascii=False)};"
    return "\n".join([words_line, *modules.values(), f"export default {host}_;\n"])


@cache
def style(name: str = "workbench") -> str:
    """Return a style sheet; that of the workbench holds the colours and letters of all."""
    return _text(f"{name}.css")


@cache
def words() -> dict[str, str]:
    """Return every sentence of the workbench by its name; ``{…}`` are blanks."""
    found: dict[str, str] = json.loads(_text("strings.json"))
    return found


def _text(name: str) -> str:
    return (files("sosach.review") / "page" / name).read_text(encoding="utf-8")


def _collect(name: str, modules: dict[str, str]) -> None:
    """Put a module behind all that it imports."""
    source = _text(f"{name}.js")
    for needed, kind in (found.group(2, 3) for found in _IMPORT.finditer(source)):
        if kind == "js" and needed not in modules:
            _collect(needed, modules)
    exported = ", ".join(_EXPORT.findall(source))
    plain = _MARGIN.sub("", _COMMENTS.sub("", source))
    body = _EXPORT.sub("", _IMPORT.sub(r"const \1 = \2_;", plain))
    modules[name] = f"const {name}_ = (() => {{\n{body}\nreturn {{{exported}}};\n}})();"
