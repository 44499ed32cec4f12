-- The rows of counts-by-source.rq, of every source, from the columns of a build (maillage/projection).
WITH typed AS (
  SELECT DISTINCT source AS sayer, subject AS thing, object AS class
  FROM claims
  WHERE predicate = '<http://www.w3.org/1999/02/22-rdf-syntax-ns#type>'
),
kinds AS (
  SELECT said.subject AS thing, said.object AS kind, labels.label AS "kindLabel"
  FROM statements AS said
  JOIN labels ON labels.thing = said.object
  WHERE said.predicate IN (
    '<https://w3id.org/maillage/def#role>',
    '<https://w3id.org/maillage/def#programmeKind>',
    '<https://w3id.org/maillage/def#level>',
    '<http://www.w3.org/ns/org#classification>'
  )
),
counted AS (
  SELECT typed.sayer, typed.class, kinds.kind, kinds."kindLabel", COUNT(DISTINCT typed.thing) AS things
  FROM typed
  LEFT JOIN kinds ON kinds.thing = typed.thing
  GROUP BY typed.sayer, typed.class, kinds.kind, kinds."kindLabel"
),
titles AS (
  SELECT subject AS sayer, object AS "sayerTitle"
  FROM statements
  WHERE predicate = '<http://purl.org/dc/terms/title>'
)
SELECT
  counted.sayer, titles."sayerTitle", counted.class, labels.label AS "classLabel", counted.kind, counted."kindLabel",
  CAST(counted.things AS VARCHAR) AS count
FROM counted
JOIN titles ON titles.sayer = counted.sayer
JOIN labels ON labels.thing = counted.class
