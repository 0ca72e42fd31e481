"""Numbers by the dozen: what the method computes with, for one case or for many draws at once."""

from __future__ import annotations

from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

Floats: TypeAlias = NDArray[np.float64]
Draws: TypeAlias = float | Floats
"""One number, or the number of every draw."""
