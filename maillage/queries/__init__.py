"""Reads `queries/`: the catalogue of questions. `run.py`, which asks them, is dearer to import."""

from maillage.queries.catalogue import Parameter, Query, catalogue, question

__all__ = ["Parameter", "Query", "catalogue", "question"]
