SELECT min(line) AS line, 'siren-' || siren AS key, coalesce(min_by(tidy(member), line), 'Membre au SIREN ' || siren) AS name,
  'intercommunality' AS kind, 'SIREN=' || siren AS identifiers
FROM "cooperations.csv" WHERE project_id IN ('fabp-20', 'fabp-21', 'fabp-22') GROUP BY siren ORDER BY 1
