-- From the ledger of the last copy of a fetched source (`held`), the rows of that copy (`old`) and those of the new one
-- (`new`) to the ledger of the new one. `taken`: the day of the new copy by table; `dated`: the tables whose values are
-- dated one by one; `listing`: their columns that hold a list. See `maillage/sources/fetch/ledger.py`.

-- The last row known of each key before the new copy: listed in the last one, or gone before it.
CREATE TABLE known AS
SELECT old."table", old.key, coalesce(held.first_seen, old.first_seen) AS first_seen, old.last_seen, NULL::VARCHAR AS gone_on,
  old.line, old.cells
FROM old LEFT JOIN held ON held."table" = old."table" AND held.key = old.key AND held."column" IS NULL
UNION ALL
SELECT held."table", held.key, held.first_seen, held.last_seen, held.gone_on, held.line, held.cells
FROM held ANTI JOIN old ON held."table" = old."table" AND held.key = old.key
WHERE held."column" IS NULL AND held.gone_on IS NOT NULL;

CREATE MACRO values_of(rows_of) AS TABLE
SELECT DISTINCT "table", key, entry.key AS "column",
  unnest(CASE WHEN ("table", entry.key) IN (SELECT ("table", "column") FROM listing) THEN string_split(entry.value, '|')
    ELSE [entry.value] END) AS value
FROM (SELECT "table", key, unnest(map_entries(cells::JSON::MAP(VARCHAR, VARCHAR))) AS entry FROM query_table(rows_of)
  WHERE "table" IN (SELECT "table" FROM dated))
WHERE entry.value IS NOT NULL AND entry.key <> 'key';

CREATE TABLE known_value AS FROM values_of('known');
CREATE TABLE new_value AS FROM values_of('new');

CREATE TABLE seen AS
-- The rows of the new copy.
SELECT new."table", new.key, NULL::VARCHAR AS "column", NULL::VARCHAR AS value, coalesce(known.first_seen, new.day) AS first_seen,
  NULL::VARCHAR AS last_seen, NULL::VARCHAR AS gone_on, NULL::INTEGER AS line, NULL::VARCHAR AS cells
FROM new LEFT JOIN known ON known."table" = new."table" AND known.key = new.key
UNION ALL
-- Those that it no longer has, as they were last.
SELECT known."table", known.key, NULL, NULL, known.first_seen, known.last_seen, coalesce(known.gone_on, taken.day), known.line,
  known.cells
FROM known JOIN taken ON taken."table" = known."table" ANTI JOIN new ON new."table" = known."table" AND new.key = known.key
UNION ALL
-- Values that a row has not had since it was first seen.
SELECT new_value.*, coalesce(held.first_seen, taken.day), NULL, NULL, NULL, NULL
FROM new_value JOIN known ON known."table" = new_value."table" AND known.key = new_value.key
JOIN taken ON taken."table" = new_value."table"
LEFT JOIN known_value AS before ON before."table" = new_value."table" AND before.key = new_value.key
  AND before."column" = new_value."column" AND before.value = new_value.value
LEFT JOIN held ON held."table" = new_value."table" AND held.key = new_value.key AND held."column" = new_value."column"
  AND held.value = new_value.value
WHERE before.value IS NULL OR held.first_seen IS NOT NULL
UNION ALL
-- Values that a row had and has no longer.
SELECT known_value.*, coalesce(held.first_seen, known.first_seen), known.last_seen, taken.day, NULL, NULL
FROM known_value JOIN known ON known."table" = known_value."table" AND known.key = known_value.key
JOIN taken ON taken."table" = known_value."table"
SEMI JOIN new ON new."table" = known_value."table" AND new.key = known_value.key
ANTI JOIN new_value ON new_value."table" = known_value."table" AND new_value.key = known_value.key
  AND new_value."column" = known_value."column" AND new_value.value = known_value.value
LEFT JOIN held ON held."table" = known_value."table" AND held.key = known_value.key AND held."column" = known_value."column"
  AND held.value = known_value.value
UNION ALL
-- What was said of values before and still holds: those lost earlier, and those of rows that are gone.
SELECT held.*
FROM held JOIN taken ON taken."table" = held."table"
ANTI JOIN new_value ON new_value."table" = held."table" AND new_value.key = held.key AND new_value."column" = held."column"
  AND new_value.value = held.value
LEFT JOIN known_value AS before ON before."table" = held."table" AND before.key = held.key
  AND before."column" = held."column" AND before.value = held.value
LEFT JOIN new ON new."table" = held."table" AND new.key = held.key
WHERE held."column" IS NOT NULL AND (before.value IS NULL) = (held.gone_on IS NOT NULL)
  AND (before.value IS NULL OR new.key IS NULL);
