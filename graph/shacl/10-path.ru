# The predicates of a property shape, in either direction; a node shape is asked of the node itself.
PREFIX check: <https://w3id.org/maillage/check#>
PREFIX rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#>
PREFIX sh: <http://www.w3.org/ns/shacl#>

INSERT { GRAPH check:shapes { ?shape ?how ?predicate } }
WHERE {
  GRAPH check:shapes {
    {
      ?shape sh:path|(sh:path/sh:alternativePath/rdf:rest*/rdf:first) ?predicate .
      FILTER NOT EXISTS { ?predicate ?any ?thing }
      BIND(check:path AS ?how)
    }
    UNION
    {
      ?shape (sh:path|(sh:path/sh:alternativePath/rdf:rest*/rdf:first))/sh:inversePath ?predicate .
      BIND(check:inverse AS ?how)
    }
    UNION
    {
      ?any sh:property|sh:node|sh:not|sh:qualifiedValueShape|rdf:first ?shape .
      FILTER(isIRI(?shape))
      FILTER EXISTS { ?shape ?asks ?something }
      FILTER NOT EXISTS { ?shape sh:path|sh:inversePath ?none }
      BIND(check:self AS ?how)
      BIND(true AS ?predicate)
    }
    UNION
    {
      ?shape sh:targetClass|sh:targetSubjectsOf|sh:targetObjectsOf ?any .
      BIND(check:self AS ?how)
      BIND(true AS ?predicate)
    }
  }
}
