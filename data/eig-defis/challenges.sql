SELECT line, 'challenge-' || slug(record->>'$.id') AS key, tidy(record->>'$.title') AS name, 'challenge' AS kind,
  'promotion-' || slug(record->>'$.promotion') AS parent, record->>'$.year' AS start
FROM "defis.json"
