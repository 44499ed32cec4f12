WITH host AS (
  SELECT line, 'challenge-' || slug(record->>'$.id') AS challenge, record->>'$.year' AS year,
    slug(without_acronym(unnest(acting_in(record->>'$.administration')))) AS body
  FROM "defis.json"
)
SELECT DISTINCT line, 'hosts-' || body || '-' || challenge AS key, body AS agent, 'hosts' AS role, challenge AS activity, year AS start
FROM host ORDER BY line, body
