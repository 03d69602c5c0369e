"""How alike two labels are."""

import pytest

from govreport.labels import ratio


@pytest.mark.parametrize(
    ("one", "other", "alike"),
    [
        ("予以公开", "予以公开", 1.0),
        ("予以公开", "予公开", 6 / 7),
        ("部分公开", "公开部分", 0.5),
        ("重复申请", "重重复复", 0.5),
        ("国家秘密", "", 0.0),
        ("国家秘密", "三安全一稳定", 0.0),
        ("法人或其他组织" * 20, "法人其他组织" * 20, 12 / 13),
    ],
)
def test_labels_are_as_alike_as_the_characters_that_they_have_in_one_order(one: str, other: str, alike: float) -> None:
    assert ratio(one, other) == ratio(other, one) == pytest.approx(alike)
