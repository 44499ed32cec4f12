-- The members by SIREN. Some have no name in the file: their number stands for it. A kind is read in the name, or in
-- the first digits of the number of a commune (21).
SELECT min(line) AS line, 'siren-' || siren AS key, coalesce(min_by(tidy(member), line), 'Membre au SIREN ' || siren) AS name,
  CASE WHEN siren LIKE '21%' THEN 'commune'
    WHEN bool_or(regexp_matches(member, '^(CC|CA|CU|Métropole) ')) THEN 'intercommunality' END AS kind,
  'SIREN=' || siren AS identifiers
FROM "cooperations.csv" WHERE programme LIKE 'Avenir montagnes%' GROUP BY siren ORDER BY 1
