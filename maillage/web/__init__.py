"""The portal served: pages, IRIs that resolve, an API, SPARQL; over `maillage.answer` and nothing below it."""
