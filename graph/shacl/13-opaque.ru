# A shape that asks what these queries do not read.
PREFIX check: <https://w3id.org/maillage/check#>
PREFIX rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#>
PREFIX sh: <http://www.w3.org/ns/shacl#>

INSERT { GRAPH check:shapes { ?shape a check:Opaque } }
WHERE {
  GRAPH check:shapes {
    ?shape check:depth ?depth .
    {
      ?shape ?asks ?what .
      FILTER(STRSTARTS(STR(?asks), STR(sh:)))
      FILTER(?asks NOT IN (
        sh:path, sh:property, sh:node, sh:not, sh:or, sh:and, sh:xone, sh:message, sh:severity, sh:sparql, sh:targetClass,
        sh:targetSubjectsOf, sh:targetObjectsOf, sh:minCount, sh:maxCount, sh:class, sh:datatype, sh:hasValue,
        sh:minInclusive, sh:maxInclusive, sh:minLength, sh:pattern, sh:nodeKind, sh:languageIn, sh:uniqueLang,
        sh:disjoint, sh:lessThan, sh:lessThanOrEquals, sh:qualifiedValueShape, sh:qualifiedMinCount
      ))
    }
    UNION
    {
      ?shape sh:path|(sh:path/sh:alternativePath/rdf:rest*/rdf:first) ?path .
      ?path !(sh:inversePath|sh:alternativePath) ?step .
    }
    UNION
    {
      ?shape sh:path ?path ;
        sh:sparql ?constraint .
    }
    UNION
    {
      ?shape sh:path/sh:alternativePath/rdf:rest*/rdf:first/(sh:alternativePath|(sh:inversePath/!sh:message)) ?step .
    }
  }
}
