# Every part holds of every value.
PREFIX check: <https://w3id.org/maillage/check#>

INSERT { GRAPH check:violations { ?shape check:violator ?node } }
WHERE {
  VALUES ?turn { UNDEF }
  GRAPH check:shapes {
    ?shape check:depth ?turn ;
      check:every ?part .
  }
  GRAPH check:values { ?focus ?shape ?value }
  GRAPH check:violations { ?part check:violator ?value }
  BIND(IF(?focus = ?shape, ?value, ?focus) AS ?node)
}
