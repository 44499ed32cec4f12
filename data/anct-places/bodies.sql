-- Fabriques and manufactures are places with a name of their own; cités and supports are projects, in programmes.sql.
-- A note to oneself and an address that stand in a name are left out. A cell may hold several labels; where it names as
-- many places, each is one, else they are two labels of one place.
WITH said AS (SELECT line, programme, commune_code, string_split(id, ';') AS ids, string_split(name, ';') AS names FROM "places.csv"
  WHERE programme IN ('Fabriques de territoire', 'Manufactures de proximité')
), place AS (
  SELECT line, programme, commune_code, slug(unnest(ids)) AS key, tidy(unnest(names)) AS name FROM said WHERE len(ids) = len(names)
  UNION ALL
  SELECT line, programme, commune_code, slug(array_to_string(ids, ' ')), tidy(array_to_string(names, ';')) FROM said WHERE len(ids) <> len(names)
)
SELECT min(line) AS line, key, tidy(regexp_replace(any_value(name), '( bdd h\.s.*|\S+@\S+\.\S+)', '', 'g')) AS name, 'commune-' || lower(any_value(commune_code)) AS territory
FROM place GROUP BY key ORDER BY 1, 2
