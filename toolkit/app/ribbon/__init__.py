"""What the buttons in Excel call, and those of the panel: the same walk, on a workbook that is open."""

from toolkit.app.ribbon.buttons import BUTTONS
from toolkit.app.ribbon.door import knop

__all__ = ["BUTTONS", "knop"]
