# %% [markdown]
# # Bài 4. Họ tên và lỗi phông chữ
#
# **DỮ LIỆU GIẢ LẬP.** Mọi hồ sơ trong bài đều là hồ sơ bịa.
#
# *Sau bài này anh/chị làm được:*
#
# * sửa lỗi gõ không làm đổi tên người;
# * nhận ra tên không dấu, tên lỗi phông chữ, tên thánh, tên bị đảo, và nhờ công an ghi tên đúng;
# * để yên cái tên chỉ lạ với mình.
#
# Thời gian: 15 phút. Dựa trên CV 9438/BYT-CNTT ngày 5/11/2021, CV 9458/BYT-CNTT ngày 8/11/2021
# và CV 2262/BYT-CNTT ngày 4/5/2022.
#
# **Việc đầu tiên:** trên thanh menu, bấm **Chạy**, rồi **Chạy tất cả các ô** (tiếng Anh: **Run**, **Run All Cells**).

# %% [markdown]
# ## 1. Tình huống
#
# Chị Hồng Nhung đến trạm, nói:
#
# > "Em tra cứu không ra mũi nào. Chắc tại hồ sơ ghi tên em không dấu. Trạm gõ thêm dấu giúp em là được mà."
#
# Chị nói rất thật. Trạm có gõ thêm dấu được không?
# Trước khi trả lời, ta xem một cái tên mà trạm được sửa.

# %% folded=true
from sosach.course import ho_so_mau, lam_thu, so_do, xem_ho_so
from sosach.review import cau_hoi

xem_ho_so("TH0401")

# %% [markdown]
# ## 2. Một hồ sơ làm mẫu
#
# Màn hình đánh dấu chỗ thừa khoảng trắng: một ở đầu, một ở giữa. Ta hỏi hai câu:
#
# 1. **Sửa xong, tên có thể thành tên của người khác không?** Không. Bỏ khoảng trắng đi vẫn là Nguyễn Thị Lan.
# 2. **Trạng thái đã là Đúng chưa?** Rồi. Dân cư đã xác minh người này.
#
# Vậy trạm **sửa lỗi gõ, lỗi phông chữ**: ô họ tên, giá trị mới là Nguyễn Thị Lan.
#
# Giờ ta hỏi cùng hai câu ấy với hồ sơ của chị Hồng Nhung.

# %% folded=true
xem_ho_so("TH0402")

# %% folded=true
cau_hoi(
    "Câu 1. Thêm dấu xong, tên có thể thành tên của người khác không?",
    (
        "Không, chị ấy đã nói tên mình",
        False,
        "Chị nói thật, nhưng trạm không xác thực họ tên. Nhung, Nhũng hay Nhưng thì phải có người xác nhận.",
    ),
    (
        "Có thể",
        True,
        "HONG là Hồng, Hống hay Hông? Thêm dấu là đoán tên người. Công an ghi tên đúng, trạm cập nhật sau.",
    ),
)

# %% [markdown]
# Anh/chị có thể thưa với chị Nhung: "Trạm đưa hồ sơ của chị vào danh sách nhờ công an ghi tên đúng. Công an ký trả, trạm cập nhật ngay."

# %% [markdown]
# ## 3. Quy tắc
#
# Họ tên là thông tin công dân, do ngành Công an xác thực (CV 9438).
# Sai họ tên thì vào nhóm c của danh sách gửi công an đối chiếu (CV 2262).
# Với phản ánh trên cổng, họ tên thiếu chữ hoặc không dấu là một lý do từ chối (CV 9458).
#
# | Anh/chị thấy | Xử lý |
# |---|---|
# | thừa khoảng trắng, trạng thái Đúng | Sửa lỗi gõ, lỗi phông chữ |
# | VIẾT HOA hay viết thường | không phải lỗi |
# | Thuý và Thúy, hoà và hòa | không phải lỗi |
# | tên lạ, tên ngắn, tên gợi giới tính khác, trạng thái Đúng | Giữ nguyên, không phải lỗi |
# | không dấu, thiếu chữ, trạng thái Sai | nhờ công an |
# | lỗi phông chữ, gõ Telex chưa thành chữ | nhờ công an |
# | tên thánh, tên gọi ở nhà, tên cũ trước khi cải chính | nhờ công an |
# | họ tên bị đảo | nhờ công an |
# | nhìn tên không lạ, trạng thái Sai | nhờ công an |
#
# *Nhờ công an* là nút **Đưa vào danh sách gửi công an đối chiếu**. Ba dòng đầu là quy ước của khóa học.

# %% [markdown]
# ## 4. Lỗi phông chữ trông thế nào?
#
# Cùng một cái tên, đi qua ba chiếc máy khác nhau:

# %% folded=true
so_do(
    ("Nguyễn Văn An", "tên đúng"),
    ("NguyÔn V¨n An", "chép từ tệp dùng phông TCVN3 (.VnTime)"),
    ("Nguyeãn Vaên An", "chép từ tệp dùng phông VNI"),
    ("Nguyeexn Vawn An", "gõ Telex khi bộ gõ đang tắt"),
)

# %% [markdown]
# Chữ như vậy đổi ngược lại được. Nhưng đổi ra rồi, tên vẫn chưa ai xác nhận, và trạng thái vẫn là Sai.
# Khóa học quy ước: đưa vào danh sách gửi công an đối chiếu. Anh/chị muốn sửa chữ cho dễ đọc thì làm thêm, không bắt buộc.

