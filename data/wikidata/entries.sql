-- A row a body. A number that two entries bear, and an entry that bears two of the numbers asked, are left out.
WITH said AS (
  SELECT line, regexp_extract(record->>'$.item.value', '/entity/(Q\d+)$', 1) AS item, record->>'$.code.value' AS code,
    record->>'$.website.value' AS website, record->>'$.parentCode.value' AS parent
  FROM "bodies.json"
), sure AS (
  SELECT item FROM said WHERE item <> ''
    AND code NOT IN (SELECT code FROM said GROUP BY code HAVING count(DISTINCT item) > 1)
  GROUP BY item HAVING count(DISTINCT code) = 1
)
SELECT min(line) AS line, lower(item) AS key, 'SIREN=' || min(code) AS thing,
  'http://www.wikidata.org/entity/' || item AS entry, 'WIKIDATA=' || item AS known_as,
  string_agg(DISTINCT website, '|' ORDER BY website) FILTER (regexp_full_match(website, 'https?://[^\s<>"{}|\\^`]+')) AS websites,
  string_agg(DISTINCT 'SIREN=' || parent, '|' ORDER BY 'SIREN=' || parent) FILTER (parent <> code) AS parents
FROM said JOIN sure USING (item)
GROUP BY item
ORDER BY min(line)
