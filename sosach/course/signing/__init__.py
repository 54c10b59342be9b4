"""Screens of signing for lessons and practice, on real tokens, signatures and verifiers.

==============  ================================================================
`station`       the invented station of the lessons: tokens, doses, certificates
`plain`         certificates, refusals and verdicts in plain words
`token`         the token with its PIN pad
`desk`          what may be signed, and signing it in batches
`showing`       a certificate, a passport, a verdict to look at
==============  ================================================================
"""

from __future__ import annotations

from sosach.course.signing.desk import ManHinhKy, man_hinh_ky
from sosach.course.signing.showing import xem_chung_thu, xem_ho_chieu, xem_ket_luan
from sosach.course.signing.token import ManHinhToken, man_hinh_token

__all__ = [
    "ManHinhKy",
    "ManHinhToken",
    "man_hinh_ky",
    "man_hinh_token",
    "xem_chung_thu",
    "xem_ho_chieu",
    "xem_ket_luan",
]
