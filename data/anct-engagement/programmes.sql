-- The four programmes, under the acronym that the file gives.
SELECT min(line) AS line, slug(dispositif) AS key, dispositif AS name, 'programme' AS kind
FROM "territoires_engagement.csv" WHERE dispositif IS NOT NULL GROUP BY dispositif ORDER BY 1
