SELECT min(line) AS line, place_key(held_at(record)) AS key, min_by(place_name(held_at(record)), line) AS name,
  min_by(place_commune(held_at(record)), line) AS territory
FROM "events.html" WHERE place_name(held_at(record)) IS NOT NULL GROUP BY 2 ORDER BY 1, 2
