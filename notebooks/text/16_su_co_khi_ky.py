# %% [markdown]
# # Bài 16. Sự cố khi ký
#
# **DỮ LIỆU GIẢ LẬP.** Mũi tiêm, đơn vị và chữ ký trong bài đều là bịa, không có giá trị pháp lý.
#
# *Sau bài này anh/chị làm được:*
#
# * đọc nhật ký ký số và nói được từng mũi đang ở đâu;
# * ký tiếp một lô dở dang mà không ký mũi nào hai lần;
# * chọn đúng giữa ký lại, tạm giữ, chỉnh đồng hồ, trả đơn vị và báo cáo.
#
# Thời gian: 15 phút. Dựa trên NĐ 130/2018/NĐ-CP (hiệu lực ngày 15/11/2018) và CV 1908/BYT-CNTT ngày 15/4/2022.
# Bài nâng cao. Nên học sau bài 13 và bài 14. Cách xử lý từng sự cố phần lớn là quy ước của khóa học.
#
# **Việc đầu tiên:** trên thanh menu, bấm **Chạy**, rồi **Chạy tất cả các ô** (tiếng Anh: **Run**, **Run All Cells**).

# %% [markdown]
# ## 1. Tình huống
#
# Chiều thứ Sáu, anh Tín ngồi ký cho kịp. Giữa chừng cúp điện, rồi có người rút nhầm token. Anh mở lại, ký thêm một lúc thì hết giờ.
# Sáng thứ Hai, chị trưởng trạm mở danh sách: trên nền tảng mũi nào cũng còn ghi *Chưa ký*.
#
# > "Giờ ký lại hết từ đầu à? Hay để nguyên? Cuối tuần lại có người sửa mấy ô nữa.
# > Em đọc nhật ký, nói chị nghe từng mũi một."
#
# Cột trạng thái chưa kịp cập nhật. Muốn biết mũi nào đã ký, phải đọc nhật ký và xem chữ ký, đừng chỉ nhìn cột ấy.

# %% [markdown]
# ## 2. Một lô làm mẫu
#
# Ta làm lại đúng chuyện ấy. Bấm **Làm lại** để bắt đầu từ đầu, nhập PIN `Vacxin2022`, rồi ký. Sau lô thứ nhất, token bị rút.
# Đừng vội cắm lại: hãy nhìn xem mũi nào đã có lô, mũi nào chưa.

# %% folded=true
from sosach.course import man_hinh_ky, so_do, xem_ket_luan
from sosach.review import cau_hoi

man_hinh_ky(rut_sau=1)

# %% [markdown]
# Ký theo lô giống bỏ phiếu vào phong bì rồi niêm phong. Phong bì đã dán thì cả bốn mũi bên trong đều có chữ ký.
# Phong bì chưa dán thì **không mũi nào** có chữ ký, kể cả mũi đã bỏ vào.
#
# Bây giờ cắm lại, nhập PIN, ký tiếp. Những mũi đã ký được bỏ qua: không mũi nào bị ký hai lần.

# %% [markdown]
# ## 3. Quy tắc: sáu câu hỏi, theo thứ tự

# %% folded=true
so_do(
    ("Trùng mã?", "một mã, hai người"),
    ("Của ai?", "mũi của đơn vị khác lẫn vào"),
    ("Nghi trùng?", "người này có thể còn hồ sơ khác"),
    ("Có chữ ký?", "lô có tệp chữ ký"),
    ("Đồng hồ đúng?", "giờ ký nằm trong hiệu lực"),
    ("Sửa sau khi ký?", "ô nào, có giải trình không"),
    noi="→",
)

# %% [markdown]
# | Thấy | Việc phải làm | Vì sao |
# |---|---|---|
# | Một mã có hai dòng, hai người | **Trùng mã, báo cáo Trung tâm Y tế** | ký là ký cho ai? Phải có mã riêng trước |
# | Mũi do đơn vị khác nhập | **Trả về đơn vị đã nhập mũi** | ai nhập thì người ấy ký (CV 1908); chữ ký của trạm trên mũi ấy không dùng được |
# | Chưa gửi, hoặc lô bị ngắt và chưa có trong lô nào sau đó | **Chưa ký, ký tiếp** | lô không có tệp chữ ký thì mũi chưa ký |
# | Giờ trên chữ ký trước ngày chứng thư có hiệu lực | **Chỉnh đồng hồ rồi ký lại** | chữ ký phải được tạo khi chứng thư còn hiệu lực (NĐ 130/2018/NĐ-CP, Điều 9) (\*) |
# | Ký rồi, sau đó sửa một ô *được ký*, có giải trình | **Ký lại bản đã sửa** | chữ ký cũ không còn khớp; lý do đã rõ |
# | Ký rồi, sau đó sửa mà chưa giải trình; hoặc nay nghi trùng | **Tạm giữ, chưa ký lại** | chưa biết vì sao sửa, hoặc chưa biết mũi của ai, thì chưa ký |
# | Ký rồi, không sửa gì; hoặc chỉ sửa điện thoại, địa chỉ | **Đã ký đúng, không ký nữa** | điện thoại, địa chỉ không nằm trong nội dung được ký |
#
# Cách chữa từng sự cố là quy ước của khóa học. Nội dung được ký ở đây gồm giấy tờ, họ tên, ngày sinh, giới tính, quốc tịch,
# loại mũi, vắc xin, số lô, ngày tiêm, cơ sở tiêm, đơn vị nhập.
#
# > **2022 / nay.**
# > *2022:* dạng dữ liệu được ký trên nền tảng chưa từng được công bố. Bộ Y tế chỉ nói phải ký trên dữ liệu JSON, theo báo VietNamNet.
# > *Nay:* chữ ký công vụ theo NĐ 68/2024 (\*), chữ ký khác theo NĐ 23/2025 ngày 10/4/2025. Nguyên tắc vẫn vậy: sửa thì chữ ký cũ hết khớp.
# > Dấu (\*): theo hiểu biết của khóa học, chưa đối chiếu lại văn bản.

