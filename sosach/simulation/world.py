"""The world around a ward station: it alone holds the truth, and answers one call after the other.

Every call is one transaction with one audit entry under the caller's request id: the same id again
returns the same answer and changes nothing. What the platform refuses is an answer too.
"""

from __future__ import annotations

import hashlib
import inspect
import json
import re
from collections.abc import Callable, Mapping
from contextlib import ExitStack
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, func, select

from generator.problems import Problem, nearest
from sosach.simulation import workdays
from sosach.simulation.lots import numeral
from sosach.simulation.people.outside import outside
from sosach.simulation.platform import (
    database,
    doses,
    edit,
    feedback,
    holds,
    importing,
    lists,
    mail,
    merge,
    requests,
    signing,
    store,
)
from sosach.simulation.platform.desk import Desk, consequences
from sosach.simulation.platform.night import night
from sosach.simulation.platform.opening import (
    FIRST_DAY,
    Tables,
    fill_register,
    rows_of,
    station,
    ward_rows,
)
from sosach.simulation.platform.rules import RefusedError, reason, refusal, refuse
from sosach.simulation.progress import figures
from sosach.simulation.truth import COLUMNS, TABLES, Row, Truth

__all__ = ["READS", "VERBS", "World"]

#: calls that change nothing
READS: dict[str, Callable[..., Row]] = {
    f.__name__: f
    for f in (
        lists.danh_sach_sai,
        lists.danh_sach_cua_bo,
        lists.danh_sach_trung,
        lists.mo,
        lists.lich_su,
        mail.hop_thu,
        feedback.phan_anh,
        signing.duoc_ky_hom_nay,
        signing.vi_sao_chua_ky,
        figures.tien_do,
    )
}
#: calls that change something
VERBS: dict[str, Callable[..., Row]] = {
    f.__name__: f
    for f in (
        edit.sua,
        edit.nguoi_nuoc_ngoai,
        importing.nhap_excel,
        merge.gop,
        merge.tach,
        doses.xoa_mui_trung,
        doses.go_mui,
        doses.them_mui,
        signing.ky,
        requests.gui_cong_an,
        requests.hoi_co_so,
        requests.moi_nguoi_dan,
        requests.chuyen,
        requests.bao_cao,
        requests.bao_loi,
        holds.tam_giu,
        holds.bo_tam_giu,
        feedback.tra_loi_phan_anh,
    )
}
NEW_DAY = "ngay_moi"
#: who changes something at night
PLATFORM = "Nền tảng"
#: what JSON can hold and a database cannot: a zero byte, half a character
UNSTORABLE = re.compile("[\0\ud800-\udfff]")
#: arguments of a call are what JSON can hold, of the annotated kind
KINDS: dict[str, Callable[[Any], bool]] = {
    "str": lambda v: _is_text(v),
    "bool": lambda v: isinstance(v, bool),
    "list[str]": lambda v: isinstance(v, list) and all(map(_is_text, v)),
    "list[dict[str, str]]": lambda v: isinstance(v, list) and all(_is_texts(x) for x in v),
    "dict[str, str]": lambda v: _is_texts(v),
    "dict[str, str] | None": lambda v: v is None or _is_texts(v),
}


def _is_text(value: object) -> bool:
    return isinstance(value, str) and not UNSTORABLE.search(value)


def _is_texts(value: object) -> bool:
    return isinstance(value, dict) and all(map(_is_text, (*value, *value.values())))


@dataclass(frozen=True)
class _Call:
    """Who asks for what, under which id."""

    verb: str
    request_id: str
    who: str
    arguments: Mapping[str, Any]

    @property
    def fingerprint(self) -> str:
        """Digest of what is asked, so that an id is not used for something else."""
        text = json.dumps([self.verb, self.who, self.arguments], sort_keys=True)
        return hashlib.sha256(text.encode()).hexdigest()


