-- The authorities by level and code; a row without a level of ours or without a code is left out.
WITH level(echelon, kind, word) AS (
  VALUES ('commune', 'commune', ' (commune)'), ('epci', 'intercommunality', ''), ('departement', 'department', ' (département)'),
    ('region', 'region', ' (région)')
)
SELECT min(line) AS line, kind || '-' || lower(codgeo) AS key, min_by(tidy(libgeo), line) || any_value(word) AS name, kind,
  kind || '-' || lower(codgeo) AS territory, if(kind = 'intercommunality', 'SIREN=' || codgeo, NULL) AS identifiers
FROM "territoires_engagement.csv" JOIN level USING (echelon) WHERE codgeo IS NOT NULL AND libgeo NOT LIKE '#%'
GROUP BY kind, codgeo ORDER BY 1
