"""What a notebook imports: open an exercise, try the screen; building notebooks is in `build`."""

from sosach.course.exercise import BaiTap, mo_bai
from sosach.course.trial import ho_so_mau, lam_thu, xem_ho_so

__all__ = ["BaiTap", "ho_so_mau", "lam_thu", "mo_bai", "xem_ho_so"]
