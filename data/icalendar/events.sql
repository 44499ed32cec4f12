-- OpenAgenda writes an entry a session, its UID being agenda//event//session or event//session: one event. What was
-- called off did not take place; an entry without a day or a title is left out. An address on the web is no place.
WITH entry AS (
  SELECT line, record, string_split(record->>'$.uid', '//') AS uid,
    CASE WHEN record->>'$.location' NOT SIMILAR TO '\s*https?://.*' THEN tidy(record->>'$.location') END AS place
  FROM "events.ics"
)
SELECT min(line) AS line, 'event-' || slug(CASE WHEN len(uid) > 1 THEN uid[-2] ELSE uid[1] END) AS key,
  min_by(tidy(record->>'$.summary'), line) AS name, 'yes' AS named, 'event' AS kind,
  min(record->>'$.first') AS start, max(record->>'$.last') AS "end",
  'place-' || nullif(slug(min_by(place, line)), '') AS place, min_by(addressed(place), line) AS territory
FROM entry
WHERE coalesce(record->>'$.status', '') <> 'CANCELLED'
  AND record->>'$.first' IS NOT NULL AND tidy(record->>'$.summary') IS NOT NULL
GROUP BY 2 ORDER BY 1, 2
