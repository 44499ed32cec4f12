-- The country as the area of the national bodies of the graph: implied by what they are; where they sit is not said.
SELECT line, 'competence-' || slug(key) AS key, slug(key) AS thing, 'country-fr' AS territory, 'p-ext' AS passages, 'implied' AS certainty,
  'Organisme national : son ressort est le pays, sous-entendu par ce qu''il est ; rien n''est dit de son siège.' AS note
FROM "authorities.csv" AS body
WHERE territory = 'FR' AND page_of(sources, 'territory') = 'p-ext'
  AND key IN (SELECT authority FROM "links.csv" WHERE list = 'graph' AND relation IN ('same', 'successive-name')
    UNION SELECT key FROM "archive.csv" UNION SELECT key FROM "challenges.csv" UNION SELECT key FROM "public.csv")
ORDER BY slug(body.key)
