"""What a notebook imports: open an exercise, try the screen; building notebooks is in `build`.

The screens of signing come when they are asked for: their libraries take a second to load.
"""

from importlib import import_module

from sosach.course.exercise import BaiTap
from sosach.course.opening import mo_bai
from sosach.course.pictures import so_do
from sosach.course.trial import ho_so_mau, lam_thu, xem_ho_so

__all__ = ["BaiTap", "ho_so_mau", "lam_thu", "mo_bai", "so_do", "xem_ho_so"]

_SIGNING = {"man_hinh_ky", "man_hinh_token", "xem_chung_thu", "xem_ho_chieu", "xem_ket_luan"}


def __getattr__(name: str) -> object:
    """Return a screen of signing."""
    if name in _SIGNING:
        return getattr(import_module("sosach.course.signing"), name)
    message = f"module 'sosach.course' has no attribute '{name}'"
    raise AttributeError(message)