class World:
    """A ward station's surroundings: the platform and all who answer.

    Made by `open`, `from_pack` or `from_folder`.
    """

    def __init__(
        self,
        engine: Engine,
        truth: Truth,
        seed: int,
        unit: str,
        *,
        letters: int = 0,
        answers: Mapping[str, Callable[..., object]] | None = None,
        now: Callable[[], str] | None = None,
    ) -> None:
        self._engine, self._truth, self._seed = engine, truth, seed
        self.unit, self._letters = unit, letters
        self._outside = outside(answers)
        self._now = now or _time_of_day

    @classmethod
    def open(
        cls,
        url: str,
        tables: Tables,
        seed: int,
        unit: str = "",
        first_day: date | None = None,
        **settings: Any,  # noqa: ANN401 - those of World itself
    ) -> World:
        """Open a ward's world; an empty database is filled first.

        Parameters
        ----------
        url : str
            Database as SQLAlchemy writes it, as ``sqlite:////tmp/phuong.db``.
        tables : mapping
            All of `sosach.simulation.truth.TABLES`: name -> rows.
        seed : int
            Decides every answer. The database does not tell it.
        unit : str
            Code of the own unit; by default the ward's station.
        first_day : date
            The first working day; by default Monday 9 May 2022.
        **settings
            ``letters`` (feedback per day), ``answers`` (see
            `sosach.simulation.people.outside.outside`), ``now`` (returns the time of day).

        Returns
        -------
        World

        Raises
        ------
        Problem
            If the database belongs to another world.
        """
        missing = [name for name in TABLES if name not in tables]
        if missing:
            message = f"Thiếu bảng {', '.join(missing)}: cần đủ {', '.join(TABLES)}."
            raise Problem(message)
        truth = Truth(tables)
        unit = unit or station(truth)
        marks = {"phien_ban": "1", "don_vi": unit, "van_tay": numeral(seed, "the_gioi", unit)}
        engine = database.connect(url)
        with ExitStack() as failed:
            failed.callback(engine.dispose)
            with database.writing(engine) as con:
                if store.known(con, "don_vi") is None:
                    fill_register(con, tables, unit, first_day or FIRST_DAY)
                    store.fill(con, store.meta, [{"key": k, "value": v} for k, v in marks.items()])
                elif any(store.known(con, key) != value for key, value in marks.items()):
                    message = (
                        "Cơ sở dữ liệu này thuộc đơn vị hoặc bộ dữ liệu khác. "
                        "Hãy mở đúng tệp, hoặc dùng một tệp mới."
                    )
                    raise Problem(message)
            failed.pop_all()
        return cls(engine, truth, seed, unit, **settings)

    @classmethod
    def from_pack(cls, pack: Any, seed: int, url: str, **settings: Any) -> World:  # noqa: ANN401
        """Open the world of a `generator.packs.Pack`; parameters as of `open`."""
        named = {"dan_cu": pack.people, "mui_that": pack.given, "co_so": pack.sites}
        found = {name: named.get(name) or getattr(pack, name) for name in TABLES}
        tables = {name: rows_of(table, COLUMNS.get(name)) for name, table in found.items()}
        return cls.open(url, tables, seed, **settings)

    @classmethod
    def from_folder(
        cls,
        folder: Path | str,
        ward: str,
        seed: int,
        url: str,
        **settings: Any,  # noqa: ANN401
    ) -> World:
        """Open the world of one ward of a folder that `sosach generate` wrote.

        Parameters
        ----------
        folder : Path
        ward : str
            Ward code.
        seed, url, **settings
            As of `open`.

        Returns
        -------
        World

        Raises
        ------
        Problem
            If the folder has no such ward, or the database belongs to another world.
        """
        wards = sorted(path.stem for path in Path(folder, "doi_tuong").glob("*.parquet"))
        if ward not in wards:
            message = (
                f"Thư mục {folder} không có phường, xã {ward}.{nearest(ward, wards)} "
                "Hãy tạo bằng lệnh sosach generate."
            )
            raise Problem(message)
        tables = {name: ward_rows(Path(folder), name, ward) for name in TABLES}
        return cls.open(url, tables, seed, **settings)

    @property
    def today(self) -> date:
        """The day on the platform's clock."""
        with database.reading(self._engine) as con:
            return _today(con)

    def close(self) -> None:
        """Let the database go."""
        self._engine.dispose()

    def call(self, verb: str, request_id: str = "", **arguments: Any) -> Row:  # noqa: ANN401
        """Do one thing on the platform.

        Parameters
        ----------
        verb : str
            A key of `READS` or `VERBS`, or ``ngay_moi``.
        request_id : str
            Unique for every call that changes something, chosen by the caller; the same again
            returns the stored answer. Not needed where nothing changes.
        **arguments
            Of the verb, what JSON can hold; ``nguoi`` says who does it.

        Returns
        -------
        dict
            ``ok`` true and the answer; or ``ok`` false and ``tu_choi``: a list of rule, sentence
            and document. Either way ``cau`` says it in words.
        """
        try:
            who = arguments.pop("nguoi", "")
            _check(verb, {**arguments, "nguoi": who}, request_id)
            if verb in READS:
                with database.reading(self._engine) as con:
                    return {"ok": True, **READS[verb](self._desk(con), **arguments)}
            return self._change(_Call(verb, request_id, who, arguments))
        except RefusedError as error:
            return refusal(error.reasons)
        except database.BusyError:
            return refusal([reason("NEN_TANG_BAN")])

    def _change(self, call: _Call) -> Row:
        with database.writing(self._engine) as con:
            done = _done_before(con, call)
            if done is not None:
                return done
            desk = self._desk(con)
            if call.verb == NEW_DAY:
                told = night(desk, self._letters)
            else:
                told = VERBS[call.verb](desk, **call.arguments)
                told["cau"] += consequences(desk.changes)
            answer = {"ok": True, **told}
            self._write_audit(desk, call, answer)
            return answer

    def _desk(self, con: Connection) -> Desk:
        return Desk(con, self._truth, self._seed, self.unit, _today(con), self._outside)

    def _write_audit(self, desk: Desk, call: _Call, answer: Row) -> None:
        """Write what was asked and answered, and every record that it changed."""
        # counted here: a call that breaks down leaves no gap
        last = desk.con.scalar(select(func.max(store.audit.c.stt))) or 0
        entry = {
            "stt": last + 1,
            "yeu_cau": call.request_id,
            "van_tay": call.fingerprint,
            "ngay": desk.day.isoformat(),
            "gio": self._now(),
            "nguoi": call.who or (PLATFORM if call.verb == NEW_DAY else ""),
            "hanh_dong": call.verb,
            "tra_loi": answer,
        }
        store.fill(desk.con, store.audit, [entry])
        store.fill(
            desk.con,
            store.changed,
            ({"stt": entry["stt"], "dong": i, **row} for i, row in enumerate(desk.changes)),
        )


