"""A small picture for lessons: boxes in a row, as the parts of a number or the steps on a way."""

from __future__ import annotations

from dataclasses import dataclass
from html import escape

__all__ = ["SoDo", "so_do"]

_STYLE = (
    "display:flex;flex-wrap:wrap;align-items:stretch;gap:6px;list-style:none;margin:0;padding:0;"
    "font-family:var(--jp-content-font-family,sans-serif)"
)
_BOX = (
    "border:1px solid var(--jp-border-color1,#888);border-radius:9px;padding:8px 14px;"
    "background:var(--jp-layout-color1,#fff);text-align:center;flex:1 1 120px;max-width:230px"
)
_HEAD, _BELOW = "font-size:20px;font-weight:600;line-height:1.4", "font-size:14px;line-height:1.4"


@dataclass(frozen=True)
class SoDo:
    """Boxes in a row; as the last value of a cell Jupyter shows the picture.

    Attributes
    ----------
    boxes : tuple of (str, str)
        What stands in a box: large, and small below.
    between : str
        Sign between two boxes, "" for none.
    """

    boxes: tuple[tuple[str, str], ...]
    between: str

    def __repr__(self) -> str:
        return f" {self.between} ".join(f"[{head}: {below}]" for head, below in self.boxes)

    def _repr_html_(self) -> str:
        sign = f'<li aria-hidden="true" style="align-self:center">{escape(self.between)}</li>'
        items = (
            f'<li style="{_BOX}"><div style="{_HEAD}">{escape(head)}</div>'
            f'<div style="{_BELOW}">{escape(below)}</div></li>'
            for head, below in self.boxes
        )
        return f'<ol style="{_STYLE}">{(sign if self.between else "").join(items)}</ol>'


def so_do(*khoi: tuple[str, str], noi: str = "") -> SoDo:
    """Draw boxes in a row.

    Parameters
    ----------
    *khoi : (str, str)
        Text of a box: large, and small below.
    noi : str
        Sign between two boxes, as ``"→"``.

    Returns
    -------
    SoDo

    Examples
    --------
    >>> so_do(("079", "nơi đăng ký khai sinh"), ("0", "nam"))
    [079: nơi đăng ký khai sinh]  [0: nam]
    """
    return SoDo(khoi, noi)
