# The shapes that a shape is a part of, counted: fewer than those of its own parts, whatever the nesting.
PREFIX check: <https://w3id.org/maillage/check#>
PREFIX sh: <http://www.w3.org/ns/shacl#>

INSERT { GRAPH check:shapes { ?shape check:depth ?depth } }
WHERE {
  SELECT ?shape (COUNT(DISTINCT ?whole) AS ?depth)
  WHERE {
    GRAPH check:shapes {
      ?shape check:self|sh:path ?any .
      OPTIONAL { ?whole check:part+ ?shape }
    }
  }
  GROUP BY ?shape
}
