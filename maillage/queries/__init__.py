"""Reads `queries/`: the catalogue of questions, the values given to them, and their answers."""

from maillage.queries.catalogue import Parameter, Query, catalogue, question
from maillage.queries.run import run, sparql

__all__ = ["Parameter", "Query", "catalogue", "question", "run", "sparql"]
