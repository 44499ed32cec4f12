-- Organisers are not in the source (the fields `annotated_…` were added by hand): they stay missing.
SELECT line, slug(record->>'$.id') AS key, tidy(record->>'$.title') AS name, 'yes' AS named,
  CASE WHEN regexp_matches(record->>'$.text', '(?m)^\[(Le|Du) \d') THEN 'set' ELSE 'event' END AS kind,
  left(record->>'$.start', 10) AS start, left(record->>'$.end', 10) AS "end",
  CASE WHEN record->>'$.place' ILIKE '%en ligne%' THEN 'online' END AS attendance,
  CASE WHEN record->>'$.address' IS NOT NULL THEN slug(record->>'$.place') END AS place,
  addressed(record->>'$.address') AS territory
FROM "events.json"
