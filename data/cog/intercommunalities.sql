-- One that spreads over several departments lies within none of them.
WITH member AS (
  SELECT line, record->>'$.code' AS code, record->>'$.nom' AS name,
    department_of(trim(unnest(record->'$.membres[*].code')::VARCHAR, '"')) AS department
  FROM "epci.json"
)
SELECT line, 'intercommunality-' || code AS key, code, name, 'intercommunality' AS level,
  CASE WHEN count(DISTINCT department) = 1 THEN 'department-' || lower(min(department)) END AS within
FROM member GROUP BY line, code, name ORDER BY line
