"""Record linkage: how likely two names, with what is known beside them, are to name one body (see model.yml)."""
