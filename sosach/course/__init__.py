"""What a notebook imports: open an exercise, try the screen; building notebooks is in `build`."""

from sosach.course.exercise import BaiTap
from sosach.course.opening import mo_bai
from sosach.course.pictures import so_do
from sosach.course.trial import ho_so_mau, lam_thu, xem_ho_so

__all__ = ["BaiTap", "ho_so_mau", "lam_thu", "mo_bai", "so_do", "xem_ho_so"]
