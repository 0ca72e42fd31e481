"""Writes the mutated workbook of one seed: `python -m mutations SEED FILE`."""

import sys
from pathlib import Path

from mutations import case

made = case(int(sys.argv[1]))
print(made.name, made.source, made.file)
Path(sys.argv[2]).write_bytes(made.data)
