"""From records to the released graph: mapping, identity, evidence, rules, validation, build."""
