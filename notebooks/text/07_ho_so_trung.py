# %% [markdown]
# # Bài 7. Gộp hồ sơ trùng, giữ đủ các mũi
#
# **DỮ LIỆU GIẢ LẬP.** Mọi hồ sơ trong bài đều là hồ sơ bịa.
#
# *Sau bài này anh/chị làm được:*
#
# * tìm hai hồ sơ của một người, và nói được bằng chứng nào nối chúng lại;
# * gộp hồ sơ mà giữ đủ các mũi;
# * để yên cặp sinh đôi và những người trùng họ tên, trùng ngày sinh;
# * phân biệt một mũi nhập hai lần với hai bản mâu thuẫn.
#
# Thời gian: 15 phút. Dựa trên CV 9438/BYT-CNTT ngày 5/11/2021, CV 2262/BYT-CNTT ngày 4/5/2022 và CV 9458/BYT-CNTT ngày 8/11/2021.
#
# **Việc đầu tiên:** trên thanh menu, bấm **Chạy**, rồi **Chạy tất cả các ô** (tiếng Anh: **Run**, **Run All Cells**).

# %% [markdown]
# ## 1. Tình huống
#
# Chị Nguyễn Thị Lan tiêm đủ hai mũi. Mũi 1 ở trạm, chị đưa CMND. Mũi 2 ở bệnh viện, chị đưa CCCD mới làm.
# Trên nền tảng, chị thành hai người, mỗi người một mũi. Không hồ sơ nào đủ mũi cơ bản, nên chị chờ mãi chưa có hộ chiếu vắc xin.
#
# Chuyện này không hiếm. Theo báo chí, ngày 20/4/2022 riêng tỉnh Bình Dương còn hơn 31.000 người bị trùng hồ sơ.

# %% [markdown]
# ## 2. Một cặp làm mẫu
#
# Dưới đây là hai hồ sơ của chị Lan. Ở dòng *So với*, anh/chị bấm lần lượt thẻ căn cước và hồ sơ nghi trùng.

# %% folded=true
from sosach.course import ho_so_mau, lam_thu, xem_ho_so
from sosach.review import cau_hoi

xem_ho_so("TH0701")

# %% [markdown]
# Cùng họ tên, cùng ngày sinh, cùng điện thoại, cùng địa chỉ: nhìn thì giống một người. Nhưng giống chưa phải là bằng chứng.
#
# Bằng chứng nằm ở tấm thẻ chị mang đến. Mặt thẻ ghi số 079185999916, là số của hồ sơ kia. Mã QR ghi số CMND cũ 025999916, là số của hồ sơ này.
# **Một thẻ nối hai số**, nên đây là một người. Trạm gộp hai hồ sơ, giữ số đã xác minh Đúng, giữ cả hai mũi.

# %% [markdown]
# ## 3. Quy tắc: cái gì là bằng chứng
#
# Hai số giấy tờ có phải của một người không là thông tin công dân, do ngành Công an xác thực (CV 9438). Vì vậy trạm chỉ gộp khi có bằng chứng.
# Các văn bản chúng tôi đọc được không ghi thế nào là đủ bằng chứng. Bảng này là **quy ước của khóa học**:
#
# | Anh/chị thấy | Kết luận |
# |---|---|
# | Hai hồ sơ cùng họ tên, ngày sinh và **cùng một số** | một người: gộp |
# | **Một thẻ** ghi số của hồ sơ này, và ghi số (hay số CMND cũ trong mã QR) của hồ sơ kia | một người: gộp |
# | **Công an trả lời** hai hồ sơ là của một người | một người: gộp |
# | Hai số khác nhau, **đều đã xác minh Đúng** | hai người khác nhau: giữ nguyên |
# | Chỉ giống họ tên, ngày sinh, điện thoại, địa chỉ | chưa đủ: tạm giữ, chưa ký, hoặc đưa vào danh sách gửi công an đối chiếu |
#
# Khi gộp, nhớ ba điều:
#
# 1. Giữ **số đã xác minh Đúng**.
# 2. Giữ **mọi mũi** của cả hai hồ sơ. Gộp xong mới xem có mũi nào bị nhập hai lần không.
# 3. **Chưa gộp thì chưa ký** mũi nào của hai hồ sơ ấy.
#
# > **2022 / nay.**
# > *2022:* nhiều người vừa đổi CMND sang CCCD, nên một người dễ thành hai hồ sơ.
# > *Nay:* CMND không còn giá trị sau ngày 31/12/2024 (\*), nhưng hồ sơ cũ vẫn còn mang số CMND.
# > Dấu (\*): theo hiểu biết của khóa học, chưa đối chiếu lại văn bản.

