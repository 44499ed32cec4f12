-- Horizon 2020 itself, then its parts, each on the first line that names it.
SELECT 1 AS line, 'h2020' AS key, 'Horizon 2020' AS name, 'programme' AS kind, NULL AS parent
UNION ALL
SELECT min(line), 'h2020-' || slug(programme_part), 'Horizon 2020, ' || programme_part, 'programme', 'h2020'
FROM "programme_parts.csv.gz" GROUP BY programme_part
