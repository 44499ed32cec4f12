-- The overseas collectivities are in this file too; they are told as regions.
SELECT line, 'department-' || lower(record->>'$.code') AS key, record->>'$.code' AS code, record->>'$.nom' AS name,
  'department' AS level, 'region-' || (record->>'$.region') AS within
FROM "departements.json"
WHERE record->>'$.zone' <> 'com'