# %% [markdown]
# ## 4. Mũi trùng trong một hồ sơ
#
# Gộp xong, hoặc ngay trong một hồ sơ, có khi thấy hai dòng cùng loại mũi.
#
# | Hai dòng cùng loại mũi | Nghĩ đến | Anh/chị làm |
# |---|---|---|
# | cùng vắc xin, cùng ngày, số lô không khác nhau | một mũi nhập hai lần | dòng ghi thiếu hơn do trạm nhập thì *Xóa mũi nhập trùng*; do nơi khác nhập thì *Hỏi cơ sở tiêm chủng đã nhập mũi* |
# | khác ngày, khác vắc xin hoặc khác số lô | hai bản mâu thuẫn | *Hỏi cơ sở tiêm chủng đã nhập mũi*, không xóa dòng nào |
# | hai loại mũi trở lên đều bị lặp | hai người trong một hồ sơ | *Đưa vào danh sách gửi công an đối chiếu*; có trả lời rồi mới tách |
#
# Vì sao không xóa dòng của nơi khác? Cơ sở nào nhập mũi thì cơ sở đó chịu trách nhiệm ký duyệt: hướng dẫn ngày 8/4/2022, theo báo Người Lao Động ngày 14/4/2022.
# Vì sao không chọn bừa một bản? Ngày, mũi và loại vắc xin phải khớp giấy xác nhận (CV 9458).

# %% [markdown]
# ## 5. Anh/chị thử ngay

# %% folded=true
cau_hoi(
    "Câu 1. Hai hồ sơ Võ Thị Sen, cùng sinh 02/02/1969. Một số CMND trạng thái Sai, một số CCCD trạng thái Đúng. Trạm mời mà chị chưa đến. Anh/chị làm gì?",
    (
        "Gộp luôn, vì cùng tên, cùng ngày sinh",
        False,
        "Có thể đúng, nhưng chưa có gì nối hai số. Gộp nhầm thì mũi của hai người trộn vào nhau.",
    ),
    (
        "Tạm giữ, hoặc gửi công an đối chiếu hồ sơ có trạng thái Sai",
        True,
        "Chưa có bằng chứng thì chưa gộp. Công an trả lời, hay chị mang thẻ đến, lúc ấy gộp cũng chưa muộn.",
    ),
    (
        "Xóa hồ sơ có trạng thái Sai",
        False,
        "Xóa hồ sơ là mất luôn mũi tiêm trong đó.",
    ),
)

# %% folded=true
cau_hoi(
    "Câu 2. Gộp hai hồ sơ của chị Lan xong, số nào ở lại?",
    (
        "Số CMND, vì hồ sơ ấy có mũi 1",
        False,
        "Mũi nào trước không quyết định số nào ở lại. Số CMND đang có trạng thái Sai.",
    ),
    (
        "Số CCCD, vì đã xác minh Đúng",
        True,
        "Giữ số đã xác minh Đúng thì hồ sơ sau khi gộp ký được.",
    ),
    ("Số nào cũng được", False, "Giữ số Sai thì cả hai mũi đều phải chờ xác minh lại."),
)

