"""The paragraph that a newspaper of 7 May 2022 could have printed, of an invented city.

Every number in it is a `Count` or the ratio of two, so each can be traced to its rows.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from string import Formatter

import pandas as pd

from sosach.publish.report_words import day as written
from sosach.publish.workbook import BANNER
from sosach.simulation.progress.counts import (
    Count,
    Ratio,
    centres_with_token_share,
    reporting_share,
    sent_share,
    signing_share,
    token_share,
)
from sosach.simulation.progress.plan import PUBLISHED
from sosach.simulation.progress.table import Progress

__all__ = ["Article", "article", "newspaper"]

TEXT = (
    "{banner}. Đến hết ngày {day}, {where} có {needing} hồ sơ của người dân cần xác minh."
    " {reporting} trong {wards} phường, xã đã gửi công an đối chiếu {sent} hồ sơ trong số đó,"
    " bằng {sent_share}. Hồ sơ đã gửi chưa phải là hồ sơ đã sửa hay đã xác minh."
    " {centres_with_token} trong {centres} trung tâm y tế và {with_token} trong {wards} trạm y tế"
    " đã có chứng thư số (token); {signing} trong {with_token} trạm có token đã ký."
    " Riêng với những hồ sơ đã đúng từ trước, từ ngày {signing_from} các trạm đã ký"
    " {signed} mũi tiêm."
)


@dataclass(frozen=True)
class Article:
    """A paragraph and the figures that stand in it.

    Attributes
    ----------
    text : str
        Vietnamese, NFC.
    figures : dict
        Name -> `Count` or `Ratio`, in the order of the text.
    days : dict
        Name -> day, in the order of the text.
    """

    text: str
    figures: dict[str, Count | Ratio]
    days: dict[str, date]

    def trace(self, name: str) -> pd.DataFrame:
        """Return the rows of which a figure is a sum, or the two sums that it compares.

        Parameters
        ----------
        name : str
            One of `figures`.

        Returns
        -------
        DataFrame
            One row per ward or health centre.
        """
        return self.figures[name].trace()

    def numbers(self) -> list[str]:
        """Return every number of the text as it is written, in its order."""
        values: dict[str, object] = {**self.figures}
        values |= {name: written(day) for name, day in self.days.items()}
        names = [name for _, name, _, _ in Formatter().parse(TEXT) if name]
        return [str(values[name]) for name in names if name in values]


def article(progress: Progress) -> Article:
    """Write the paragraph of a day.

    Parameters
    ----------
    progress : Progress
        Of the city, or of some of its wards.

    Returns
    -------
    Article
        With its figures, for `Article.trace`.
    """
    centres = centres_with_token_share(progress.centres_with_token, progress.all_centres)
    reporting = reporting_share(progress.reporting, progress.all_wards)
    token = token_share(progress.with_token, progress.all_wards)
    signing = signing_share(progress.signing, progress.with_token)
    figures: dict[str, Count | Ratio] = {
        "needing": progress.needing,
        "reporting": reporting.part,
        "wards": reporting.whole,
        "sent": progress.sent,
        "sent_share": sent_share(progress.sent, progress.needing),
        "centres_with_token": centres.part,
        "centres": centres.whole,
        "with_token": token.part,
        "signing": signing.part,
        "signed": progress.signed,
    }
    days = {"day": progress.day, "signing_from": PUBLISHED.signing_from}
    text = TEXT.format(
        banner=BANNER,
        where=progress.name,
        **figures,
        **{name: written(day) for name, day in days.items()},
    )
    return Article(text, figures, days)


def newspaper(progress: Progress) -> str:
    """Return the text of the paragraph alone: see `article`."""
    return article(progress).text
