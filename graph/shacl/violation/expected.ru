PREFIX check: <https://w3id.org/maillage/check#>
PREFIX sh: <http://www.w3.org/ns/shacl#>

INSERT { GRAPH check:violations { ?shape check:violator ?node } }
WHERE {
  VALUES ?turn { UNDEF }
  GRAPH check:shapes {
    ?shape check:depth ?turn ;
      sh:hasValue ?expected .
  }
  GRAPH check:asked { ?shape check:node ?node }
  FILTER NOT EXISTS { GRAPH check:values { ?node ?shape ?expected } }
  FILTER NOT EXISTS {
    GRAPH check:shapes { ?shape check:self true }
    FILTER(sameTerm(?node, ?expected))
  }
}
