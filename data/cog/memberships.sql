-- A member without SIREN number in this file has no council here.
WITH member AS (
  SELECT line, record->>'$.code' AS grouping, unnest(from_json(record->'$.membres', '["JSON"]')) AS member FROM "epci.json"
)
SELECT line, 'membership-' || grouping || '-' || lower(member->>'$.code') AS key,
  'council-' || lower(member->>'$.code') AS member, 'grouping-' || grouping AS organisation
FROM member
