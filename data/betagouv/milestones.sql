-- The dated events of a product, numbered within it; the source gives them a kind, not a name.
WITH milestone AS (
  SELECT line, slug(record->>'$.id') AS product, tidy(unescaped(record->>'$.attributes.name')) AS name,
    unnest(from_json(record->'$.attributes.events', '[{"name": "VARCHAR", "date": "VARCHAR"}]')) AS one,
    generate_subscripts(from_json(record->'$.attributes.events', '["JSON"]'), 1) AS number
  FROM "startups.json"
)
SELECT line, 'milestone-' || product || '-' || number AS key,
  CASE one.name WHEN 'product_launch' THEN 'Lancement' WHEN 'committee' THEN 'Comité d''investissement'
    WHEN 'national_impact' THEN 'Impact national' WHEN 'end' THEN 'Fin' WHEN 'fast' THEN 'Fonds d''accélération (FAST)'
    WHEN 'eig' THEN 'Entrepreneurs d''intérêt général' ELSE 'Étape' END || ' : ' || name AS name,
  'no' AS named, 'event' AS kind, one.date AS start, 'product-' || product AS about
FROM milestone WHERE one.date <> ''