def _done_before(con: Connection, call: _Call) -> Row | None:
    """Return the stored answer to a call that has been done, None where it is new."""
    table = store.audit
    found = store.rows(con, select(table).where(table.c.yeu_cau == call.request_id))
    if not found:
        return None
    if found[0]["van_tay"] != call.fingerprint:
        refuse("MA_YEU_CAU_DA_DUNG", ma=call.request_id)
    answer: Row = json.loads(found[0]["tra_loi"])
    return answer


def _check(verb: str, arguments: Mapping[str, Any], request_id: str) -> None:
    """Refuse a call that names no verb, a wrong argument or one of another kind."""
    known = [*READS, *VERBS, NEW_DAY]
    if verb not in known:
        refuse("KHONG_CO_VIEC", viec=verb, gan_giong=nearest(verb, known))
    if verb not in READS and not (_is_text(request_id) and request_id):
        refuse("THIEU_MA_YEU_CAU")
    wanted = _parameters(verb)
    for name, value in arguments.items():
        if name not in wanted:
            near = nearest(name, wanted)
            refuse("SAI_THAM_SO", chi_tiet=f"không có tham số '{name}'", gan_giong=near)
        if not KINDS[wanted[name].annotation](value):
            told = f"tham số '{name}' không đúng kiểu hoặc có ký tự không lưu được"
            refuse("SAI_THAM_SO", chi_tiet=told, gan_giong="")
    missing = [n for n, p in wanted.items() if p.default is p.empty and n not in arguments]
    if missing:
        refuse("SAI_THAM_SO", chi_tiet=f"thiếu tham số '{missing[0]}'", gan_giong="")


def _parameters(verb: str) -> dict[str, inspect.Parameter]:
    who = inspect.Parameter("nguoi", inspect.Parameter.KEYWORD_ONLY, default="", annotation="str")
    if verb == NEW_DAY:
        return {"nguoi": who}
    function = READS.get(verb) or VERBS[verb]
    own = list(inspect.signature(function).parameters.values())[1:]
    return {**{parameter.name: parameter for parameter in own}, "nguoi": who}


def _today(con: Connection) -> date:
    return date.fromisoformat(con.scalar(select(store.clock.c.ngay)) or "")


def _time_of_day() -> str:
    return f"{datetime.now(workdays.VIET_NAM_TIME):%H:%M:%S}"
