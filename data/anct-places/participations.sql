WITH said AS (SELECT line, programme, commune_code, string_split(id, ';') AS ids, string_split(name, ';') AS names FROM "places.csv"
  WHERE programme IN ('Fabriques de territoire', 'Manufactures de proximité')
), place AS (
  SELECT line, programme, commune_code, slug(unnest(ids)) AS key, tidy(unnest(names)) AS name FROM said WHERE len(ids) = len(names)
  UNION ALL
  SELECT line, programme, commune_code, slug(array_to_string(ids, ' ')), tidy(array_to_string(names, ';')) FROM said WHERE len(ids) <> len(names)
)
SELECT min(line) AS line, key || '-takes-part-' || slug(any_value(programme)) AS key, key AS agent, 'takes-part' AS role,
  slug(any_value(programme)) AS activity
FROM place GROUP BY place.key ORDER BY 1, 2
