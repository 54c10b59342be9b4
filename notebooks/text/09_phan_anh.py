# %% [markdown]
# # Bài 9. Phản ánh của người dân
#
# **DỮ LIỆU GIẢ LẬP.** Mọi phản ánh, mọi tấm ảnh trong bài đều là bịa. Ảnh được tả bằng lời.
#
# *Sau bài này anh/chị làm được:*
#
# * trả lời một phản ánh trong 48 giờ: duyệt, xử lý sau, từ chối hoặc chuyển;
# * nêu một lý do từ chối đúng trong 13 lý do của CV 9458;
# * nhắn cho người dân biết kết quả và việc họ cần làm tiếp.
#
# Thời gian: 15 phút. Dựa trên CV 9458/BYT-CNTT ngày 8/11/2021 và CV 2228/BYT-CNTT ngày 1/5/2022.
# Nên học sau bài 8: anh/chị cần biết mũi cơ bản, mũi bổ sung, mũi nhắc lại.
#
# **Việc đầu tiên:** trên thanh menu, bấm **Chạy**, rồi **Chạy tất cả các ô** (tiếng Anh: **Run**, **Run All Cells**).

# %% [markdown]
# ## 1. Tình huống
#
# Bảy giờ rưỡi sáng thứ Hai, chị trưởng trạm mở hộp phản ánh:
#
# > "Cuối tuần bà con gửi nhiều quá. Thư nào cũng có hạn trả lời. Em xem giúp chị.
# > Đúng thì duyệt cho người ta. Chưa được thì nói rõ vì sao, để người ta biết đường mà gửi lại."
#
# Một phản ánh có hai phần:
#
# * **lời khai**: người dân tự gõ trên Cổng thông tin tiêm chủng;
# * **ảnh**: giấy xác nhận, phiếu sàng lọc, hoặc chỉ một tấm chân dung.
#
# Trạm so hai phần với nhau. Trạm không tin lời khai hơn giấy, cũng không tin giấy khi giấy đã bị sửa.

# %% [markdown]
# ## 2. Một phản ánh làm mẫu
#
# Chị Lương Thị Thảo tiêm rồi mà tra cứu không thấy mũi cơ bản 2. Ta cùng xem.

# %% folded=true
from sosach.course import lam_thu, xem_ho_so
from sosach.review import cau_hoi

xem_ho_so("TH0901")

# %% [markdown]
# Ta hỏi lần lượt bốn câu:
#
# 1. **Ảnh có dùng được không?** Có giấy, đọc rõ, không che, không tẩy sửa.
# 2. **Giấy có đủ không?** Đủ họ tên, giới tính, mũi, ngày tiêm, vắc xin.
# 3. **Lời khai có khớp giấy không?** Họ tên, ngày sinh, mũi, ngày tiêm, vắc xin đều khớp.
# 4. **Mũi do ai nhập?** Theo danh mục cơ sở, mũi này do trạm ta nhập.
#
# Bốn câu đều ổn: **duyệt phản ánh**. Việc tiếp theo là nhập bổ sung mũi thiếu, sẽ học ở bài 10.
# Ô số lô người dân để trống. Không sao: số lô không nằm trong những ô phải khớp.

