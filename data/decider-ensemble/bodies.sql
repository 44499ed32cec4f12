-- Who carries a project, as the sheet names it; the kind of sheet says the kind where it is one of ours.
SELECT min(line) AS line, slug(carrier) AS key, min_by(tidy(carrier), line) AS name,
  CASE WHEN bool_or(carrier_kind = 'DÉPARTEMENT') THEN 'department' WHEN bool_or(carrier_kind = 'REGION') THEN 'region'
    WHEN bool_or(carrier_kind = 'ENTREPRISE') THEN 'company' WHEN bool_or(regexp_matches(carrier, '^(Commune|Mairie|Ville) ')) THEN 'commune' END AS kind
FROM "projects.csv" WHERE slug(carrier) <> '' AND NOT person(carrier, NULL) GROUP BY slug(carrier) ORDER BY 1
