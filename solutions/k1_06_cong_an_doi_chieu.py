# %% [markdown]
# # Bài tập: phối hợp công an đối chiếu
#
# **DỮ LIỆU GIẢ LẬP.** Mọi người, số giấy tờ và mũi tiêm trong bài đều do máy tạo ra.
#
# Thời gian: khoảng 60 phút cho 40 hồ sơ. Anh/chị có thể nghỉ giữa chừng: mọi lựa chọn được giữ lại.
#
# ## Tình huống
#
# Hôm nay là thứ Hai, ngày 16/5/2022. Anh/chị là nhân viên Trạm Y tế của một phường ở Thành phố Hồ Chí Minh.
# Tên phường hiện ra khi anh/chị mở bài ở ô thứ nhất.
#
# Ngày 9/5, trạm gửi Công an phường danh sách mọi hồ sơ chưa xác minh đúng. Chiều thứ Sáu 13/5, danh sách đã về.
# Chị trưởng trạm giao việc:
#
# > "Em đừng nhập vội. Em so với danh sách mình gửi trước đã: đủ dòng chưa, trang nào cũng ký chưa, có đúng người không.
# > Dòng nào dùng được thì mình làm theo dòng ấy. Dòng nào chưa dùng được thì đừng đụng vào hồ sơ."
#
# ## Anh/chị có gì trong tay
#
# * `du_lieu/doi_tuong.csv`, `du_lieu/mui_tiem.csv`: hồ sơ và mũi tiêm của phường. Bài này chưa cần xem mũi tiêm.
# * `du_lieu/danh_sach_da_gui.csv`: danh sách trạm đã gửi ngày 9/5.
# * `du_lieu/danh_sach_cong_an.csv`: danh sách công an trả về.
# * `du_lieu/danh_sach_cong_an.pdf` và `du_lieu/danh_sach_cong_an.xlsx`: cũng danh sách ấy, trên giấy và bằng Excel, đúng như lúc bàn giao. Bộ lớn của mức Nâng cao không có hai tệp này.
# * `du_lieu/du_lieu.xlsx`: mọi bảng trên trong một tệp Excel.
#
# Nên mở tờ giấy `danh_sach_cong_an.pdf` xem trước, như khi cầm danh sách trên tay: trong khung bên trái, bấm vào thư mục `du_lieu`, rồi bấm đúp vào tên tệp.
#
# ## Việc cần làm
#
# | Việc | Điểm | Nộp gì | Quy tắc ở đâu |
# |---|---|---|---|
# | Chọn việc làm với từng hồ sơ sau khi công an trả danh sách | 10 | `bai_nop/quyet_dinh.csv` | CV 2262/BYT-CNTT ngày 4/5/2022, bước 3 và 4; CV 9438/BYT-CNTT ngày 5/11/2021; bài học *06_cong_an_doi_chieu* |
#
# Nhắc lại ba câu hỏi trước khi dùng một dòng:
#
# 1. Dòng này có trong danh sách trạm đã gửi không? Có đủ dòng không?
# 2. Trang có chữ ký của công an không?
# 3. Thông tin đúng có phải của chính người này không?
#
# Hồ sơ không gửi đi cũng cần một quyết định. Thường là *Giữ nguyên, không phải lỗi*.
# Sửa một ô theo dòng chưa dùng được là làm hại hồ sơ, nên bị trừ điểm. Cách tính điểm là quy ước của khóa học.

# %% [markdown]
# ## Bước 1. Mở bài
#
# Bấm chuột vào ô xám dưới đây, rồi nhấn **Shift + Enter**. Ô nào trong bài cũng chạy như vậy.

# %%
from sosach.course import mo_bai

bai = mo_bai("k1_06_cong_an_doi_chieu")
bai

# %% [markdown]
# ## Bước 2. Làm bài
#
# Ba cách sau đây như nhau: cùng một tệp nộp, cùng một cách chấm. Anh/chị chọn cách quen tay.
#
# ### Cách 1. Bấm chuột trên màn hình
#
# Nhấn **Shift + Enter** ở ô dưới. Bên trái là thông tin trên nền tảng, bên phải là thông tin công an ghi. Ô khác nhau được tô màu.
# Kết quả và chữ ký nằm ở mục *Giấy tờ kèm theo*.
#
# * Muốn sửa một ô: bấm vào tên ô, bấm nút việc cần làm, rồi bấm *Lấy theo Danh sách công an đã trả*.
# * Hồ sơ cần hai việc: bấm việc thứ nhất, bấm **Thêm một việc nữa**, rồi bấm việc thứ hai.
#
# Mỗi lần bấm, quyết định được ghi ngay vào `bai_nop/quyet_dinh.csv`: không cần bấm lưu.

# %%
bai.man_hinh()

# %% [markdown]
# ### Cách 2. Dùng Excel
#
# 1. Trên màn hình ở Cách 1, bấm **Thêm**, rồi **Tạo phiếu làm bài bằng Excel**. Tệp `phieu_lam_bai.xlsx` hiện ra cạnh tệp bài tập này.
# 2. Mở tệp bằng Excel, mở thêm `du_lieu/danh_sach_cong_an.xlsx` để đối chiếu. Ở trang *Bài làm*, chọn hành động, ô cần sửa và giá trị mới. Chưa quyết định thì để trống.
# 3. Lưu tệp. Trở lại màn hình, bấm **Thêm**, rồi **Nhập phiếu Excel đã làm**. Dòng nào chưa đúng được báo theo số dòng.

