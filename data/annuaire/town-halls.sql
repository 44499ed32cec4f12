-- What stands in `pivot` and the addresses is JSON inside a string, '' or null, or JSON already.
WITH body AS (
  SELECT line, record->>'$.id' AS id, tidy(record->>'$.nom') AS name,
    inner_json(record->>'$.pivot') AS types, inner_json(record->>'$.site_internet') AS sites,
    directory_address(inner_json(record->>'$.adresse')) AS address
  FROM "ods_v2.1_export_json_mairie.json"
), told AS (
  SELECT *, types->>'$[0].type_service_local' AS type, upper(types->>'$[0].code_insee_commune[0]') AS commune,
    sites->>'$[0].valeur' AS site
  FROM body
)
SELECT told.line, slug(id) AS key, name, kind, told.type AS registered_as, 'commune-' || lower(commune) AS territory, address,
  CASE WHEN regexp_full_match(site, 'https?://[^\s<>"{}|\\^`]+') THEN site END AS website,
  'ANNUAIRE=' || id || coalesce('|COG=' || commune, '') AS identifiers
FROM told LEFT JOIN "kinds.csv" AS crosswalk ON crosswalk.type = told.type
ORDER BY told.line