# %% [markdown]
# ## 4. Anh/chị thử ngay

# %% folded=true
cau_hoi(
    "Câu 1. Nhật ký: 15:10 'token bị rút, lô 3 chưa có chữ ký'. 15:40 'đã ký xong lô 4', có mũi này. Làm gì?",
    (
        "Ký tiếp, vì lô 3 hỏng",
        False,
        "Đọc hết nhật ký: mũi đã nằm trong lô 4. Ký nữa là ký hai lần.",
    ),
    ("Không ký nữa", True, "Lô sau đã ký mũi này. Dòng cuối cùng của nhật ký mới là điều đang có."),
    (
        "Báo cáo trùng mã",
        False,
        "Một mũi đi qua hai lô không phải trùng mã. Mã này chỉ có một người.",
    ),
)

# %% folded=true
cau_hoi(
    "Câu 2. Ký chiều thứ Sáu. Sáng thứ Hai có người sửa số điện thoại. Làm gì?",
    ("Ký lại", False, "Điện thoại không nằm trong nội dung được ký. Chữ ký vẫn khớp."),
    ("Không ký nữa", True, "Ô được sửa không thuộc nội dung được ký. Chữ ký vẫn tốt."),
    ("Tạm giữ", False, "Không có gì phải làm rõ. Giữ lại chỉ làm người ta chờ."),
)

# %% [markdown]
# **Sửa sau khi ký** trông như thế này khi đem kiểm tra:

# %% folded=true
xem_ket_luan("sua_mui")

# %% folded=true
cau_hoi(
    "Câu 3. Ngày tiêm đã sửa theo phiếu lưu, có giải trình và đã báo cáo. Làm gì?",
    (
        "Sửa ngày về như cũ cho chữ ký khớp",
        False,
        "Ngày mới đúng theo phiếu. Không sửa dữ liệu đúng thành sai để cứu chữ ký.",
    ),
    ("Ký lại", True, "Nội dung mới đã rõ lý do. Ký lần hai, chữ ký cũ vẫn được giữ trong hồ sơ."),
    ("Không ký nữa", False, "Chữ ký cũ không còn khớp. Để vậy thì hộ chiếu không ra."),
)

# %% folded=true
cau_hoi(
    "Câu 4. Cũng sửa ngày tiêm, nhưng ô giải trình để trống. Làm gì?",
    ("Ký lại cho khớp", False, "Ký lại là xác nhận điều chưa ai giải thích. Ký lúc này là có hại."),
    ("Tạm giữ, hỏi người sửa", True, "Có giải trình rồi mới ký lại. Chưa có thì giữ."),
    ("Xóa mũi", False, "Mũi có thể đúng. Chỉ thiếu lời giải thích."),
)

# %% folded=true
xem_ket_luan("dong_ho_lui")

# %% folded=true
cau_hoi(
    "Câu 5. Cả lô mang giờ ký 06/05/2021, chứng thư có hiệu lực từ 11/04/2022. Làm gì?",
    (
        "Không ký nữa, chữ ký vẫn mở được",
        False,
        "Theo giờ trên chữ ký thì lúc ấy chứng thư chưa có. Người kiểm tra sẽ trả lại cả lô.",
    ),
    (
        "Chỉnh đồng hồ rồi ký lại cả lô",
        True,
        "Đồng hồ máy sai một năm. Chỉnh đúng ngày giờ trước, rồi mới ký.",
    ),
    (
        "Xin cấp chứng thư mới",
        False,
        "Chứng thư không sao. Đồng hồ mới là chỗ hỏng.",
    ),
)

# %% [markdown]
# ## 5. Cái bẫy: ký lại hết cho chắc
#
# Nghe thì an toàn: ký lại từ đầu, thừa còn hơn thiếu. Nhưng ký hai lần gây ba điều hại:
#
# * Mũi có hai lần ký, người kiểm tra không biết lần nào là thật.
# * Mũi đang có chuyện (bị sửa, nghi trùng, của đơn vị khác) được ký lẫn vào, không ai để ý nữa.
# * Mất luôn dấu vết: chiều thứ Sáu đã xảy ra chuyện gì.

