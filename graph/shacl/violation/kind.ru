PREFIX check: <https://w3id.org/maillage/check#>
PREFIX sh: <http://www.w3.org/ns/shacl#>

INSERT { GRAPH check:violations { ?shape check:violator ?node } }
WHERE {
  VALUES ?turn { UNDEF }
  GRAPH check:shapes {
    ?shape check:depth ?turn ;
      sh:nodeKind ?kind .
  }
  GRAPH check:values { ?focus ?shape ?value }
  FILTER(!((?kind = sh:IRI && isIRI(?value)) || (?kind = sh:Literal && isLiteral(?value))))
  BIND(IF(?focus = ?shape, ?value, ?focus) AS ?node)
}