# %% folded=true
cau_hoi(
    "Câu 2. Hồ sơ ghi 'Traàn Vaên Huøng', trạng thái Sai. Chỉ sửa thành Trần Văn Hùng có đủ không?",
    (
        "Đủ, vì đã ra tên đúng",
        False,
        "Tên đọc được chưa chắc là tên khai sinh. Trạng thái vẫn là Sai.",
    ),
    (
        "Chưa đủ, còn phải nhờ công an",
        True,
        "Công an xác nhận tên. Sửa chữ cho dễ đọc là việc làm thêm.",
    ),
)

# %% folded=true
cau_hoi(
    "Câu 3. Hồ sơ Lê Văn Tí, trạng thái Sai. Anh nói nay đã đổi tên thành Lê Minh Trí. Anh/chị làm gì?",
    (
        "Sửa thành Lê Minh Trí",
        False,
        "Người dân nói thật thì công an cũng sẽ ghi như vậy. Trạm chờ danh sách đã ký.",
    ),
    (
        "Đưa vào danh sách gửi công an đối chiếu",
        True,
        "Đổi tên, cải chính hộ tịch là thông tin công dân. Công an ghi tên mới.",
    ),
    (
        "Giữ nguyên, vì lúc tiêm anh tên Tí",
        False,
        "Trạng thái là Sai, để yên thì không ký được mũi nào.",
    ),
)

# %% [markdown]
# ## 5. Cái bẫy
#
# Chị Huỳnh Thị Ngọc. Người bên cạnh bảo: "Chắc là Hoàng, gõ nhầm thôi."

# %% folded=true
xem_ho_so("TH0408")

# %% folded=true
cau_hoi(
    "Anh/chị làm gì với hồ sơ này?",
    (
        "Sửa Huỳnh thành Hoàng",
        False,
        "Đó là đổi họ của một người. Trạng thái là Đúng nghĩa là dân cư ghi Huỳnh.",
    ),
    ("Gửi công an cho chắc", False, "Trạng thái đã là Đúng, không còn gì để đối chiếu."),
    ("Giữ nguyên", True, "Huỳnh và Hoàng là hai họ. Trạng thái Đúng thì để yên."),
)

# %% [markdown]
# Cũng để yên như vậy, khi trạng thái là Đúng:
#
# * **Y Blơm Niê**, H Nhung, Danh Sơn: tên của nhiều dân tộc chỉ có một, hai chữ, hoặc bắt đầu bằng Y, H.
# * **Lê Văn Hạnh**, nữ. Không suy giới tính từ tên.
# * **Nguyễn Thị Thuý**, giấy ghi Thúy. Hai cách đặt dấu đều đang dùng.
# * Hai tên nhìn giống hệt mà máy báo khác mã chữ. Chữ có dấu có thể lưu liền hoặc lưu rời, vẫn là một tên.

# %% [markdown]
# ## 6. Bấm thử: mười hai hồ sơ
#
# Khi sửa lỗi gõ: bấm nút, chọn ô *Họ và tên*, sửa giá trị, chọn lý do, rồi bấm **Ghi quyết định**.

# %% folded=true
lam_thu("04")

# %% [markdown]
# ## 7. Nhớ
#
# * Hỏi: sửa xong, tên có thể thành tên của người khác không? Có thể thì nhờ công an.
# * Khoảng trắng thừa thì trạm sửa. Viết hoa, cách đặt dấu thì không phải lỗi.
# * Không dấu, lỗi phông chữ, tên thánh, tên đảo: nhờ công an, dù anh/chị đoán được.
# * Trạng thái Đúng mà tên lạ: tên lạ với mình không phải là tên sai.
#
# ## Làm bài tập
#
# [Mở bài tập: họ tên và lỗi phông chữ](../exercises/k1_04_ho_ten/k1_04_ho_ten.ipynb)
#
# **Bài tiếp theo:** [Bài 5. Ngày sinh, giới tính, điện thoại, địa chỉ](05_ngay_sinh_va_lien_he.ipynb)

# %% [markdown]
# ## Dành cho anh/chị biết lập trình (pandas)
#
# Thư viện của khóa học đoán được loại lỗi của một cái tên, và so hai tên mà bỏ qua cách đặt dấu.
# Máy chỉ gợi ý chỗ nhìn. Trạng thái xác minh mới quyết định việc phải làm.

# %%
import pandas as pd

from generator.vietnamese import classify_damage, same_spelling

ho_so = pd.DataFrame([ho_so_mau(f"TH04{i:02}") for i in range(1, 12)])
loai = {
    "clean": "",
    "no_diacritics": "không dấu",
    "tcvn3": "phông TCVN3",
    "telex_residue": "gõ Telex",
}
ho_so["nghi"] = [loai.get(classify_damage(ten), "lỗi khác") for ten in ho_so["ho_ten"]]
ho_so["thua_khoang_trang"] = ho_so["ho_ten"] != ho_so["ho_ten"].str.split().str.join(" ")
ho_so[["ho_ten", "tt_xac_minh", "nghi", "thua_khoang_trang"]]

# %%
same_spelling("Nguyễn Thị Thuý", "Nguyễn Thị Thúy"), same_spelling("Huỳnh", "Hoàng")
