-- Who is a member of which group; the agency leads both programmes, since the file is its own.
WITH commune AS (
  SELECT record->>'$.siren' AS siren, record->>'$.code' AS code FROM "communes.json" WHERE record->>'$.type' = 'commune-actuelle'
), known AS (
  SELECT siren, 'commune-' || code AS body FROM commune
  UNION ALL SELECT record->>'$.code', 'epci-' || (record->>'$.code') FROM "epci.json"
  UNION ALL SELECT record->>'$.code', 'epci-' || (record->>'$.code') FROM "ept.json"
)
SELECT line, body || '-takes-part-' || project_id AS key, body AS agent, 'takes-part' AS role, project_id AS activity,
  'stated' AS certainty, NULL AS note
FROM "cooperations.csv" JOIN known USING (siren) WHERE programme NOT LIKE 'Avenir montagnes%' AND project_id NOT IN ('fabp-20', 'fabp-21', 'fabp-22')
UNION ALL
SELECT 0, 'op-anct-coordinates-' || key, 'op-anct', 'coordinates', key, 'implied', 'Le fichier est celui de l''agence, qui porte le programme.'
FROM (VALUES ('fabriques-prospectives'), ('territoires-d-industrie')) AS led(key)
ORDER BY key
