-- Spellings that differ by accents, capitals or an acronym in brackets are one body; its first spelling names it.
WITH host AS (SELECT line, unnest(acting_in(record->>'$.administration')) AS name FROM "defis.json")
SELECT min(line) AS line, slug(without_acronym(name)) AS key, min_by(without_acronym(name), line) AS name,
  min_by(acronym_of(name), line) FILTER (acronym_of(name) IS NOT NULL) AS acronym,
  CASE WHEN bool_or(name LIKE 'Ministère%') THEN 'ministry' END AS kind
FROM host GROUP BY 2 ORDER BY 1, 2
