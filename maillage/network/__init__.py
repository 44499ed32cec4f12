"""Networks computed from tables: projections, communities, positions, chains. Knows no store and no graph."""
