-- Spellings that differ by accents, capitals or an acronym in brackets are one body; its first spelling names it, with
-- a capital and plain apostrophes.
WITH host AS (
  SELECT line, unnest(acting_in(replace(record->>'$.administration', '’', ''''))) AS name FROM "defis.json"
), named AS (SELECT line, upper(name[1]) || without_acronym(name)[2:] AS name, acronym_of(name) AS acronym FROM host)
SELECT min(line) AS line, slug(name) AS key, min_by(name, line) AS name,
  min_by(acronym, line) FILTER (acronym IS NOT NULL) AS acronym,
  CASE WHEN bool_or(name LIKE 'Ministère%') THEN 'ministry' END AS kind
FROM named GROUP BY 2 ORDER BY 1, 2
