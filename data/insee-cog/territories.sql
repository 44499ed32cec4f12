-- Every commune, municipal arrondissement, overseas collectivity and intercommunality, and the names that communes bore:
-- under the key of the commune that they are today, with the day of the first edition of the COG that no longer lists
-- the name as a commune's. Editions follow the years; 0.3.0 and 0.7.0 are both of 2019, and none is of 2020.
WITH RECURSIVE edition(day, record) AS (
  SELECT '2019-01-01', record FROM "0.3.0/communes.json" UNION ALL SELECT '2019-01-01', record FROM "0.7.0/communes.json"
  UNION ALL SELECT '2021-01-01', record FROM "1.1.1/communes.json" UNION ALL SELECT '2022-01-01', record FROM "2.3.1/communes.json"
  UNION ALL SELECT '2023-01-01', record FROM "3.1.1/communes.json" UNION ALL SELECT '2024-01-01', record FROM "4.1.0/communes.json"
  UNION ALL SELECT '2025-01-01', record FROM "5.3.0/communes.json" UNION ALL SELECT '2026-01-01', record FROM "6.0.0/communes.json"
), said AS MATERIALIZED (
  SELECT day, record->>'$.code' AS code, record->>'$.nom' AS name, record->>'$.type' = 'commune-actuelle' AS present,
    coalesce(record->>'$.communeAbsorbante', record->>'$.chefLieu') AS whole
  FROM edition WHERE record->>'$.type' NOT IN ('arrondissement-municipal', 'ancien-code', 'commune-perimee')
), commune AS MATERIALIZED (
  SELECT line, record->>'$.code' AS code, record->>'$.nom' AS name, record->>'$.departement' AS department,
    record->>'$.zone' = 'com' AS overseas, from_json(record->'$.anciensCodes', '["VARCHAR"]') AS codes,
    array_to_string(from_json(record->'$.codesPostaux', '["VARCHAR"]'), '|') AS postcodes
  FROM "6.0.0/communes.json" WHERE record->>'$.type' = 'commune-actuelle'
), step AS MATERIALIZED (
-- What a code that no commune bears today leads to: the commune that it is a part of today, else those that bore it,
-- else the one that it went into. One that was shared out leads to several.
  SELECT old.code, unnest(CASE WHEN max(whole) FILTER (day = '2026-01-01') IS NOT NULL
    THEN [max(whole) FILTER (day = '2026-01-01')] ELSE coalesce(list(DISTINCT heir.code) FILTER (heir.code IS NOT NULL), [max_by(whole, day)]) END) AS next
  FROM said AS old LEFT JOIN (SELECT code, unnest(codes) AS former FROM commune) AS heir ON former = old.code
  WHERE old.code NOT IN (SELECT code FROM commune) AND (heir.code IS NOT NULL OR whole <> old.code)
  GROUP BY old.code
), heir(code, today) AS (
  SELECT code, code FROM commune UNION ALL SELECT step.code, today FROM step JOIN heir ON next = heir.code
), form AS (
  SELECT today, slug(said.name) AS form, min_by(said.code, day) AS code, min_by(said.name, day) AS name,
    coalesce(max(day) FILTER (present), '2018') AS last
  FROM said JOIN heir ON heir.code = said.code
  GROUP BY today, slug(said.name)
), grouping AS (  -- of Greater Paris, its métropole and its territorial establishments
  SELECT record FROM "6.0.0/epci.json" UNION ALL SELECT record FROM "6.0.0/ept.json"
), member AS (
  SELECT record->>'$.code' AS code, record->>'$.nom' AS name,
    trim(unnest(record->'$.membres[*].code')::VARCHAR, '"') AS commune FROM grouping
), groupings AS (
  SELECT commune, string_agg('intercommunality-' || code, '|' ORDER BY code) AS codes FROM member GROUP BY commune
), territory AS (
  SELECT 'commune-' || lower(commune.code) AS key, commune.code, commune.name, 'commune' AS level,
    CASE WHEN overseas THEN 'collectivity-' || department
      ELSE concat_ws('|', 'department-' || lower(department), groupings.codes) END AS within,
    postcodes, NULL::VARCHAR AS gone_by
  FROM commune LEFT JOIN groupings ON groupings.commune = commune.code
  UNION ALL
  SELECT 'commune-' || (record->>'$.code'), record->>'$.code', record->>'$.nom', 'municipal-arrondissement',
    'commune-' || (record->>'$.commune'), NULL, NULL  -- its postcodes are those of the commune too
  FROM "6.0.0/communes.json" WHERE record->>'$.type' = 'arrondissement-municipal'
  UNION ALL
  SELECT 'collectivity-' || (record->>'$.code'), record->>'$.code', record->>'$.nom', 'overseas-collectivity', 'country-fr', NULL, NULL
  FROM "6.0.0/departements.json" WHERE record->>'$.zone' = 'com'
  UNION ALL
  SELECT 'intercommunality-' || code, code, name, 'intercommunality',
    string_agg(DISTINCT 'department-' || lower(department_of(commune)), '|' ORDER BY 'department-' || lower(department_of(commune))), NULL, NULL
  FROM member GROUP BY code, name
  UNION ALL
  SELECT 'commune-' || lower(today), form.code, form.name, 'former-commune', NULL, NULL,
    (SELECT min(day) FROM said WHERE day > last)
  FROM form JOIN commune ON commune.code = today WHERE form <> slug(commune.name)
)
SELECT row_number() OVER (ORDER BY level, key, gone_by, name) AS line, * FROM territory ORDER BY level, key, gone_by, name
