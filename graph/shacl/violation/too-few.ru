PREFIX check: <https://w3id.org/maillage/check#>
PREFIX sh: <http://www.w3.org/ns/shacl#>

INSERT { GRAPH check:violations { ?shape check:violator ?node } }
WHERE {
  SELECT ?shape ?node
  WHERE {
    VALUES ?turn { UNDEF }
    GRAPH check:shapes {
      ?shape check:depth ?turn ;
        sh:minCount ?bound .
    }
    GRAPH check:asked { ?shape check:node ?node }
    OPTIONAL { GRAPH check:values { ?node ?shape ?value } }
  }
  GROUP BY ?shape ?node ?bound
  HAVING(COUNT(DISTINCT ?value) < ?bound)
}
