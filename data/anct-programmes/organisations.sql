-- Three Fabriques that may come from a file without licence are left out (see source.yml).
-- The authorities of the two programmes, by SIREN; the COG says what each number is, and names those that the file does
-- not name. A commune is named with its kind, since its bare name is that of the territory.
WITH member AS (
  SELECT min(line) AS line, siren, min_by(tidy(member), line) AS name
  FROM "cooperations.csv" WHERE programme NOT LIKE 'Avenir montagnes%' AND project_id NOT IN ('fabp-20', 'fabp-21', 'fabp-22') GROUP BY siren
), epci AS (
  SELECT record->>'$.code' AS siren, record->>'$.nom' AS name, 'intercommunality-' || (record->>'$.code') AS territory FROM "epci.json"
  UNION ALL SELECT record->>'$.code', record->>'$.nom', 'intercommunality-' || (record->>'$.code') FROM "ept.json"
), commune AS (
  SELECT record->>'$.siren' AS siren, record->>'$.code' AS code, record->>'$.nom' AS name
  FROM "communes.json" WHERE record->>'$.type' = 'commune-actuelle'
)
SELECT member.line, if(commune.code IS NULL, 'epci-' || siren, 'commune-' || commune.code) AS key,
  coalesce(commune.name || ' (commune)', member.name, epci.name) AS name,
  if(commune.code IS NULL, 'intercommunality', 'commune') AS kind,
  coalesce('commune-' || commune.code, epci.territory) AS territory, siren,
  CASE WHEN commune.code IS NOT NULL THEN 'name|kind|territory' WHEN member.name IS NULL THEN 'name|kind|territory' ELSE 'kind|territory' END AS implied,
  'Le fichier donne le nom et le SIREN : la sorte et le territoire sont ceux de ce numéro dans le code officiel géographique'
    || if(commune.code IS NULL AND member.name IS NULL, ', et le nom aussi, que le fichier n''a pas.', '.') AS note
FROM member LEFT JOIN commune USING (siren) LEFT JOIN epci USING (siren)
WHERE commune.code IS NOT NULL OR epci.siren IS NOT NULL
UNION ALL
SELECT 0, 'op-anct', 'Agence nationale de la cohésion des territoires', 'state-operator', 'country-fr', NULL, 'kind|territory',
  'Agence nationale : « France » vaut compétence nationale, non siège.'
ORDER BY key
