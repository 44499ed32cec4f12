-- The projects, and the prizes that the sheets date.
SELECT min(line) AS line, 'trophees-' || regexp_extract(award_or_source, '\d{4}') AS key,
  'Trophées de la participation et de la concertation ' || regexp_extract(award_or_source, '\d{4}') AS name, 'call' AS kind,
  regexp_extract(award_or_source, '\d{4}') AS start
FROM "projects.csv" WHERE regexp_matches(award_or_source, '(?i)oph.es.*\d{4}') GROUP BY 2, 3, 5
UNION ALL
SELECT line, 'project-' || id, tidy(title), 'project', NULL FROM "projects.csv" ORDER BY 1, 2