# %% [markdown]
# ## 3. Quy tắc
#
# CV 9458/BYT-CNTT ngày 8/11/2021: trả lời trong **48 giờ**, kết quả là một trong ba, báo cho người dân bằng tin nhắn.
#
# | Kết quả | Khi nào |
# |---|---|
# | **Duyệt** | giấy dùng được, lời khai khớp giấy, mũi do trạm nhập |
# | **Từ chối**, nêu lý do | có ít nhất một trong 13 lý do dưới đây |
# | **Xử lý sau** | phản ánh hợp lệ, nhưng mũi do đơn vị khác nhập (quy ước của khóa học) |
#
# **Mười ba lý do**, xếp theo chỗ phải nhìn (số thứ tự là của khóa học):
#
# | Nhìn vào | Lý do từ chối |
# |---|---|
# | Ảnh | 3 chỉ có ảnh chân dung · 7 thông tin cá nhân bị che · 8 ảnh mờ · 13 thông tin cá nhân trên giấy bị tẩy sửa |
# | Giấy thiếu dòng | 1 phiếu sàng lọc thiếu ngày, mũi hoặc vắc xin · 6 giấy thiếu họ tên, giới tính, thời gian hoặc vắc xin |
# | Lời khai khác giấy | 2 họ tên · 4 mũi · 5 ngày sinh · 9 ngày tiêm · 12 vắc xin · 10 mọi thông tin đều khác |
# | Lời khai | 11 họ tên không đầy đủ hoặc không dấu |
#
# Một phản ánh có thể mắc hai lý do. Nêu lý do nào cũng được, miễn là đúng.
#
# **Thư này của ai?** Cũng CV 9458 hướng dẫn:
#
# * biết điểm tiêm: cơ sở tiêm chủng xử lý;
# * chỉ biết tỉnh: Sở Y tế, hoặc Trung tâm Kiểm soát bệnh tật, xử lý;
# * biết tỉnh và quận: Sở Y tế, hoặc tài khoản đã giao cho Trung tâm Y tế quận, xử lý.
#
# Không nêu điểm tiêm **không** nằm trong 13 lý do. Thư ấy thì **chuyển**, không từ chối.
#
# > **2022 / nay.**
# > *2022:* thư chỉ biết quận thì Trung tâm Y tế quận nhận được.
# > *Nay:* từ ngày 1/7/2025 không còn cấp quận, huyện (\*). Dữ liệu sức khỏe là dữ liệu cá nhân nhạy cảm
# > (Luật Bảo vệ dữ liệu cá nhân 91/2025/QH15, hiệu lực 1/1/2026): không chuyển ảnh giấy tờ của dân qua Zalo.
# > Dấu (\*): theo hiểu biết của khóa học, chưa đối chiếu lại văn bản.

# %% [markdown]
# ## 4. Anh/chị thử ngay
#
# Bấm vào câu trả lời anh/chị cho là đúng. Bấm lại bao nhiêu lần cũng được.

# %% folded=true
cau_hoi(
    "Câu 1. Lời khai: tiêm ngày 17/08/2021. Giấy rõ ràng, ghi 19/08/2021. Các ô khác khớp. Anh/chị làm gì?",
    (
        "Duyệt, lấy ngày trên giấy",
        False,
        "Duyệt là nhận đúng điều người dân khai. Lời khai và giấy đang khác nhau.",
    ),
    (
        "Từ chối: ngày tiêm khác giấy",
        True,
        "Đó là lý do 9. Nhắn người dân xem lại ngày trên giấy, rồi gửi lại.",
    ),
    ("Xử lý sau", False, "Không còn gì phải chờ: giấy đã cho thấy chỗ khác nhau."),
)

# %% folded=true
cau_hoi(
    "Câu 2. Thư hợp lệ, nhưng danh mục ghi điểm tiêm này do Trung tâm Y tế quận nhập. Anh/chị làm gì?",
    (
        "Duyệt cho nhanh",
        False,
        "Mũi do đơn vị khác nhập thì đơn vị đó chịu trách nhiệm. Trạm không duyệt thay.",
    ),
    ("Từ chối", False, "Không có lý do nào trong 13 lý do. Người dân không sai gì cả."),
    (
        "Xử lý sau, hoặc chuyển Trung tâm Y tế quận",
        True,
        "Ai nhập mũi thì người đó có phiếu gốc để kiểm tra.",
    ),
)

# %% folded=true
cau_hoi(
    "Câu 3. Phiếu sàng lọc rõ ràng, nhưng dòng vắc xin để trống. Anh/chị làm gì?",
    (
        "Duyệt, vì lời khai có ghi vắc xin",
        False,
        "Lời khai chưa có giấy nào chứng minh. Phiếu sàng lọc thiếu vắc xin là lý do 1.",
    ),
    (
        "Từ chối: phiếu thiếu ngày, mũi hoặc vắc xin",
        True,
        "Đó là lý do 1. Nhắn người dân gửi giấy xác nhận có đủ các dòng.",
    ),
    (
        "Từ chối: ảnh mờ",
        False,
        "Ảnh không mờ, chỉ là dòng ấy không ai viết. Lý do phải đúng với thứ mình thấy.",
    ),
)

# %% [markdown]
# ## 5. Cái bẫy: tấm ảnh đẹp
#
# Ảnh dưới đây chụp thẳng, đủ bốn góc, sáng rõ, giấy in máy. Anh/chị khoan bấm duyệt: hãy đọc từng dòng.

# %% folded=true
xem_ho_so("TH0907")

# %% folded=true
cau_hoi(
    "Anh/chị trả lời chị Cẩm Tú thế nào?",
    (
        "Duyệt, vì giấy rõ",
        False,
        "Giấy rõ nhưng là giấy của ông Võ Văn Liêm. Duyệt là ghi mũi của người này cho người khác.",
    ),
    (
        "Từ chối: mọi thông tin đều khác",
        True,
        "Không ô nào khớp. Lý do 2, 4, 5, 9 hoặc 12 cũng đúng, vì ô nào cũng khác.",
    ),
    ("Báo công an", False, "Chưa đủ căn cứ để nghi ai. Có thể chị Tú gửi nhầm ảnh của người nhà."),
)

