-- A sponsor that the source enters under the name of a person keeps its links and loses that name.
-- Its territory where its name or its acronym says one department or region (`territories.csv`); a court's is not read.
WITH sponsor AS (
  SELECT line, key AS entry, slug(key) AS key, tidy(unescaped(record->>'$.name')) AS name, tidy(unescaped(record->>'$.acronym')) AS acronym,
    record->>'$.type' AS type
  FROM "sponsors.json"
), told AS (
  SELECT *, person(name, acronym) AS person FROM sponsor
)
SELECT told.line, CASE WHEN person THEN 'unnamed-' || told.line ELSE key END AS key,
  CASE WHEN person THEN 'Commanditaire que la source désigne par une personne' ELSE name END AS name,
  CASE WHEN acronym <> name AND NOT person THEN acronym END AS acronym,
  CASE type WHEN 'administration-centrale' THEN 'central-administration' WHEN 'service-deconcentre' THEN 'deconcentrated-service'
    WHEN 'operateur' THEN 'state-operator' WHEN 'collectivite-territoriale' THEN 'local-authority'
    WHEN 'securite-sociale' THEN 'social-security-body' END AS kind, -- « autre » is none: courts, associations, agencies
  crosswalk.territory
FROM told LEFT JOIN "territories.csv" AS crosswalk ON crosswalk.sponsor = told.entry
ORDER BY told.line
