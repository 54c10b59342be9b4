"""Who issues certificates: the two authorities of the course's list, and those in no list."""

from __future__ import annotations

from dataclasses import dataclass

from sosach.cases.desk import Row

__all__ = ["AUTHORITIES", "NEIGHBOUR", "NEIGHBOUR_NAME", "STRANGE_AUTHORITIES", "listed"]


@dataclass(frozen=True)
class Authority:
    """An authority as a station knows it.

    Attributes
    ----------
    name, kind : str
        As the tables call it.
    tries : int
        Wrong PINs until its tokens lock (domain.md 11: government 3, public usually 5).
    """

    name: str
    kind: str
    tries: int


#: by the names of `sosach.signing.pki.STYLES`
AUTHORITIES = {
    "cong_vu": Authority("CA chuyên dùng công vụ (đào tạo)", "công vụ", 3),
    "cong_cong": Authority("CA công cộng (đào tạo)", "công cộng", 5),
}
#: invented authorities that stand in no list
STRANGE_AUTHORITIES = ("CA Hoa Sen 24h", "CA Dịch vụ nhanh Bình Minh", "CA Trực tuyến Mây Xanh")
#: an invented unit next door: blame is tied to no real one
NEIGHBOUR, NEIGHBOUR_NAME = "CS00917-1", "Trạm Y tế Phường Hoa Đào"


def listed() -> list[Row]:
    """Return the course's list of authorities as a table."""
    return [
        {"noi_cap": each.name, "loai": each.kind, "so_lan_cho_phep": str(each.tries)}
        for each in AUTHORITIES.values()
    ]
