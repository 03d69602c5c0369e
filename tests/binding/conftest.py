"""What tests of rows share: a report written in a layout, its cells all different."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from govreport.forms import builtin_forms
from govreport.testing import dice, make_report, text_of, values_for
from govreport.testing.matrix import subjects
from govreport.testing.regimes import Shown

FORM = builtin_forms()[-1]


@pytest.fixture
def written() -> Callable[..., str]:
    """The text of a report whose cells all differ, in a layout; keywords name cells of the row 予以公开."""

    def write(layout: str, **cells: Shown) -> str:
        values = values_for(FORM, "unique", dice(7)) | {f"requests.granted.{name}": shown for name, shown in cells.items()}
        return text_of(make_report(FORM, values), subjects((layout,))[0])

    return write
