-- The days are those of the local timings, JSON inside a string; the other dates are in UTC.
WITH event AS (
  SELECT line, record, inner_json(record->>'$.timings') AS timings, inner_json(record->>'$.attendancemode')->>'$.id' AS mode
  FROM "ods_v2_evenements-publics-openagenda_2records.json"
)
SELECT line, 'event-' || (record->>'$.uid') AS key, tidy(unescaped(record->>'$.title_fr')) AS name, 'yes' AS named, 'event' AS kind,
  left(timings->>'$[0].begin', 10) AS start, left(timings->>'$[#-1].end', 10) AS "end",
  CASE mode WHEN '1' THEN 'onsite' WHEN '2' THEN 'online' WHEN '3' THEN 'mixed' END AS attendance,
  'place-' || (record->>'$.location_uid') AS place, 'commune-' || lower(record->>'$.location_insee') AS territory
FROM event ORDER BY line
