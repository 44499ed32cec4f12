-- Where an event has an address: the place, and the commune that its postcode and its town say.
SELECT min(line) AS line, slug(record->>'$.place') AS key, min_by(tidy(record->>'$.place'), line) AS name,
  min_by(addressed(record->>'$.address'), line) AS territory
FROM "events.json" WHERE record->>'$.address' IS NOT NULL GROUP BY 2 ORDER BY 1
