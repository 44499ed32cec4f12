SELECT line,
  CASE WHEN zone = 'com' THEN 'collectivity-' ELSE 'region-' END || code AS key, code, name,
  CASE WHEN zone = 'com' THEN 'overseas-collectivity' ELSE 'region' END AS level, 'country-fr' AS within
FROM (SELECT line, record->>'$.code' AS code, record->>'$.nom' AS name, record->>'$.zone' AS zone FROM "regions.json")
