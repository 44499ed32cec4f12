# What these queries do not read is left to pyshacl, of every node, and all that it is a part of.
PREFIX check: <https://w3id.org/maillage/check#>

INSERT { GRAPH check:shapes { ?whole a check:Opaque } }
WHERE {
  GRAPH check:shapes {
    ?shape a check:Opaque .
    ?whole check:part+ ?shape .
  }
}
