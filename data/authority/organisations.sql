-- What the authority file says of the bodies of the graph, of those of the archive of La 27e Région (archive.csv), and of
-- the hosts of challenges (challenges.csv), and of those that a decision joins (public.csv): kind, territory,
-- parent, SIREN, each with its own page. A value is kept when
-- that page is in pages.csv; a body of which nothing but its name would be left is not. The country, as the area of a
-- national body, is in competences.sql. A kind without a page is read in the name (p-ext).
-- The file puts « Ville de » before the name of a commune as it stands: Ville de Le Havre is Ville du Havre.
WITH joined AS (
  SELECT DISTINCT authority FROM "links.csv" WHERE list = 'graph' AND relation IN ('same', 'successive-name')
  UNION SELECT key FROM "archive.csv" UNION SELECT key FROM "challenges.csv" UNION SELECT key FROM "public.csv"
), cited AS (
  SELECT *, coalesce(page_of(sources, 'kind'), 'p-ext') AS kind_page, page_of(sources, 'territory') AS territory_page,
    page_of(sources, 'parent') AS parent_page, page_of(sources, 'siren') AS siren_page
  FROM "authorities.csv" WHERE key IN (FROM joined)
), kept AS (
  SELECT line, key, name, certainty AS surety, territory_certainty, kind_page, territory_page, parent_page, siren_page,
    CASE WHEN kind_page IN (SELECT key FROM "pages.csv") THEN coalesce(kind_proposed, kind) END AS kind,
    CASE WHEN territory_page NOT IN (SELECT key FROM "pages.csv") THEN NULL WHEN territory = 'EU' THEN 'union-eu'
      WHEN contains(territory, '-') THEN territory END AS territory,
    CASE WHEN parent_page IN (SELECT key FROM "pages.csv") AND parent IN (FROM joined) THEN parent END AS parent,
    CASE WHEN siren_page IN (SELECT key FROM "pages.csv") THEN siren END AS siren,
    territory_page = 'p-ext' OR list_has_any([page_of(sources, 'siret'), page_of(sources, 'wikidata'), page_of(sources, 'ror')],
      (SELECT list(key) FROM "pages.csv")) AS is_told_elsewhere
  FROM cited
)
SELECT kept.line, slug(kept.key) AS key, regexp_replace(replace(replace(name, 'Ville de Les ', 'Ville des '),
  'Ville de Le ', 'Ville du '), '^Ville de ([AEIOUÉÈ])', 'Ville d''\1') AS name, kind, slug(parent) AS parent, territory, siren,
  concat_ws('|', 'p-ext', 'kind=' || if(kind IS NULL, NULL, kind_page), 'territory=' || if(territory IS NULL, NULL, territory_page),
    'parent=' || if(parent IS NULL, NULL, parent_page), 'siren=' || if(siren IS NULL, NULL, siren_page)) AS passages,
  concat_ws('|', if(kind IS NOT NULL AND surety = 'implied', 'kind', NULL), if(parent_page = 'p-ext' AND parent IS NOT NULL, 'parent', NULL),
    if(territory IS NOT NULL AND territory_certainty = 'implied', 'territory', NULL),
    told.implied) AS implied,
  if(kind IS NOT NULL AND surety = 'ambiguous', 'kind', NULL) AS ambiguous, note
FROM kept LEFT JOIN "notes.csv" AS told ON told.key = kept.key
WHERE coalesce(kind, territory, parent, siren) IS NOT NULL OR is_told_elsewhere
ORDER BY slug(kept.key)
