-- The platforms by name; a cell may hold several.
WITH said AS (SELECT line, siren, tidy(unnest(string_split(platform, ','))) AS platform FROM "organisations.csv")
SELECT min(line) AS line, 'platform-' || slug(platform) AS key, min_by(platform, line) AS name, 'product' AS kind
FROM said WHERE platform IS NOT NULL AND slug(platform) NOT IN ('datagouv', 'data-gouv') GROUP BY slug(platform) ORDER BY 1, 2
