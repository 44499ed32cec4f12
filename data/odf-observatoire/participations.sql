WITH said AS (SELECT line, regexp_replace(siren, '\D', '', 'g') AS siren, tidy(unnest(string_split(platform, ','))) AS platform FROM "organisations.csv")
SELECT min(line) AS line, 'siren-' || siren || '-takes-part-platform-' || slug(platform) AS key, 'siren-' || siren AS agent,
  'takes-part' AS role, 'platform-' || slug(platform) AS activity
FROM said WHERE platform IS NOT NULL AND slug(platform) NOT IN ('datagouv', 'data-gouv') AND siren IS NOT NULL
GROUP BY siren, slug(platform) ORDER BY 1, 2
