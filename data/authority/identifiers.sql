-- The other numbers of the bodies of the graph: SIRET, Wikidata, ROR, each with the page where it was read.
WITH said AS (
  SELECT line, slug(key) AS key, unnest([
    {'register': 'SIRET', 'code': siret, 'page': page_of(sources, 'siret')},
    {'register': 'WIKIDATA', 'code': wikidata, 'page': page_of(sources, 'wikidata')},
    {'register': 'ROR', 'code': ror, 'page': page_of(sources, 'ror')}]) AS number
  FROM "authorities.csv"
  WHERE key IN (SELECT authority FROM "links.csv" WHERE list = 'graph' AND relation IN ('same', 'successive-name')
    UNION SELECT key FROM "archive.csv" UNION SELECT key FROM "challenges.csv" UNION SELECT key FROM "public.csv")
)
SELECT line, lower(number.register) || '-' || key AS key, key AS thing, number.register AS register, number.code AS code,
  number.page AS passages
FROM said WHERE number.code IS NOT NULL AND number.page IN (SELECT key FROM "pages.csv")
ORDER BY lower(number.register) || '-' || said.key
