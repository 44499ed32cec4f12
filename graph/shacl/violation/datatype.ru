# Of the type, and written as the type asks.
PREFIX check: <https://w3id.org/maillage/check#>
PREFIX sh: <http://www.w3.org/ns/shacl#>
PREFIX xsd: <http://www.w3.org/2001/XMLSchema#>

INSERT { GRAPH check:violations { ?shape check:violator ?node } }
WHERE {
  VALUES ?turn { UNDEF }
  GRAPH check:shapes {
    ?shape check:depth ?turn ;
      sh:datatype ?datatype .
  }
  GRAPH check:values { ?focus ?shape ?value }
  BIND(STR(?value) AS ?text)
  BIND(
    IF(?datatype = xsd:integer, STR(xsd:integer(?text)) != "",
    IF(?datatype = xsd:decimal, STR(xsd:decimal(?text)) != "",
    IF(?datatype = xsd:boolean, STR(xsd:boolean(?text)) != "",
    IF(?datatype = xsd:date, STR(xsd:date(?text)) != "",
    IF(?datatype = xsd:gYearMonth, REGEX(?text, "^-?[0-9]{4,}-(0[1-9]|1[0-2])$"),
    IF(?datatype = xsd:gYear, REGEX(?text, "^-?[0-9]{4,}$"), true))))))
  AS ?legible)
  FILTER(!COALESCE(isLiteral(?value) && DATATYPE(?value) = ?datatype && ?legible, false))
  BIND(IF(?focus = ?shape, ?value, ?focus) AS ?node)
}
