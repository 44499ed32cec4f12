"""The tests mirror maillage/; tests/cases/ holds one folder a case."""
