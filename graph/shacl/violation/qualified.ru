PREFIX check: <https://w3id.org/maillage/check#>
PREFIX sh: <http://www.w3.org/ns/shacl#>

INSERT { GRAPH check:violations { ?shape check:violator ?node } }
WHERE {
  SELECT ?shape ?node
  WHERE {
    VALUES ?turn { UNDEF }
    GRAPH check:shapes {
      ?shape check:depth ?turn ;
        sh:qualifiedMinCount ?least ;
        sh:qualifiedValueShape ?part .
    }
    GRAPH check:asked { ?shape check:node ?node }
    OPTIONAL {
      GRAPH check:values { ?node ?shape ?value }
      FILTER NOT EXISTS { GRAPH check:violations { ?part check:violator ?value } }
    }
  }
  GROUP BY ?shape ?node ?least
  HAVING(COUNT(DISTINCT ?value) < ?least)
}