# %% [markdown]
# Bây giờ đến lượt mười một hồ sơ. Hồ sơ nào có hồ sơ nghi trùng thì xem hai bên rồi hãy bấm.
# Gộp ở một trong hai hồ sơ là đủ.

# %% folded=true
lam_thu("07")

# %% [markdown]
# ## 6. Cái bẫy: giống như đúc mà là hai người
#
# Hai ông Trần Văn Hùng, cùng sinh ngày 01/01/1980. Anh/chị xem số và trạng thái của cả hai.

# %% folded=true
xem_ho_so("TH0703")

# %% folded=true
cau_hoi(
    "Câu 3. Hai hồ sơ này là mấy người?",
    (
        "Một người, vì cùng họ tên và ngày sinh",
        False,
        "Tên Hùng rất nhiều. Người chỉ nhớ năm sinh thường bị ghi ngày 01/01, nên trùng cả ngày sinh cũng là chuyện thường.",
    ),
    (
        "Hai người, vì hai số khác nhau đều Đúng",
        True,
        "Dữ liệu dân cư đã nhận ra hai người với hai số khác nhau. Giữ nguyên cả hai hồ sơ.",
    ),
    (
        "Chưa biết, phải mời cả hai ông đến",
        False,
        "Đã biết rồi: hai số đều Đúng. Mời thêm chỉ làm phiền người dân.",
    ),
)

# %% [markdown]
# Còn ba bẫy nữa:
#
# * **Sinh đôi.** Cùng họ, ngày sinh, địa chỉ, điện thoại của cha mẹ, nhưng tên và số khác nhau. Không gộp.
# * **Dùng chung số.** Hai hồ sơ cùng số mà khác họ tên, khác ngày sinh: hai người khác nhau, có số bị ghi nhầm. Không gộp, gửi công an đối chiếu.
# * **Số CMND trùng.** Báo chí từng nêu có 50.000 số CMND được cấp ở cả hai tỉnh. Cùng số CMND mà khác họ tên thì càng không gộp.

# %% [markdown]
# ## 7. Nhớ
#
# * Gộp vì có bằng chứng, không phải vì giống.
# * Hai số đều Đúng là hai người.
# * Giữ số đã xác minh Đúng, giữ đủ các mũi, chưa gộp thì chưa ký.
# * Mũi của nơi khác nhập thì hỏi, không xóa.
#
# ## Làm bài tập
#
# [Mở bài tập: gộp hồ sơ trùng, giữ đủ các mũi](../exercises/k1_07_ho_so_trung/k1_07_ho_so_trung.ipynb)
#
# **Bài tiếp theo:** [Bài 8. Mũi tiêm, vắc xin, khoảng cách](08_mui_tiem.ipynb)

# %% [markdown]
# ## Dành cho anh/chị biết lập trình (pandas)
#
# Muốn tìm cặp, ta bỏ dấu và viết hoa họ tên, rồi tự nối bảng với chính nó theo họ tên và ngày sinh.
# Cột `da_la_hai_nguoi` lọc ra những cặp mà hai số đều đã xác minh Đúng.

# %%
import pandas as pd

from generator.vietnamese import strip_diacritics

ho_so = pd.DataFrame([ho_so_mau(f"TH07{i:02d}") for i in range(1, 12)])
ho_so["ten"] = ho_so["ho_ten"].map(lambda ten: strip_diacritics(ten).upper())
cap = ho_so.merge(ho_so, on=["ten", "ngay_sinh"], suffixes=("", "_kia"))
cap = cap[cap["ma_ho_so"] < cap["ma_ho_so_kia"]]
hai_dung = (cap["tt_xac_minh"] == "Đúng") & (cap["tt_xac_minh_kia"] == "Đúng")
cap["da_la_hai_nguoi"] = hai_dung & (cap["so_giay_to"] != cap["so_giay_to_kia"])
cap[["ho_ten", "ma_ho_so", "so_giay_to", "ma_ho_so_kia", "so_giay_to_kia", "da_la_hai_nguoi"]]
