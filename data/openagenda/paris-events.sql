-- Opendatasoft v1: one list of fields a record; titles written for HTML. The commune is told by name alone: Paris.
SELECT line, 'paris-' || (record->>'$.fields.uid') AS key, tidy(unescaped(record->>'$.fields.title')) AS name, 'yes' AS named,
  'event' AS kind, record->>'$.fields.date_start' AS start, record->>'$.fields.date_end' AS "end",
  CASE WHEN record->>'$.fields.city' = 'Paris' AND record->>'$.fields.department' = 'Paris' THEN 'commune-75056' END AS territory
FROM "ods_v1_evenements-a-paris_100.json"
