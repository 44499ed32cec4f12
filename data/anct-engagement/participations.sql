-- A period is two years, or two months written « Sep. 2021-Dec.2022 ».
WITH level(echelon, kind, word) AS (
  VALUES ('commune', 'commune', ' (commune)'), ('epci', 'intercommunality', ''), ('departement', 'department', ' (département)'),
    ('region', 'region', ' (région)')
), said AS (
  SELECT *, kind || '-' || lower(codgeo) AS body, regexp_extract_all(periode, '\d{4}') AS years,
    if(periode LIKE 'Sep.%', ['-09', '-12'], ['', '']) AS months
  FROM "territoires_engagement.csv" JOIN level USING (echelon) WHERE codgeo IS NOT NULL AND libgeo NOT LIKE '#%'
)
SELECT line, body || '-takes-part-' || slug(id_engcit) AS key, body AS agent, 'takes-part' AS role, slug(dispositif) AS activity,
  years[1] || months[1] AS start, years[2] || months[2] AS "end"
FROM said ORDER BY 1
