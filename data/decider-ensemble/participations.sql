-- Who carries which project; and whom a prize rewards.
SELECT line, slug(carrier) || '-carries-project-' || id AS key, slug(carrier) AS agent, 'carries' AS role, 'project-' || id AS activity, NULL AS start
FROM "projects.csv" WHERE slug(carrier) <> '' AND NOT person(carrier, NULL)
UNION ALL
SELECT min(line), slug(carrier) || '-takes-part-trophees-' || regexp_extract(award_or_source, '\d{4}'), slug(carrier), 'takes-part',
  'trophees-' || regexp_extract(award_or_source, '\d{4}'), regexp_extract(award_or_source, '\d{4}')
FROM "projects.csv" WHERE regexp_matches(award_or_source, '(?i)oph.es.*\d{4}') AND slug(carrier) <> '' AND NOT person(carrier, NULL) GROUP BY 2, 3, 4, 5, 6
ORDER BY 1, 2