# %% [markdown]
# ### Cách 3. Dành cho anh/chị biết lập trình (pandas)
#
# `bai.doi_tuong` là bảng hồ sơ, `bai.bang("danh_sach_da_gui")` và `bai.bang("danh_sach_cong_an")` là hai danh sách. Mọi cột đều là chữ, ô trống là `""`.
# Anh/chị lập một bảng có các cột `ma_ho_so, ma_mui, truong, hanh_dong, gia_tri_moi, ma_lien_quan, ly_do`, mỗi việc một dòng, rồi gọi `bai.luu(quyet_dinh)`.
# Mã của từng hành động nằm ở cột `code` của `generator/reference/action_codes.csv`.
# Nếu không dùng cách này, anh/chị cứ bỏ qua ô dưới.

# %%
ho_so = bai.doi_tuong
### BEGIN SOLUTION
from generator.vietnamese import same_spelling

# ô của hồ sơ -> cột công an ghi thông tin đúng
CONG_AN_GHI = {
    "ho_ten": "ho_ten_dung",
    "ngay_sinh": "ngay_sinh_dung",
    "gioi_tinh": "gioi_tinh_dung",
    "so_giay_to": "so_dinh_danh_dung",
}
CHUA_DUNG_DUOC = [("REFER_POLICE", "", "")]
THEO_KET_QUA = {
    "Không tìm thấy": [("HOLD", "", "")],
    "Không cư trú": [("TRANSFER", "", "")],
    "Chết": [("HOLD", "", ""), ("REPORT_UP", "", "")],
}


def o_khac(dong):
    """Những ô mà công an ghi khác hồ sơ, kèm giá trị mới."""
    return {
        o: dong[cot]
        for o, cot in CONG_AN_GHI.items()
        if dong[cot] and not same_spelling(dong[o], dong[cot])
    }


def viec(dong):
    """Những việc phải làm với một hồ sơ: (hành động, ô, giá trị mới)."""
    if not dong["da_gui"]:
        return [("KEEP", "", "")]
    khac = o_khac(dong)
    nguoi_khac = {"ho_ten", "ngay_sinh", "so_giay_to"} <= set(khac)
    if not dong["ca_ky"] or nguoi_khac:  # thiếu dòng, trang chưa ký, dòng của người khác
        return CHUA_DUNG_DUOC
    if dong["ket_qua"] in THEO_KET_QUA:
        return THEO_KET_QUA[dong["ket_qua"]]
    if not khac:
        return [("REPORT_SYSTEM", "", "")]
    nhap_so = dong["tt_xac_minh"] == "Không có/sai định dạng"  # nhóm a, nhóm b
    return [
        ("IMPORT_ID" if nhap_so and o == "so_giay_to" else "UPDATE_FROM_POLICE", o, gia_tri)
        for o, gia_tri in khac.items()
    ]


tra_ve = bai.bang("danh_sach_cong_an")[["ma_ho_so", "ket_qua", "ca_ky", *CONG_AN_GHI.values()]]
bang = ho_so.merge(tra_ve, on="ma_ho_so", how="left").fillna("")
bang["da_gui"] = bang["ma_ho_so"].isin(bai.bang("danh_sach_da_gui")["ma_ho_so"])
bang["viec"] = bang.apply(viec, axis=1)

quyet_dinh = bang.explode("viec")[["ma_ho_so", "viec"]].reset_index(drop=True)
quyet_dinh[["hanh_dong", "truong", "gia_tri_moi"]] = quyet_dinh.pop("viec").to_list()
chuyen = quyet_dinh["hanh_dong"] == "TRANSFER"
quyet_dinh["ma_lien_quan"] = chuyen.map({True: "TRAM_KHAC", False: ""})  # trạm nơi người ấy cư trú
for cot in ("ma_mui", "ly_do"):
    quyet_dinh[cot] = ""
bai.luu(quyet_dinh)
### END SOLUTION

# %% [markdown]
# ## Bước 3. Kiểm tra
#
# Khi luyện tập, ô này cho biết hồ sơ nào chưa đúng, kèm ba bước gợi ý.
# Ở lớp, ô này chỉ xem tệp đã đúng mẫu chưa. Anh/chị chạy lại bao nhiêu lần cũng được.

# %%
bai.kiem_tra()

# %% [markdown]
# ## Bước 4. Nộp bài
#
# Ô này đóng gói bài làm thành một tệp `.zip` và cho anh/chị một mã kiểm tra.

# %%
bai.nop_bai()

# %% [markdown]
# ## Làm thêm
#
# Khi luyện tập, `bai.bo_moi()` mở một bộ hồ sơ khác. Bài làm của bộ cũ vẫn được giữ.
# Anh/chị thêm một ô mới (nút **+** trên thanh công cụ), gõ `bai.bo_moi()`, rồi nhấn **Shift + Enter**.

# %% [markdown]
# ---
# Ô dưới đây để giảng viên ghi điểm. Anh/chị không cần làm gì ở đó.

# %% points=10 tests="sau_doi_chieu"
# bai_nop/quyet_dinh.csv
