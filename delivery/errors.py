"""How sending can fail. What matters is whether it may be tried again."""

from domain.errors import InsightsError


class NotSent(InsightsError):
    """It certainly did not go out, and another try may help."""


class Refused(NotSent):
    """It did not go out, and will not until somebody changes something."""


class Unsure(InsightsError):
    """It was handed over whole, and no answer came: it may have arrived, so it is not sent again."""
