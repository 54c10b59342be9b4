"""A station that works through a pipe: every verb once, with what the trainer told it of the records."""

import inspect
import json
import sys

from sosach.simulation import verbs

DONE = set()


def gateway(verb, request_id="", **arguments):
    """Send a call as one line of JSON, read the answer as another."""
    print(json.dumps([verb, request_id, arguments]), flush=True)  # noqa: T201 - the pipe
    return json.loads(sys.stdin.readline())


def noted(room, name, method):
    """Return the method; it notes that it worked."""

    def call(*given, **named):
        told = method(*given, **named)
        if told.duoc:
            DONE.add(f"{type(room).__name__}.{name}")
        return told

    return call


def answer_of(platform, request):
    """Return the answer to a request."""
    return platform.hop_thu(request.tra_loi["ma_yeu_cau"]).tra_loi["dong"][0]["tra_loi"]


def ask(station, known):
    """Ask everybody; return what was asked of whom."""
    wanted = [*known["double"], *known["double"].values(), known["merged"][0]]
    for code in ("E01", "E02", "E10", "E18"):
        wanted += known[code]
    asked = {"list": station.cong_an.gui(wanted).tra_loi["ma_danh_sach"]}
    for line in known["of_others"]:
        asked[line] = station.co_so.hoi(known["record_of"][line], line)
    for record in known["E50"]:
        asked[record] = station.co_so.hoi(record)
    station.nguoi_dan.moi(known["E11"][0], "mang giấy tờ đến đối chiếu")
    return asked


def look(station, known):
    """Look at everything."""
    platform, record = station.nen_tang, known["E01"][0]
    platform.danh_sach_sai("a")
    platform.danh_sach_trung()
    platform.mo(record)
    platform.lich_su(record)
    platform.hop_thu()
    platform.danh_sach_cua_bo()
    platform.tien_do()
    ready = platform.duoc_ky_hom_nay()
    waiting = set(known["record_of"]) - set(ready.bang["ma_mui"])
    platform.vi_sao_chua_ky(min(waiting))
    certificate = {"don_vi": known["unit"], "tu": "2022-01-01", "den": "2022-12-31", "thu_hoi": ""}
    platform.ky(ready, certificate)


def work_by_list(station, known, number):
    """Do what the police's list says."""
    platform, back = station.nen_tang, station.cong_an.tra_loi(number).bang
    station.cong_an.kiem_tra(number)
    station.cong_an.luu(number, "ho_so")
    found = {row["ma_ho_so"]: row for row in back.to_dict("records")}
    right = found[known["E10"][0]]["ho_ten_dung"]
    platform.sua(known["E10"][0], "ho_ten", right, "loi_go", ma_danh_sach=number)
    platform.nhap_excel(f"ho_so/{number}.xlsx", number)
    for gone, kept in known["double"].items():
        platform.gop(kept, gone, ma_danh_sach=number)
    record, lines = known["merged"]
    platform.tach(record, [line for line in lines if known["record_of"][line] == record], number)
    for away in known["E18"]:
        platform.chuyen(away, "26734", "khong_cu_tru", ma_danh_sach=number)


def work_by_slips(station, known, asked):
    """Do what sites and papers say about doses."""
    platform = station.nen_tang
    for line, kept in known["twice"].items():
        platform.xoa_mui_trung(line, kept)
    for line in known["of_others"]:
        platform.go_mui(line, asked[line].tra_loi["ma_yeu_cau"])
    for record in known["E50"]:
        slip = answer_of(platform, asked[record]).get("thong_tin") or {}
        cells = {n: slip.get(n, "") for n in ("mui", "ten_vac_xin", "ngay_tiem", "co_so_tiem")}
        platform.them_mui(record, asked[record].tra_loi["ma_yeu_cau"], **cells)


def report(station, known):
    """Hold, report, answer a citizen."""
    platform, record = station.nen_tang, known["E11"][1]
    platform.nguoi_nuoc_ngoai(known["E70"][0], "Hàn Quốc", "hộ chiếu")
    platform.tam_giu(record, "du_lieu_dung")
    platform.bo_tam_giu(record, "du_lieu_dung")
    platform.bao_cao(record, "du_lieu_dung", "Xin ý kiến.")
    platform.bao_loi(known["E90"][0])
    letter = station.nguoi_dan.phan_anh().bang["ma_phan_anh"][0]
    station.nguoi_dan.tra_loi(letter, "DEFER_FEEDBACK")


def main():
    """Work for some days."""
    known = json.loads(sys.stdin.readline())
    station = verbs.open_station(gateway, "chị Hạnh")
    for room in (station.nen_tang, station.cong_an, station.co_so, station.nguoi_dan):
        for name, method in inspect.getmembers(room, inspect.ismethod):
            if not name.startswith("_"):
                setattr(room, name, noted(room, name, method))
    asked = ask(station, known)
    for _ in range(6):
        station.nen_tang.ngay_moi()
    work_by_list(station, known, asked["list"])
    work_by_slips(station, known, asked)
    report(station, known)
    look(station, known)
    result = {"done": sorted(DONE), "modules": sorted(sys.modules)}
    print(json.dumps(result), flush=True)  # noqa: T201 - the pipe


if __name__ == "__main__":
    main()
