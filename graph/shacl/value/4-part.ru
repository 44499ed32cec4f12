# The parts of the shapes of one depth are asked of their values.
PREFIX check: <https://w3id.org/maillage/check#>

INSERT { GRAPH check:asked { ?part check:node ?value } }
WHERE {
  VALUES ?turn { UNDEF }
  GRAPH check:shapes {
    ?shape check:depth ?turn ;
      check:part ?part .
  }
  GRAPH check:values { ?focus ?shape ?value }
}
