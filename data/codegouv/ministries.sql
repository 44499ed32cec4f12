SELECT line, slug(key) AS key, tidy(record->>'$') AS name,
  CASE WHEN record->>'$' LIKE 'Ministère%' THEN 'ministry' END AS kind, 'ANNUAIRE=' || key AS identifiers
FROM "top_organizations.yml"