# %% [markdown]
# Bẫy thứ hai đi theo chiều ngược lại: **giấy trông xấu mà vẫn dùng được**.
# Vết loang ở dấu tròn, nét chồng ở chữ ký, số lô bị che: không phải thông tin cá nhân, không nằm trong 13 lý do.
# Chỉ khi vết sửa nằm ở dòng họ tên hay ngày sinh mới là lý do 13.
#
# ## 6. Làm thử mười phản ánh
#
# Mười thư của Phường Hoa Mai. Đọc lời khai, đọc ảnh, rồi bấm. Màn hình nói ngay vì sao.

# %% folded=true
lam_thu("09")

# %% [markdown]
# ## 7. Nhắn cho người dân
#
# CV 2228/BYT-CNTT ngày 1/5/2022 nhắc: không gây khó khăn cho người dân, không trục lợi, ai làm sai thì chịu trách nhiệm.
# Một tin nhắn tử tế có ba câu (quy ước của khóa học): kết quả, vì sao, làm gì tiếp.
#
# > Trạm Y tế Phường Hoa Mai chưa duyệt được phản ánh của chị Vân.
# > Ngày tiêm chị khai là 17/08/2021, giấy ghi 19/08/2021.
# > Chị xem lại ngày trên giấy và gửi lại giúp trạm. Cần hỏi thêm, mời chị gọi số của trạm.
#
# Đừng viết *"Phản ánh không hợp lệ"* rồi thôi. Người ta sẽ gửi lại y như cũ, và trạm đọc lại lần nữa.

# %% folded=true
cau_hoi(
    "Chị Nguyệt gửi ảnh nhòe. Câu nào giúp chị ấy nhất?",
    ("Hồ sơ không đạt yêu cầu.", False, "Chị ấy không biết phải làm gì khác đi."),
    (
        "Ảnh giấy bị nhòe, trạm không đọc được. Chị chụp lại nơi đủ sáng, rồi gửi lại giúp trạm.",
        True,
        "Đủ ba ý: kết quả, vì sao, làm gì tiếp.",
    ),
    (
        "Mời chị lên trạm làm việc.",
        False,
        "Chưa cần. Chụp lại một tấm ảnh thì chị ấy làm ở nhà được.",
    ),
)

# %% [markdown]
# ## 8. Nhớ
#
# * Bốn câu: ảnh dùng được không, giấy đủ không, lời khai khớp không, mũi do ai nhập.
# * Từ chối thì nêu một lý do có thật trong 13 lý do. Không tìm ra lý do thì không từ chối.
# * Không biết điểm tiêm: chuyển. Mũi của đơn vị khác: xử lý sau hoặc chuyển.
# * Duyệt phản ánh về họ tên, giới tính không thay cho công an: trạng thái vẫn Sai thì hồ sơ vẫn vào danh sách gửi đối chiếu (quy ước của khóa học).
# * Thư cũ nhất đọc trước: hạn là 48 giờ, tính cả đêm và ngày nghỉ (quy ước của khóa học).
#
# ## Làm bài tập
#
# [Mở bài tập: phản ánh của người dân](../exercises/k1_09_phan_anh/k1_09_phan_anh.ipynb)
#
# **Bài tiếp theo:** [Bài 10. Nhập hồi cứu](10_nhap_hoi_cuu.ipynb)

# %% [markdown]
# ## Dành cho anh/chị biết lập trình (pandas)
#
# Trong bài tập, mỗi thư là một dòng: cột `khai_...` là lời khai, cột `giay_...` là điều đọc được trên giấy.
# So hai nhóm cột, nhưng nhớ bỏ những ô không đọc được: ô mờ không mâu thuẫn với ai cả.

# %%
import pandas as pd

thu = pd.DataFrame(
    {
        "khai_ngay_tiem": ["28/09/2021", "17/08/2021", "08/01/2022"],
        "giay_ngay_tiem": ["28/09/2021", "19/08/2021", "nhòe, không ra chữ"],
    }
)
doc_duoc = ~thu["giay_ngay_tiem"].str.endswith("không ra chữ")
thu["ngay_tiem_khac"] = doc_duoc & (thu["khai_ngay_tiem"] != thu["giay_ngay_tiem"])
thu
