-- The sub-events of a programme: a line that opens with its day in brackets, then with its kinds: named by these.
WITH said AS (
  SELECT line, slug(record->>'$.id') AS programme, left(record->>'$.start', 4) AS year,
    unnest(regexp_extract_all(record->>'$.text', '(?m)^\[(?:Le|Du) \d[^\n]*')) AS head,
    generate_subscripts(regexp_extract_all(record->>'$.text', '(?m)^\[(?:Le|Du) \d[^\n]*'), 1) AS number
  FROM "events.json"
), told AS (
  SELECT *, regexp_extract_all(head, '(\d{2}/\d{2})', 1) AS days, regexp_extract_all(head, '\[([^\]]+)\]', 1) AS tags FROM said
)
SELECT line, 'session-' || programme || '-' || number AS key, array_to_string(tags[2:], ', ') AS name, 'no' AS named,
  'event' AS kind, year || '-' || days[1][4:5] || '-' || days[1][1:2] AS start,
  year || '-' || days[-1][4:5] || '-' || days[-1][1:2] AS "end", programme AS super_event
FROM told WHERE len(tags) > 1
