"""The columns of a build: Parquet files written from its dump beside its store, and what is read from them.

They hold nothing that the graph does not say: a question of `queries/` or `graph/credit/` is the definition of what
each of them gives, and each bears the digest of the graph that it was made from.
"""
