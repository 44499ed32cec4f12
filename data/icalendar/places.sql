-- The place as the entry spells it, its address with it; an address on the web is no place.
WITH entry AS (
  SELECT line, tidy(record->>'$.location') AS place FROM "events.ics"
  WHERE record->>'$.location' NOT SIMILAR TO '\s*https?://.*'
)
SELECT min(line) AS line, 'place-' || slug(place) AS key, min_by(place, line) AS name, min_by(addressed(place), line) AS territory
FROM entry WHERE slug(place) <> '' GROUP BY 2 ORDER BY 1, 2
