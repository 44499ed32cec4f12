SELECT line, 'event-' || (event->>'$.uid') AS key, tidy(event->>'$.title.fr') AS name, 'yes' AS named, 'event' AS kind,
  left(event->>'$.timings[0].begin', 10) AS start, left(event->>'$.timings[#-1].end', 10) AS "end",
  CASE event->>'$.attendanceMode' WHEN '1' THEN 'onsite' WHEN '2' THEN 'online' WHEN '3' THEN 'mixed' END AS attendance,
  'place-' || (event->>'$.location.uid') AS place, 'commune-' || lower(event->>'$.location.insee') AS territory
FROM (SELECT line, record AS event FROM "openagenda_api_v2_event.json" WHERE json_type(record) = 'OBJECT')
WHERE event->>'$.uid' IS NOT NULL
