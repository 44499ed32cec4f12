WITH link AS (
  SELECT line, slug(record->>'$.id') AS product, slug(unnest(from_json(record->'$.relationships.incubators.data[*].id', '["VARCHAR"]'))) AS incubator,
    list_min(from_json(record->'$.attributes.phases[*].start', '["VARCHAR"]')) AS start
  FROM "startups.json"
)
SELECT line, 'incubates-' || incubator || '-' || product AS key, 'incubator-' || incubator AS agent, 'incubates' AS role,
  'product-' || product AS activity, nullif(start, '') AS start
FROM link ORDER BY line, incubator
