-- The offices in charge of free software; the identifier that they give is that of the body they are in, not theirs.
SELECT line, slug(regexp_replace(key, 'https?://', '')) AS key, tidy(record->>'$.name') AS name, key AS website,
  record->>'$.created' AS created
FROM "fr-public-sector-ospo.yml"
