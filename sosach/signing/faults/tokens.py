"""Faults in the use of a token: secret words, plugs, clocks."""

from __future__ import annotations

import json
from collections.abc import Iterable
from contextlib import suppress
from datetime import datetime

from generator.vietnamese import from_telex
from sosach.signing.dose_signing import Desk, sign_doses
from sosach.signing.faults.record import Catalogue
from sosach.signing.faults.scene import DAY, PIN, PUK, Scene, TokenExhibit
from sosach.signing.tokens import VirtualToken
from sosach.signing.tokens.interface import DELIVERED_PIN
from sosach.signing.verdicts import SigningError

__all__ = ["TOKEN_FAULTS"]

TOKEN_FAULTS: Catalogue[Scene] = Catalogue()
#: a PIN that the Vietnamese keyboard spoils: dd becomes đ, as becomes á
SPOILT_BY_TELEX = "Maddas2022"


def _wrong(token: VirtualToken, times: int) -> None:
    """Type a wrong PIN some times."""
    for _ in range(times):
        with suppress(SigningError):
            token.login("Sai-PIN-0")


def _doses(scene: Scene, count: int) -> Iterable[dict[str, str]]:
    return ({**scene.dose, "ma_mui": f"{scene.dose['ma_mui']}-{n}"} for n in range(count))


def _sign(scene: Scene, token: VirtualToken, count: int = 3, at: datetime | None = None) -> None:
    """Sign doses one by one into the token's own folder."""
    desk = Desk(token, token.folder / "ky", scene.trust(), at or scene.at, size=1)
    for _ in sign_doses(_doses(scene, count), desk):
        pass


@TOKEN_FAULTS.plant("token_tot", "Ký bình thường", "Không có lỗi: đăng nhập đúng PIN và ký ba mũi.")
def _good(scene: Scene) -> TokenExhibit:
    return TokenExhibit(lambda: _sign(scene, scene.token("token_tot")))


@TOKEN_FAULTS.plant(
    "lo_ky_tiep",
    "Cắm lại token và ký tiếp",
    "Không có lỗi: token bị rút sau hai chữ ký, cắm lại, đăng nhập lại rồi ký tiếp.",
)
def _resumed(scene: Scene) -> TokenExhibit:
    def act() -> None:
        token = scene.token("lo_ky_tiep")
        token.pull_out(after=2)
        with suppress(SigningError):
            _sign(scene, token, 5)
        token.plug_in()
        token.login(PIN)
        _sign(scene, token, 5)

    return TokenExhibit(act)


@TOKEN_FAULTS.plant("pin_sai", "Nhập sai PIN", "Nhập sai PIN một lần.", "token", "PIN_INCORRECT")
def _wrong_pin(scene: Scene) -> TokenExhibit:
    return TokenExhibit(lambda: scene.token("pin_sai").login("Sai-PIN-0"))


@TOKEN_FAULTS.plant(
    "pin_go_telex",
    "Gõ PIN khi đang bật Telex",
    "Gõ đúng phím nhưng bộ gõ tiếng Việt đổi thành chữ có dấu.",
    "token",
    "PIN_INCORRECT",
)
def _telex(scene: Scene) -> TokenExhibit:
    def act() -> None:
        token = scene.token("pin_go_telex", SPOILT_BY_TELEX)
        token.login(from_telex(SPOILT_BY_TELEX))

    return TokenExhibit(act)


@TOKEN_FAULTS.plant(
    "pin_caps_lock",
    "Gõ PIN khi đang bật Caps Lock",
    "Gõ đúng phím nhưng chữ hoa và chữ thường đổi chỗ.",
    "token",
    "PIN_INCORRECT",
)
def _caps_lock(scene: Scene) -> TokenExhibit:
    return TokenExhibit(lambda: scene.token("pin_caps_lock").login(PIN.swapcase()))


