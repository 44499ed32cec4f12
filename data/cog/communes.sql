-- A delegated commune that took the code of the whole one is not a territory of its own.
WITH commune AS (
  SELECT line, record->>'$.code' AS code, record->>'$.nom' AS name, record->>'$.type' AS type,
    record->>'$.zone' AS zone, record->>'$.departement' AS department,
    coalesce(record->>'$.commune', record->>'$.chefLieu') AS whole,
    array_to_string(from_json(record->'$.codesPostaux', '["VARCHAR"]'), '|') AS postcodes
  FROM "communes.json"
), member AS (
  SELECT record->>'$.code' AS grouping, unnest(record->'$.membres[*].code')::VARCHAR AS quoted FROM "epci.json"
)
SELECT line, 'commune-' || lower(code) AS key, code, name,
  CASE type WHEN 'commune-actuelle' THEN 'commune' WHEN 'arrondissement-municipal' THEN 'municipal-arrondissement'
    ELSE 'delegated-commune' END AS level,
  CASE WHEN type <> 'commune-actuelle' THEN 'commune-' || lower(whole)
    WHEN zone = 'com' THEN 'collectivity-' || department
    ELSE concat_ws('|', 'department-' || lower(department), 'intercommunality-' || grouping) END AS within,
  CASE WHEN type = 'commune-actuelle' THEN postcodes END AS postcodes
FROM commune LEFT JOIN member ON type = 'commune-actuelle' AND code = trim(quoted, '"')
WHERE type = 'commune-actuelle' OR code <> whole
ORDER BY line
