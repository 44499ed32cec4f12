-- One event alone is under `event`; a page of them is a list, which the fetching puts at the root.
SELECT line, 'place-' || (event->>'$.location.uid') AS key, tidy(event->>'$.location.name') AS name,
  'commune-' || lower(event->>'$.location.insee') AS territory
FROM (SELECT line, record AS event FROM "openagenda_api_v2_event.json" WHERE json_type(record) = 'OBJECT')
WHERE event->>'$.location.uid' IS NOT NULL
