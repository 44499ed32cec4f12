PREFIX check: <https://w3id.org/maillage/check#>
PREFIX sh: <http://www.w3.org/ns/shacl#>

INSERT { GRAPH check:violations { ?shape check:violator ?node } }
WHERE {
  VALUES ?turn { UNDEF }
  GRAPH check:shapes {
    ?shape check:depth ?turn ;
      sh:lessThan|sh:lessThanOrEquals ?predicate .
  }
  GRAPH check:values { ?focus ?shape ?value }
  ?focus ?predicate ?other .
  OPTIONAL { GRAPH check:shapes { ?shape sh:lessThan ?strictly } }
  FILTER(!COALESCE(?value < ?other || (!BOUND(?strictly) && ?value = ?other), false))
  BIND(IF(?focus = ?shape, ?value, ?focus) AS ?node)
}
