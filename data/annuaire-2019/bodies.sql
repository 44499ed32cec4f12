-- The code of the commune stands in the identifier. The first town hall of a commune is the commune itself. Postcodes
-- below 10000 have lost their first digit in the file; five addresses end with numbers to call, which are cut.
WITH body AS (
  SELECT *, upper(regexp_extract(id, '-(\d{5}|2[AB]\d{3})-\d+$', 1)) AS commune FROM "authorities.csv"
)
SELECT body.line, slug(id) AS key, tidy(name) AS name, kind, type_codes AS registered_as,
  CASE WHEN commune <> '' THEN 'commune-' || lower(commune) END AS territory,
  regexp_replace(regexp_replace(tidy(regexp_replace(address, '[-, ]*(Tél|Fax) ?:.*$', '')), ', ?(\d{4}), ?', ', 0\1 '), ', ?(\d{5}), ?', ', \1 ') AS address,
  CASE WHEN regexp_full_match(home_page, 'https?://[^\s<>"{}|\\^`]+') THEN home_page END AS website,
  'ANNUAIRE-2019=' || id || CASE WHEN type_codes = 'mairie' AND id LIKE '%-01' THEN '|COG=' || commune ELSE '' END AS identifiers
FROM body LEFT JOIN "kinds.csv" AS crosswalk ON crosswalk.type = body.type_codes
ORDER BY body.line
