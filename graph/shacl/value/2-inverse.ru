PREFIX check: <https://w3id.org/maillage/check#>

INSERT { GRAPH check:values { ?focus ?shape ?value } }
WHERE {
  VALUES ?turn { UNDEF }
  GRAPH check:shapes {
    ?shape check:depth ?turn ;
      check:inverse ?predicate .
  }
  GRAPH check:asked { ?shape check:node ?focus }
  ?value ?predicate ?focus .
}
