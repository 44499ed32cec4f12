-- Who organises, where it is said to be an organisation and is not named as a person.
WITH said AS (
  SELECT line, unnest(CASE json_type(record->'$.organizer') WHEN 'ARRAY' THEN from_json(record->'$.organizer', '["JSON"]')
    ELSE [record->'$.organizer'] END) AS body FROM "events.html"
)
SELECT min(line) AS line, slug(unescaped(body->>'$.name')) AS key, min_by(tidy(unescaped(body->>'$.name')), line) AS name,
  min_by(CASE WHEN regexp_full_match(body->>'$.url', 'https?://[^\s<>"{}|\\^`]+') THEN body->>'$.url' END, line) AS website
FROM said WHERE body->>'$."@type"' NOT LIKE '%Person%' AND NOT person(unescaped(body->>'$.name'), NULL)
GROUP BY 2 ORDER BY 1, 2
