-- An event that has parts is a set of events. What was called off did not take place. Held at a virtual place: online.
SELECT min(line) AS line, event_key(record) AS key, min_by(tidy(unescaped(record->>'$.name')), line) AS name, 'yes' AS named,
  CASE WHEN max((record->>'$.subEvent')::INTEGER) > 0 THEN 'set' ELSE 'event' END AS kind,
  min(left(record->>'$.startDate', 10)) AS start, max(left(record->>'$.endDate', 10)) AS "end",
  CASE regexp_extract(min_by(record->>'$.eventAttendanceMode', line), '(Online|Offline|Mixed)EventAttendanceMode$', 1)
    WHEN 'Online' THEN 'online' WHEN 'Offline' THEN 'onsite' WHEN 'Mixed' THEN 'mixed'
    ELSE CASE WHEN min_by(record->>'$.location."@type"', line) = 'VirtualLocation' THEN 'online' END END AS attendance,
  CASE WHEN place_name(held_at(min_by(record, line))) IS NOT NULL THEN place_key(held_at(min_by(record, line))) END AS place,
  place_commune(held_at(min_by(record, line))) AS territory,
  address_key(nullif(min_by(record->>'$.superEvent', line), '')) AS super_event
FROM "events.html" WHERE coalesce(record->>'$.eventStatus', '') NOT LIKE '%EventCancelled'
GROUP BY 2 ORDER BY 1, 2
