-- A row a body. A number that two entries bear, and an entry that bears two of the numbers asked, are left out; so is
-- a point or a code where an entry has several, a point that is not on Earth (its literal begins with another globe), a
-- website that Wikidata says is unknown (genid).
WITH said AS (
  SELECT line, regexp_extract(record->>'$.item.value', '/entity/(Q\d+)$', 1) AS item, record->>'$.code.value' AS code,
    record->>'$.website.value' AS website, record->>'$.parentCode.value' AS parent,
    record->>'$.coordinates.value' AS point, record->>'$.ror.value' AS ror, record->>'$.pic.value' AS pic
  FROM "bodies.json"
), sure AS (
  SELECT item FROM said WHERE item <> ''
    AND code NOT IN (SELECT code FROM said GROUP BY code HAVING count(DISTINCT item) > 1)
  GROUP BY item HAVING count(DISTINCT code) = 1
), told AS (
  SELECT item, min(line) AS line, min(code) AS code,
    string_agg(DISTINCT website, '|' ORDER BY website)
      FILTER (regexp_full_match(website, 'https?://[^\s<>"{}|\\^`]+') AND website NOT LIKE '%/genid/%') AS websites,
    string_agg(DISTINCT 'SIREN=' || parent, '|' ORDER BY 'SIREN=' || parent) FILTER (parent <> code) AS parents,
    CASE WHEN count(DISTINCT point) = 1
      THEN regexp_extract(min(point), '^Point\((-?\d+\.?\d{0,9})\d* (-?\d+\.?\d{0,9})\d*\)$', ['longitude', 'latitude']) END AS point,
    CASE WHEN count(DISTINCT ror) = 1 AND regexp_full_match(min(ror), '[0-9a-z]{9}') THEN '|ROR=' || min(ror) END AS ror,
    CASE WHEN count(DISTINCT pic) = 1 AND regexp_full_match(min(pic), '\d{9}') THEN '|PIC=' || min(pic) END AS pic
  FROM said JOIN sure USING (item)
  GROUP BY item
)
SELECT line, lower(item) AS key, 'SIREN=' || code AS thing, 'http://www.wikidata.org/entity/' || item AS entry,
  'WIKIDATA=' || item || coalesce(ror, '') || coalesce(pic, '') AS known_as, websites, parents,
  nullif(point.latitude, '') AS latitude, nullif(point.longitude, '') AS longitude
FROM told
ORDER BY line
