# Some part holds of each value.
PREFIX check: <https://w3id.org/maillage/check#>
PREFIX rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#>
PREFIX sh: <http://www.w3.org/ns/shacl#>

INSERT { GRAPH check:violations { ?shape check:violator ?node } }
WHERE {
  VALUES ?turn { UNDEF }
  GRAPH check:shapes {
    ?shape check:depth ?turn ;
      sh:or ?parts .
  }
  GRAPH check:values { ?focus ?shape ?value }
  FILTER NOT EXISTS {
    GRAPH check:shapes { ?parts rdf:rest*/rdf:first ?part }
    FILTER NOT EXISTS { GRAPH check:violations { ?part check:violator ?value } }
  }
  BIND(IF(?focus = ?shape, ?value, ?focus) AS ?node)
}
