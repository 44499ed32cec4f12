-- The bodies by SIREN; those that share a number are one, under its first name.
SELECT min(line) AS line, 'siren-' || siren AS key, min_by(tidy(name), line) AS name,
  CASE min_by(type, line) WHEN 'COM' THEN 'commune' WHEN 'DEP' THEN 'department' WHEN 'REG' THEN 'region'
    WHEN 'CA' THEN 'intercommunality' WHEN 'CC' THEN 'intercommunality' WHEN 'CU' THEN 'intercommunality' WHEN 'MET' THEN 'intercommunality'
    WHEN 'EPT' THEN 'intercommunality' END AS kind,
  min_by(type, line) AS registered_as, 'SIREN=' || siren AS identifiers
FROM (SELECT * REPLACE (regexp_replace(siren, '\D', '', 'g') AS siren) FROM "organisations.csv") WHERE siren IS NOT NULL GROUP BY siren ORDER BY 1
