-- Where an event has an address: the place, and the commune that its postcode and its town say.
SELECT min(line) AS line, slug(record->>'$.lieu') AS key, min_by(tidy(record->>'$.lieu'), line) AS name,
  min_by(addressed(record->>'$.adresse'), line) AS territory
FROM "site.zip"
WHERE record->>'$.event_start_date' IS NOT NULL AND coalesce(record->>'$.published', '') <> 'false'
  AND slug(record->>'$.adresse') <> '' AND slug(record->>'$.lieu') <> ''
GROUP BY 2 ORDER BY 1
