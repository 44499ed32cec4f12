PREFIX check: <https://w3id.org/maillage/check#>
PREFIX sh: <http://www.w3.org/ns/shacl#>

INSERT { GRAPH check:asked { ?shape check:node ?node } }
WHERE {
  {
    GRAPH check:shapes { ?shape sh:targetClass ?class }
    ?node a ?class .
  }
  UNION
  {
    GRAPH check:shapes { ?shape sh:targetSubjectsOf ?predicate }
    ?node ?predicate ?object .
  }
  UNION
  {
    GRAPH check:shapes { ?shape sh:targetObjectsOf ?predicate }
    ?subject ?predicate ?node .
  }
}
