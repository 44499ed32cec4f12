# Exactly one part holds of each value.
PREFIX check: <https://w3id.org/maillage/check#>
PREFIX rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#>
PREFIX sh: <http://www.w3.org/ns/shacl#>

INSERT { GRAPH check:violations { ?shape check:violator ?node } }
WHERE {
  SELECT ?shape (IF(?focus = ?shape, ?value, ?focus) AS ?node)
  WHERE {
    VALUES ?turn { UNDEF }
    GRAPH check:shapes {
      ?shape check:depth ?turn ;
        sh:xone ?parts .
    }
    GRAPH check:values { ?focus ?shape ?value }
    OPTIONAL {
      GRAPH check:shapes { ?parts rdf:rest*/rdf:first ?part }
      FILTER NOT EXISTS { GRAPH check:violations { ?part check:violator ?value } }
    }
  }
  GROUP BY ?shape ?focus ?value
  HAVING(COUNT(DISTINCT ?part) != 1)
}
