PREFIX check: <https://w3id.org/maillage/check#>
PREFIX sh: <http://www.w3.org/ns/shacl#>

INSERT { GRAPH check:violations { ?shape check:violator ?node } }
WHERE {
  VALUES ?turn { UNDEF }
  GRAPH check:shapes {
    ?shape check:depth ?turn ;
      sh:uniqueLang true .
  }
  GRAPH check:values { ?focus ?shape ?value }
  GRAPH check:values { ?focus ?shape ?other }
  FILTER(LANG(?value) != "" && LANG(?value) = LANG(?other) && !sameTerm(?value, ?other))
  BIND(IF(?focus = ?shape, ?value, ?focus) AS ?node)
}
