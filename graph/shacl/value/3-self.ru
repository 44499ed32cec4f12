# The value of a node shape is the node; a literal is no subject, so the shape stands for it there.
PREFIX check: <https://w3id.org/maillage/check#>

INSERT { GRAPH check:values { ?shape ?shape ?value } }
WHERE {
  VALUES ?turn { UNDEF }
  GRAPH check:shapes {
    ?shape check:depth ?turn ;
      check:self true .
  }
  GRAPH check:asked { ?shape check:node ?value }
}
