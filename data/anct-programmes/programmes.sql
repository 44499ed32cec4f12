-- The two programmes, and each of their groups of authorities.
SELECT 0 AS line, 'fabriques-prospectives' AS key, 'Fabriques prospectives' AS name, 'programme' AS kind, NULL AS parent, NULL AS implied, NULL AS note
UNION ALL SELECT 0, 'territoires-d-industrie', 'Territoires d''industrie', 'programme', NULL, NULL, NULL
UNION ALL
SELECT min(line), project_id,
  CASE WHEN programme = 'Territoires d''industrie' THEN 'Territoire d''industrie ' || tidy(project_name)
    ELSE coalesce(replace(tidy(project_name), '’', ''''), 'Fabrique prospective n° ' || project_id[6:]) END,
  'project', if(programme = 'Territoires d''industrie', 'territoires-d-industrie', 'fabriques-prospectives'),
  if(project_name IS NULL, 'name', NULL), if(project_name IS NULL, 'Le fichier ne donne que son numéro.', NULL)
FROM "cooperations.csv" WHERE programme NOT LIKE 'Avenir montagnes%' AND project_id NOT IN ('fabp-20', 'fabp-21', 'fabp-22') GROUP BY programme, project_id, project_name
ORDER BY key
