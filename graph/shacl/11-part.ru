# A shape is asked of a node where one that it is part of is. All of some parts must hold.
PREFIX check: <https://w3id.org/maillage/check#>
PREFIX rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#>
PREFIX sh: <http://www.w3.org/ns/shacl#>

INSERT { GRAPH check:shapes { ?shape check:part ?part ; check:every ?needed } }
WHERE {
  GRAPH check:shapes {
    {
      ?shape sh:property|sh:node|(sh:and/rdf:rest*/rdf:first) ?part
      BIND(?part AS ?needed)
    }
    UNION
    { ?shape sh:not|sh:qualifiedValueShape|((sh:or|sh:xone)/rdf:rest*/rdf:first) ?part }
  }
}
