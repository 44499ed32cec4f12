-- The sub-events of a programme: a line that opens with its day in brackets, then with its kinds. The line below it in
-- italics is its title; without one it is called by its kinds.
WITH said AS (
  SELECT line, slug(record->>'$.page') AS programme, left(record->>'$.event_start_date', 4) AS year,
    unnest(regexp_extract_all(record->>'$.text', '(?m)^\**\[(?:Le|Du) \d[^\n]*(?:\n+\*[^*\n][^\n]*\*$)?')) AS told,
    generate_subscripts(regexp_extract_all(record->>'$.text', '(?m)^\**\[(?:Le|Du) \d[^\n]*'), 1) AS number
  FROM "site.zip" WHERE record->>'$.event_start_date' IS NOT NULL AND coalesce(record->>'$.published', '') <> 'false'
), parted AS (
  SELECT *, regexp_extract_all(split_part(told, chr(10), 1), '(\d{2}/\d{2})', 1) AS days,
    regexp_extract_all(split_part(told, chr(10), 1), '\[([^\]]+)\]', 1) AS tags,
    tidy(unlinked(regexp_extract(told, '\n\*(.*)\*$', 1))) AS title
  FROM said
)
SELECT line, 'session-' || programme || '-' || number AS key, coalesce(title, array_to_string(tags[2:], ', ')) AS name,
  CASE WHEN title IS NULL THEN 'no' ELSE 'yes' END AS named,
  'event' AS kind, year || '-' || days[1][4:5] || '-' || days[1][1:2] AS start,
  year || '-' || days[-1][4:5] || '-' || days[-1][1:2] AS "end", programme AS super_event
FROM parted WHERE len(tags) > 1
