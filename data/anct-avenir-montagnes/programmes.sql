-- The two parts of the programme, and each of their groups.
SELECT min(line) AS line, slug(programme) AS key, programme AS name, 'programme' AS kind, NULL AS parent
FROM "cooperations.csv" WHERE programme LIKE 'Avenir montagnes%' GROUP BY programme
UNION ALL
SELECT min(line), project_id, any_value(programme) || ' : ' || coalesce(any_value(tidy(project_name)), project_id), 'project', slug(any_value(programme))
FROM "cooperations.csv" WHERE programme LIKE 'Avenir montagnes%' GROUP BY project_id
ORDER BY 1, 2
