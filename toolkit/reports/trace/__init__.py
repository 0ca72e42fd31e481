"""From a figure back to what it rests on: lines, factors, cells and sources; and the other way round."""

from toolkit.reports.trace.find import Match, NotFound, find
from toolkit.reports.trace.show import to_html, to_text
from toolkit.reports.trace.trail import Node, Place, Trail, Trees

__all__ = ["Match", "Node", "NotFound", "Place", "Trail", "Trees", "find", "to_html", "to_text"]
