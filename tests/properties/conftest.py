"""Hypothesis profiles: `ci` (the default, some hundreds of examples in all), `full` (2,000 for each layout), and `look`.

`look` tries a few examples and shows the first failure as it comes, without making it smaller.

HYPOTHESIS_PROFILE=full pytest tests/properties
"""

from __future__ import annotations

import os

from hypothesis import HealthCheck, Phase, settings

SLOW = [HealthCheck.too_slow, HealthCheck.data_too_large]

FAST = [Phase.explicit, Phase.generate]
"""No shrinking in CI: a failure is shown as it comes, and made smaller on the machine of whoever looks into it."""

settings.register_profile(
    "ci", max_examples=12, derandomize=True, database=None, deadline=None, phases=FAST, suppress_health_check=SLOW
)
settings.register_profile("full", max_examples=2_000, print_blob=True, deadline=None, suppress_health_check=SLOW)
settings.register_profile("look", max_examples=12, phases=[Phase.generate], deadline=None, suppress_health_check=SLOW)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "ci"))
