WITH link AS (
  SELECT line, slug(record->>'$.id') AS product, slug(unnest(from_json(record->'$.attributes.sponsors', '["VARCHAR"]'))) AS sponsor,
    list_min(from_json(record->'$.attributes.phases[*].start', '["VARCHAR"]')) AS start
  FROM "startups.json"
), body AS (
  SELECT slug(key) AS sponsor, CASE WHEN person(unescaped(record->>'$.name'), record->>'$.acronym') THEN 'unnamed-' || line ELSE slug(key) END AS key
  FROM "sponsors.json"
)
SELECT link.line, 'sponsors-' || body.key || '-' || product AS key, body.key AS agent, 'sponsors' AS role,
  'product-' || product AS activity, nullif(start, '') AS start
FROM link LEFT JOIN body ON body.sponsor = link.sponsor ORDER BY link.line, body.key
