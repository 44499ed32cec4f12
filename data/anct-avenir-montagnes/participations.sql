SELECT min(line) AS line, 'siren-' || siren || '-takes-part-' || project_id AS key, 'siren-' || siren AS agent, 'takes-part' AS role,
  project_id AS activity
FROM "cooperations.csv" WHERE programme LIKE 'Avenir montagnes%' GROUP BY siren, project_id ORDER BY 1, 2
