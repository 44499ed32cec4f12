-- The body that bears the SIREN number of a commune. Its name is formed from that of the commune and its article
-- (typeLiaison, the INSEE code of articles): Commune d'Ambérieu, Commune du Mans.
WITH commune AS (
  SELECT line, record->>'$.code' AS code, record->>'$.nom' AS name, record->>'$.siren' AS siren,
    (record->>'$.typeLiaison')::INTEGER AS article
  FROM "communes.json" WHERE record->>'$.type' = 'commune-actuelle' AND record->>'$.siren' IS NOT NULL
)
SELECT line, 'council-' || lower(code) AS key,
  CASE WHEN article = 1 THEN 'Commune d''' || name
    WHEN name LIKE 'Le %' THEN 'Commune du ' || name[4:]
    WHEN name LIKE 'Les %' THEN 'Commune des ' || name[5:]
    ELSE 'Commune de ' || name END AS name,
  'commune' AS kind, 'commune-' || lower(code) AS territory, 'SIREN=' || siren || '|COG=' || code AS identifiers,
  'stated' AS certainty
FROM commune ORDER BY line
