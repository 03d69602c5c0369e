"""A kit for testing readers, layouts and whole installations: invented reports, everyday damage, and verdicts.

`make_report` and `text_of` build documents, `damage` spoils them as life does, `judge` says of every cell whether it was read
right, doubted, or lost without a word. `strategies` draws reports for Hypothesis (the extra `testing`).
"""

from govreport.testing.build import make_report, text_of
from govreport.testing.regimes import BLANKS, REGIMES, Planted, blank, broken, dice, plant, values_for
from govreport.testing.verdict import Judgement, Outcome, Verdict, judge, judge_error

__all__ = [
    "BLANKS",
    "REGIMES",
    "Judgement",
    "Outcome",
    "Planted",
    "Verdict",
    "blank",
    "broken",
    "dice",
    "judge",
    "judge_error",
    "make_report",
    "plant",
    "text_of",
    "values_for",
]
