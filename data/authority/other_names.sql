-- The other names of these bodies and their acronyms, each once a body.
WITH listed AS (
  SELECT line, slug(key) AS thing, name, unnest(list_distinct(string_split(concat_ws('|', acronym, other_names), '|'))) AS form,
    acronym, sources
  FROM "authorities.csv"
)
SELECT line, concat_ws('-', 'form', thing, slug(form)) AS key, thing, form,
  if(form = acronym, 'acronym', 'variant') AS name_kind, 'p-ext' AS passages, 'stated' AS certainty
FROM listed WHERE form <> '' AND form <> name
QUALIFY row_number() OVER (PARTITION BY thing, slug(form) ORDER BY name_kind) = 1
ORDER BY key
