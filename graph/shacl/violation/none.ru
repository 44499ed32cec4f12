PREFIX check: <https://w3id.org/maillage/check#>
PREFIX sh: <http://www.w3.org/ns/shacl#>

INSERT { GRAPH check:violations { ?shape check:violator ?node } }
WHERE {
  VALUES ?turn { UNDEF }
  GRAPH check:shapes {
    ?shape check:depth ?turn ;
      sh:not ?part .
  }
  GRAPH check:values { ?focus ?shape ?value }
  FILTER NOT EXISTS { GRAPH check:violations { ?part check:violator ?value } }
  BIND(IF(?focus = ?shape, ?value, ?focus) AS ?node)
}
