# The values of the property shapes of one depth.
PREFIX check: <https://w3id.org/maillage/check#>

INSERT { GRAPH check:values { ?focus ?shape ?value } }
WHERE {
  VALUES ?turn { UNDEF }
  GRAPH check:shapes {
    ?shape check:depth ?turn ;
      check:path ?predicate .
  }
  GRAPH check:asked { ?shape check:node ?focus }
  ?focus ?predicate ?value .
}
