"""Names that the frequency tables lack: of foreigners and of the Ê Đê, all put together here.

Every word is a common name of its country, written in Latin letters without marks; surnames and
given names were chosen from memory and are combined by chance (assumption, no table was found).
"""

from __future__ import annotations

__all__ = ["EDE_CLANS", "EDE_GIVEN", "NATIONS"]

#: nationality -> share among foreigners (assumption), surnames, given names of men and of women
NATIONS: dict[str, tuple[float, str, str, str]] = {
    "Hàn Quốc": (
        0.30,
        "Kim Lee Park Choi Jung Kang Cho Yoon Jang Lim",
        "Min-jun,Ji-hoon,Seong-ho,Young-soo,Dong-hyun,Jae-won,Sang-woo,Hyun-woo",
        "Ji-woo,Seo-yeon,Min-ji,Hye-jin,Eun-ji,Su-jin,Young-hee,Mi-kyung",
    ),
    "Trung Quốc": (
        0.22,
        "Wang Li Zhang Liu Chen Yang Zhao Huang Zhou Wu",
        "Wei,Jun,Hao,Ming,Jianguo,Zhiqiang,Yifan,Haoran",
        "Fang,Na,Xiuying,Min,Yan,Jing,Xiaoli,Yuting",
    ),
    "Đài Loan": (
        0.16,
        "Lin Chen Huang Chang Li Wu Tsai Yang Hsu Cheng",
        "Chia-hao,Chih-wei,Chun-chieh,Kuan-yu,Ming-che,Po-han",
        "Shu-fen,Mei-ling,Ya-ting,Yi-chun,Chia-ying,Pei-shan",
    ),
    "Nhật Bản": (
        0.14,
        "Sato Suzuki Takahashi Tanaka Watanabe Ito Yamamoto Nakamura",
        "Hiroshi,Takashi,Kenji,Daisuke,Yuta,Makoto",
        "Yuko,Keiko,Naomi,Ayumi,Megumi,Sakura",
    ),
    "Hoa Kỳ": (
        0.08,
        "Smith Johnson Williams Brown Jones Miller Davis Wilson",
        "James,Robert,Michael,David,Daniel,Kevin",
        "Mary,Jennifer,Linda,Emily,Susan,Jessica",
    ),
    "Pháp": (
        0.05,
        "Martin Bernard Dubois Petit Durand Moreau Laurent",
        "Jean,Pierre,Nicolas,Julien,Antoine,Luc",
        "Marie,Claire,Sophie,Julie,Camille,Anne",
    ),
    "Ấn Độ": (
        0.05,
        "Kumar Sharma Singh Patel Gupta Nair Reddy",
        "Rahul,Amit,Sanjay,Vijay,Arjun,Rajesh",
        "Priya,Anita,Sunita,Pooja,Kavita,Deepa",
    ),
}

#: what follows Y (men) and H (women), and clans (assumption, from memory)
EDE_GIVEN = (
    ["Blơm", "Wik", "Khoa", "Nguyên", "Thim", "Săm", "Dhin", "Bhiông"],
    ["Nhung", "Ngăm", "Blir", "Rin", "Liên", "Yăm", "Duôr", "Mrao"],
)
EDE_CLANS = ["Niê", "Mlô", "Êban", "Ayŭn", "Byă", "Kbuôr", "Ktla", "Adrơng"]
