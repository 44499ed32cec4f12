SELECT min(line) AS line, 'place-' || (record->>'$.location_uid') AS key, min_by(tidy(record->>'$.location_name'), line) AS name,
  'commune-' || lower(min_by(record->>'$.location_insee', line)) AS territory
FROM "ods_v2_evenements-publics-openagenda_2records.json"
WHERE record->>'$.location_uid' IS NOT NULL AND tidy(record->>'$.location_name') IS NOT NULL
GROUP BY 2 ORDER BY 1
