PREFIX check: <https://w3id.org/maillage/check#>
PREFIX sh: <http://www.w3.org/ns/shacl#>

INSERT { GRAPH check:violations { ?shape check:violator ?node } }
WHERE {
  VALUES ?turn { UNDEF }
  GRAPH check:shapes {
    ?shape check:depth ?turn ;
      sh:pattern ?pattern .
  }
  GRAPH check:values { ?focus ?shape ?value }
  FILTER(isBlank(?value) || !REGEX(STR(?value), ?pattern))
  BIND(IF(?focus = ?shape, ?value, ?focus) AS ?node)
}