# %% folded=true
cau_hoi(
    "Câu 6. Mũi của bệnh viện lẫn vào lô đã ký của trạm. Chữ ký đúng, nội dung nguyên vẹn. Làm gì?",
    (
        "Để nguyên, đã ký rồi",
        False,
        "Chữ ký của trạm trên mũi của bệnh viện là sai đơn vị ký. Người dân vẫn chưa có hộ chiếu.",
    ),
    (
        "Trả về bệnh viện để bệnh viện ký",
        True,
        "Ai nhập thì người ấy ký. Báo luôn để họ ký trong ngày.",
    ),
    ("Ký lại bằng token của trạm", False, "Vẫn là token của trạm, vẫn sai đơn vị."),
)

# %% folded=true
cau_hoi(
    "Câu 7. Trong danh sách, mã MU...17 đứng ở hai dòng, tên hai người khác nhau. Làm gì?",
    ("Ký dòng trên, bỏ dòng dưới", False, "Không có căn cứ nào để chọn. Có thể chọn nhầm người."),
    (
        "Báo cáo Trung tâm Y tế",
        True,
        "Một mã cho hai người là lỗi của danh sách. Nơi cấp mã phải tách ra trước.",
    ),
    ("Ký cả hai", False, "Một chữ ký trên một mã mà hai người: không ai biết chữ ký thuộc về ai."),
)

# %% [markdown]
# ## 6. Nhớ
#
# * Sáu câu theo thứ tự; câu đầu tiên có chuyện là câu quyết định.
# * Đọc nhật ký đến dòng cuối. Cột trạng thái có thể chậm.
# * Lô không có tệp chữ ký: chưa mũi nào được ký. Lô có tệp chữ ký: cả lô đã ký.
# * Sửa ô được ký: có giải trình thì ký lại, chưa thì tạm giữ. Sửa điện thoại thì thôi.
# * Đồng hồ trước, ký sau.
# * Không bao giờ ký lại tất cả cho chắc.
#
# ## Làm bài tập
#
# [Mở bài tập: sự cố khi ký](../exercises/k2_16_su_co_khi_ky/k2_16_su_co_khi_ky.ipynb)
#
# Đây là bài cuối của khóa 2. Quay lại [danh mục khóa học](00_bat_dau.ipynb).

# %% [markdown]
# ## Dành cho anh/chị biết lập trình (pandas)
#
# Ta gây sự cố thật với token ảo: ký mười mũi theo lô ba, rút token sau lô thứ hai, rồi ký tiếp. Cuối cùng đếm xem mỗi mũi có mấy chữ ký.

# %%
import tempfile
from pathlib import Path

import pandas as pd

from sosach.course.signing.station import NOW, PIN, here
from sosach.signing.batches import batch_names, read_batch
from sosach.signing.dose_checks import DoseChecker, View
from sosach.signing.dose_signing import Desk, sign_doses
from sosach.signing.doses import with_subjects
from sosach.signing.verdicts import SigningError

tram = here(Path.cwd())
duoc_ky = [ma for ma, ly_do in tram.reasons("tram").items() if not ly_do]
dong = [d for d in with_subjects(tram.doses(), tram.subjects()) if d["ma_mui"] in duoc_ky][:10]
tram.renew("tram")  # token vừa giao, đủ lượt thử
token, lo_ky = tram.token("tram"), Path(tempfile.mkdtemp())
ban = Desk(token, lo_ky, tram.trust, NOW, size=3)


def ky():
    """Ký đến khi xong hoặc token từ chối."""
    try:
        for tien_do in sign_doses(dong, ban):
            xong = f"Ký {tien_do.signed} mũi, bỏ qua {tien_do.skipped} mũi đã ký."
    except SigningError as loi:
        print(loi.finding.text())
    print(xong)


token.login(PIN)
token.pull_out(after=2)
ky()

# %%
token.plug_in()
token.login(PIN)
ky()

chu_ky = pd.Series(
    [m.dose for lo in batch_names(lo_ky) for m in read_batch(lo_ky, lo).parsed().entries]
)
chu_ky.value_counts().rename("số chữ ký").to_frame().T

# %% [markdown]
# Bây giờ có người sửa. Sửa điện thoại thì chữ ký không hay biết, vì điện thoại không nằm trong nội dung được ký. Sửa số lô thì hỏng.

# %%
kiem_tra = DoseChecker(lo_ky, View(tram.trust, NOW))
for o, moi in {"so_dien_thoai": "0909999905", "so_lo": "ABV5200"}.items():
    print(o, "->", kiem_tra.verdict({**dong[0], o: moi}).text(), sep=" ")

# %% [markdown]
# Ký lại mũi đã sửa: chương trình tự thấy chữ ký cũ không khớp, ký thêm lần hai, và chỉ mũi ấy.

# %%
dong[0] = {**dong[0], "so_lo": "ABV5200"}
ky()
DoseChecker(lo_ky, View(tram.trust, NOW)).verdict(dong[0]).as_json()["vi"]
