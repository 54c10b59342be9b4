"""The token with its PIN pad: every press reaches a real `VirtualToken`, nothing is checked in the page."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from sosach.course.signing.plain import certificate_in_words, with_words
from sosach.course.signing.station import PIN, PUK, Station, here
from sosach.review.panel import Bang
from sosach.signing.pki import STYLES
from sosach.signing.tokens.interface import DELIVERED_PIN
from sosach.signing.verdicts import SigningError

__all__ = [
    *("ManHinhToken", "TokenScreen", "login", "man_hinh_token"),
    *("plug_in", "pull_out", "token_state"),
]

DAMAGED = {"cam": False, "mo": False, "con_lai": 0, "puk_con_lai": 0, "phai_doi": False}


class TokenScreen(Bang):
    """A screen with a token on it; every press by code returns what the screen says."""

    def cam(self) -> str:
        """Plug the token in."""
        return self.lam("cam")

    def rut(self) -> str:
        """Pull the token out."""
        return self.lam("rut")

    def nhap_pin(self, pin: str) -> str:
        """Type the PIN."""
        return self.lam("nhap_pin", pin=pin)

    def lam_lai(self) -> str:
        """Begin again, with the token as it was handed over."""
        return self.lam("lam_lai")


class ManHinhToken(TokenScreen):
    """The screen of one token.

    Parameters
    ----------
    station : Station
    ten : str
        Name of a token of the lessons.
    telex : bool
        Whether the Vietnamese input method is on at first.
    """

    def __init__(self, station: Station, ten: str, telex: bool) -> None:
        self._station, self._ten = station, ten
        super().__init__(
            "token",
            lambda: {**token_state(station, ten), "telex": telex},
            {
                "cam": lambda: plug_in(station, ten),
                "rut": lambda: pull_out(station, ten),
                "nhap_pin": lambda pin: login(station, ten, pin),
                "doi_pin": self._change,
                "mo_khoa": self._unlock,
                "lam_lai": self._anew,
            },
        )

    def doi_pin(self, pin: str, moi: str) -> str:
        """Change the PIN."""
        return self.lam("doi_pin", pin=pin, moi=moi)

    def mo_khoa(self, puk: str, moi: str) -> str:
        """Unlock the token by its PUK."""
        return self.lam("mo_khoa", puk=puk, moi=moi)

    @with_words
    def _change(self, pin: str, moi: str) -> str:
        self._station.token(self._ten).change_pin(pin, moi)
        return "Đã đổi PIN. Từ giờ chỉ PIN mới dùng được. Không ghi PIN ra giấy dán trên máy."

    @with_words
    def _unlock(self, puk: str, moi: str) -> str:
        self._station.token(self._ten).unlock(puk, moi)
        return "Đã mở khóa token và đặt PIN mới. Hãy nhập PIN mới để dùng."

    def _anew(self) -> str:
        self._station.renew(self._ten)
        return "Đã phát lại token như lúc đầu."


def token_state(station: Station, ten: str) -> dict[str, Any]:
    """Return what can be seen of a token, ready for JSON; never a key, never the PIN in use.

    Parameters
    ----------
    station : Station
    ten : str
        Name of a token of the lessons.

    Returns
    -------
    dict
        ``con_lai`` of ``toi_da`` wrong PINs are left; ``giay_giao`` is the paper that came with
        it, and what the lesson set as PIN.
    """
    token, sample = station.token(ten), station.sample(ten)
    certificate = certificate_in_words(token.certificates(), station.trust)
    first = DELIVERED_PIN if sample.handed_over == "moi" else PIN
    shown: dict[str, Any] = {
        "nhan": token.label,
        "toi_da": STYLES["cong_cong" if sample.style == "cong_cong" else "cong_vu"].tries,
        "giay_giao": {"pin": first, "puk": PUK},
        **{key: certificate[key] for key in ("chu_the", "don_vi", "loai", "tu", "den", "ca_nhan")},
    }
    try:
        state = token.state
    except SigningError:
        return {**shown, **DAMAGED, "hong": True}
    return {
        **shown,
        "cam": state.plugged,
        "mo": state.logged_in,
        "con_lai": state.tries,
        "puk_con_lai": state.puk_tries,
        "phai_doi": state.must_change_pin,
    }


@with_words
def plug_in(station: Station, ten: str) -> str:
    """Plug a token in and say so."""
    station.token(ten).plug_in()
    return "Đã cắm token. Hãy nhập PIN."


@with_words
def pull_out(station: Station, ten: str) -> str:
    """Pull a token out and say so."""
    station.token(ten).pull_out()
    return "Đã rút token. Lần sau cắm lại phải nhập PIN."


@with_words
def login(station: Station, ten: str, pin: str) -> str:
    """Open a token with a PIN and say so, or how many tries are left."""
    token = station.token(ten)
    token.login(pin)
    if token.state.must_change_pin:
        return "PIN đúng. Nhưng đây là PIN giao kèm mà ai cũng biết: hãy đổi PIN trước khi ký."
    return "PIN đúng. Token đã sẵn sàng ký."


def man_hinh_token(ten: str = "moi", telex: bool = False) -> ManHinhToken:
    """Open the screen of a token of the lessons.

    Parameters
    ----------
    ten : str
        ``moi`` (as delivered), ``tram`` (PIN changed), ``khoa`` (locked), ``ca_nhan`` (a
        colleague's), ``phuong_ben`` (the neighbouring station's).
    telex : bool
        Whether the Vietnamese input method is on when the screen opens.

    Returns
    -------
    ManHinhToken
        A widget. The token lies in ``tap_ky_so/`` beside the notebook and stays as it is left.
    """
    return ManHinhToken(here(Path.cwd()), ten, telex)
