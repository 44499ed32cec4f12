SELECT line, role || '-' || pic || '-' || rcn AS key, 'pic-' || pic AS agent, 'project-' || rcn AS activity,
  CASE role WHEN 'coordinator' THEN 'coordinates' WHEN 'participant' THEN 'takes-part' WHEN 'partner' THEN 'partners' END AS role,
  'stated' AS certainty
FROM "h2020.csv.gz"
