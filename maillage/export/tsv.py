"""Tab-separated values; a cell that holds a tab or a line end is quoted. Otherwise as `csv.py`, metadata included."""

from functools import partial

from maillage.export import csv

write, beside = partial(csv.write, mark="\t"), partial(csv.beside, mark="\t")
