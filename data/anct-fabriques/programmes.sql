-- The three Fabriques prospectives that only this repository may give: the other, under a licence, names none of them.
SELECT min(line) AS line, project_id AS key, 'Fabrique prospective n° ' || project_id[6:] AS name, 'project' AS kind
FROM "cooperations.csv" WHERE project_id IN ('fabp-20', 'fabp-21', 'fabp-22') GROUP BY project_id ORDER BY 1
