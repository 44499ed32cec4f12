-- The programme places its people in the administrations of the French State: the country of each host is implied.
WITH host AS (
  SELECT line, slug(without_acronym(unnest(acting_in(replace(record->>'$.administration', '’', ''''))))) AS body FROM "defis.json"
)
SELECT min(line) AS line, 'country-of-' || body AS key, body AS thing, 'country-fr' AS country, 'implied' AS certainty,
  'Le programme place ses entrepreneurs dans les administrations de l''État français : le pays en est déduit.' AS note
FROM host GROUP BY body ORDER BY 1, 2
