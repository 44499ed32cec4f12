-- The programme, then its promotions by the names that the site gives them.
SELECT 1 AS line, 'eig' AS key, 'Entrepreneurs d''intérêt général' AS name, 'programme' AS kind, NULL AS parent
UNION ALL
SELECT line, 'promotion-' || slug(record->>'$.promotion'), tidy(record->>'$.title'), 'programme', 'eig' FROM "promos.yml"
