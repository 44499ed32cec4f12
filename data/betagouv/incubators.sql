-- One that the site hides has no title: its key stands for it. Its owner is the body that it is part of.
SELECT line, 'incubator-' || slug(key) AS key, coalesce(tidy(record->>'$.title'), 'Incubateur ' || key) AS name,
  nullif(slug(replace(record->>'$.owner', '/organisations/', '')), '') AS parent,
  CASE WHEN regexp_full_match(record->>'$.website', 'https?://[^\s<>"{}|\\^`]+') THEN record->>'$.website' END AS website
FROM "incubators.json"
