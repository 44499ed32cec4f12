"""The portal served: pages, IRIs that resolve, an API, SPARQL; a stranger's query never runs in this process."""
