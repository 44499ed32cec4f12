-- The five programmes; and each cité or support, by its own number (two may stand in one cell).
SELECT min(line) AS line, slug(programme) AS key, programme AS name, 'programme' AS kind, NULL AS parent FROM "places.csv" GROUP BY programme
UNION ALL
SELECT min(line), slug(id), any_value(programme) || ' : ' || any_value(tidy(name)), 'project', slug(any_value(programme))
FROM "places.csv" WHERE programme NOT IN ('Fabriques de territoire', 'Manufactures de proximité') GROUP BY slug(id)
ORDER BY 1, 2
