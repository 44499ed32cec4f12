-- What the file says of all its other bodies: no build reads them, `maillage enrich` offers what they say. A value is
-- kept when its page is in pages.csv; a body of which nothing but its name would be left is not.
WITH joined AS (
  SELECT authority FROM "links.csv" WHERE list = 'graph' AND relation IN ('same', 'successive-name')
  UNION SELECT key FROM "archive.csv" UNION SELECT key FROM "challenges.csv" UNION SELECT key FROM "public.csv"
), cited AS (
  SELECT *, coalesce(page_of(sources, 'kind'), 'p-ext') AS kind_page, page_of(sources, 'territory') AS territory_page,
    page_of(sources, 'siren') AS siren_page
  FROM "authorities.csv" ANTI JOIN joined ON authority = key
), kept AS (
  SELECT line, key, name, certainty AS surety, territory_certainty, kind_page, territory_page, siren_page,
    CASE WHEN kind_page IN (SELECT key FROM "pages.csv") THEN coalesce(kind_proposed, kind) END AS kind,
    CASE WHEN territory_page IN (SELECT key FROM "pages.csv") AND territory LIKE '%-_%' THEN lower(territory) END AS territory,
    CASE WHEN siren_page IN (SELECT key FROM "pages.csv") THEN siren END AS siren
  FROM cited
)
SELECT line, slug(key) AS key, name, kind, territory, siren,
  concat_ws('|', 'p-ext', 'kind=' || if(kind IS NULL, NULL, kind_page), 'territory=' || if(territory IS NULL, NULL, territory_page),
    'siren=' || if(siren IS NULL, NULL, siren_page)) AS passages, 'stated' AS certainty,
  concat_ws('|', if(kind IS NOT NULL AND surety <> 'stated', 'kind', NULL),
    if(territory IS NOT NULL AND territory_certainty <> 'stated', 'territory', NULL)) AS implied,
  if(implied = '', NULL, 'Sous-entendu dans la liste où la valeur est relevée.') AS note
FROM kept WHERE coalesce(kind, territory, siren) IS NOT NULL
ORDER BY slug(key)
