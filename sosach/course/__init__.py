"""What a notebook imports: open an exercise, try the screen; building notebooks is in `build`."""

from sosach.course.exercise import BaiTap, mo_bai
from sosach.course.trial import ho_so_mau, lam_thu

__all__ = ["BaiTap", "ho_so_mau", "lam_thu", "mo_bai"]