@TOKEN_FAULTS.plant(
    "pin_khoa",
    "Token khóa sau ba lần sai",
    "Nhập sai PIN ba lần rồi nhập đúng.",
    "token",
    "PIN_LOCKED",
)
def _locked(scene: Scene) -> TokenExhibit:
    def act() -> None:
        token = scene.token("pin_khoa")
        _wrong(token, 3)
        token.login(PIN)

    return TokenExhibit(act)


@TOKEN_FAULTS.plant(
    "mo_khoa_bang_puk",
    "Mở khóa bằng PUK",
    "Không có lỗi: token khóa, mở bằng PUK, đặt PIN mới rồi ký.",
)
def _unlocked(scene: Scene) -> TokenExhibit:
    def act() -> None:
        token = scene.token("mo_khoa_bang_puk")
        _wrong(token, 3)
        token.unlock(PUK, "Pin-Moi-1")
        token.login("Pin-Moi-1")
        _sign(scene, token)

    return TokenExhibit(act)


@TOKEN_FAULTS.plant(
    "puk_khoa",
    "PUK cũng khóa",
    "Nhập sai PUK ba lần rồi nhập đúng.",
    "token",
    "PUK_LOCKED",
)
def _puk_locked(scene: Scene) -> TokenExhibit:
    def act() -> None:
        token = scene.token("puk_khoa")
        for _ in range(3):
            with suppress(SigningError):
                token.unlock("sai", "Pin-Moi-1")
        token.unlock(PUK, "Pin-Moi-1")

    return TokenExhibit(act)


@TOKEN_FAULTS.plant(
    "rut_token",
    "Rút token giữa lô",
    "Token bị rút sau hai chữ ký.",
    "token",
    "TOKEN_REMOVED",
)
def _removed(scene: Scene) -> TokenExhibit:
    def act() -> None:
        token = scene.token("rut_token")
        token.pull_out(after=2)
        _sign(scene, token)

    return TokenExhibit(act)


@TOKEN_FAULTS.plant(
    "quen_dang_nhap",
    "Cắm lại mà quên đăng nhập",
    "Token được cắm lại nhưng chưa nhập PIN.",
    "token",
    "NOT_LOGGED_IN",
)
def _not_logged_in(scene: Scene) -> TokenExhibit:
    def act() -> None:
        token = scene.token("quen_dang_nhap")
        token.pull_out()
        token.plug_in()
        _sign(scene, token)

    return TokenExhibit(act)


@TOKEN_FAULTS.plant(
    "pin_giao_kem",
    "Chưa đổi PIN giao kèm",
    "Ký ngay khi token còn PIN 12345678.",
    "token",
    "PIN_DELIVERED",
)
def _delivered(scene: Scene) -> TokenExhibit:
    return TokenExhibit(lambda: _sign(scene, scene.token("pin_giao_kem", DELIVERED_PIN)))


@TOKEN_FAULTS.plant(
    "token_hong", "Token hỏng", "Khóa trong token bị hỏng.", "token", "TOKEN_BROKEN"
)
def _broken(scene: Scene) -> TokenExhibit:
    def act() -> None:
        token = scene.token("token_hong")
        path = token.folder / "token.json"
        state = json.loads(path.read_text(encoding="utf-8"))
        path.write_text(json.dumps({**state, "pin_sha256": "0" * 64}), encoding="utf-8")
        token.login(PIN)

    return TokenExhibit(act)


@TOKEN_FAULTS.plant(
    "dong_ho_chay_lui",
    "Đồng hồ chạy lùi giữa hai lần ký",
    "Lần ký thứ hai có đồng hồ sớm hơn lần đầu một ngày.",
    "validity",
    "CLOCK_SET_BACK",
)
def _clock_set_back(scene: Scene) -> TokenExhibit:
    def act() -> None:
        token = scene.token("dong_ho_chay_lui")
        _sign(scene, token)
        _sign(scene, token, at=scene.at - DAY)

    return TokenExhibit(act)
