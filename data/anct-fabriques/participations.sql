SELECT line, 'siren-' || siren || '-takes-part-' || project_id AS key, 'siren-' || siren AS agent, 'takes-part' AS role,
  project_id AS activity
FROM "cooperations.csv" WHERE project_id IN ('fabp-20', 'fabp-21', 'fabp-22') ORDER BY 1
