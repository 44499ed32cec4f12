SELECT line, 'grouping-' || (record->>'$.code') AS key, record->>'$.nom' AS name, 'intercommunality' AS kind,
  'intercommunality-' || (record->>'$.code') AS territory, 'SIREN=' || (record->>'$.code') AS identifiers
FROM "epci.json"
