WITH said AS (
  SELECT line, event_key(record) AS event, unnest(CASE json_type(record->'$.organizer') WHEN 'ARRAY'
    THEN from_json(record->'$.organizer', '["JSON"]') ELSE [record->'$.organizer'] END) AS body FROM "events.html"
  WHERE coalesce(record->>'$.eventStatus', '') NOT LIKE '%EventCancelled'
)
SELECT min(line) AS line, 'organises-' || slug(unescaped(body->>'$.name')) || '-' || event AS key,
  slug(unescaped(body->>'$.name')) AS agent, 'organises' AS role, event AS activity
FROM said WHERE body->>'$."@type"' NOT LIKE '%Person%' AND NOT person(unescaped(body->>'$.name'), NULL)
GROUP BY ALL ORDER BY 1, 2
