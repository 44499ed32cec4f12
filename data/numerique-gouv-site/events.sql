-- Organisers are not among the facts of a page: they stay missing. A page that is not published tells nothing.
SELECT line, slug(record->>'$.page') AS key, tidy(record->>'$.title') AS name, 'yes' AS named,
  CASE WHEN regexp_matches(record->>'$.text', '(?m)^\**\[(Le|Du) \d') THEN 'set' ELSE 'event' END AS kind,
  left(record->>'$.event_start_date', 10) AS start, nullif(left(record->>'$.event_end_date', 10), '') AS "end",
  CASE WHEN record->>'$.lieu' ILIKE '%en ligne%' THEN 'online' END AS attendance,
  CASE WHEN slug(record->>'$.adresse') <> '' THEN nullif(slug(record->>'$.lieu'), '') END AS place,
  addressed(record->>'$.adresse') AS territory
FROM "site.zip" WHERE record->>'$.event_start_date' IS NOT NULL AND coalesce(record->>'$.published', '') <> 'false'
