-- Begins with its first phase; ends with its last one where that is to be given up. Themes by `themes.csv`.
WITH product AS (
  SELECT line, slug(record->>'$.id') AS key, tidy(unescaped(record->>'$.attributes.name')) AS name,
    from_json(record->'$.attributes.phases', '[{"name": "VARCHAR", "start": "VARCHAR"}]') AS phases,
    from_json(record->'$.attributes.thematiques', '["VARCHAR"]') AS labels
  FROM "startups.json"
), phase AS (
  SELECT key, unnest(phases) AS one FROM product
), life AS (
  SELECT key, min(one.start) FILTER (one.start <> '') AS start, max(one.start) AS last_start,
    max_by(one.name, one.start) AS last FROM phase GROUP BY key
), theme AS (
  SELECT product.key, string_agg(DISTINCT crosswalk.theme, '|' ORDER BY crosswalk.theme) AS themes
  FROM product, unnest(labels) AS said(label) JOIN "themes.csv" AS crosswalk ON slug(said.label) = slug(crosswalk.label)
  GROUP BY product.key
)
SELECT product.line, 'product-' || product.key AS key, product.name, 'product' AS kind, life.start,
  CASE WHEN life.last LIKE 'abandon%' THEN life.last_start END AS "end", theme.themes
FROM product LEFT JOIN life ON life.key = product.key LEFT JOIN theme ON theme.key = product.key
ORDER BY product.line
