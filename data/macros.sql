-- What the SELECTs of fetched sources share.

-- A text as a key: lower case, no accent, digits and letters with hyphens between.
CREATE MACRO slug(words) AS
  trim(regexp_replace(lower(strip_accents(replace(replace(words, 'œ', 'oe'), 'Œ', 'oe'))), '[^a-z0-9]+', '-', 'g'), '-');

-- A text that was written for HTML: the entities that French pages use.
CREATE MACRO unescaped(words) AS
  replace(replace(replace(replace(replace(words, '&#39;', ''''), '&quot;', '"'), '&lt;', '<'), '&gt;', '>'), '&amp;', '&');

-- A text on one line, without spaces around; none when empty.
CREATE MACRO tidy(words) AS nullif(trim(regexp_replace(words, '[\s\p{Z}]+', ' ', 'g')), '');

-- JSON that came inside a string: '' and null are none.
CREATE MACRO inner_json(words) AS try_cast(nullif(words, '') AS JSON);

-- The postcode and the town that end an address, as a cell of territory: « 33000 Bordeaux », « 75013 ».
CREATE MACRO addressed(address) AS nullif(regexp_replace(
  regexp_extract(regexp_replace(tidy(address), '(?i),? France$', ''), '\b\d{2} ?\d{3}( \p{L}[\p{L}''’. -]*)?$'), '^(\d{2}) (\d{3})', '\1\2'), '');

-- The code of the department of a commune: 2A, 75, 974 (three characters overseas).
CREATE MACRO department_of(code) AS CASE WHEN code[1:2] IN ('97', '98') THEN code[1:3] ELSE code[1:2] END;

-- Is a body entered under the name of a person (Prénom NOM), without an acronym? Nobody's name is taken.
CREATE MACRO person(name, acronym) AS tidy(acronym) IS NULL
  AND regexp_full_match(tidy(name), '\p{Lu}\p{Ll}+(-\p{Lu}\p{Ll}+)? \p{Lu}{2,}(-\p{Lu}{2,})?');

-- The bodies that one cell names together: a ministry and its directorate, two bodies with « et » between them. A
-- comma or a hyphen parts two bodies where a new name begins; « de la concurrence, de la consommation » is one.
CREATE MACRO bodies_in(cell) AS string_split(
  regexp_replace(regexp_replace(regexp_replace(rtrim(tidy(cell), ', '), ', (\p{Lu}|direction )', '¦\1', 'g'),
    ' - (Ministère|Services)', '¦\1', 'g'), ' et (Agence|DIRECCTE)', '¦\1', 'g'), '¦');

-- Those that act: the ministry that a directorate is said to be of does not, unless it is alone.
CREATE MACRO acting_in(cell) AS CASE
  WHEN len(list_filter(bodies_in(cell), lambda one: NOT regexp_matches(one, '^(Ministère|Services du Premier)'))) > 0
  THEN list_filter(bodies_in(cell), lambda one: NOT regexp_matches(one, '^(Ministère|Services du Premier)'))
  ELSE bodies_in(cell) END;

-- A name without the acronym that ends it in brackets, and that acronym.
CREATE MACRO without_acronym(name) AS tidy(regexp_replace(name, '\s*\([^()]*\)\s*$', ''));
CREATE MACRO acronym_of(name) AS nullif(regexp_extract(name, '\(([\p{L}\d-]{2,12})\)\s*$', 1), '');

-- An event of schema.org as a key: its address without the scheme, else its title and its first day.
CREATE MACRO address_key(address) AS 'event-' || nullif(slug(regexp_replace(address, '^https?://(www\.)?', '')), '');
CREATE MACRO event_key(event) AS coalesce(address_key(event->>'$."@id"'),
  'event-' || slug(concat_ws(' ', unescaped(event->>'$.name'), left(event->>'$.startDate', 10))));

-- Where it is held: the first place told, be it words or an object; a virtual one is none.
CREATE MACRO held_at(event) AS CASE json_type(event, '$.location')
  WHEN 'ARRAY' THEN json_extract(event, '$.location[0]') ELSE json_extract(event, '$.location') END;
CREATE MACRO place_name(place) AS tidy(unescaped(CASE WHEN json_type(place) = 'VARCHAR' THEN place->>'$'
  WHEN coalesce(place->>'$."@type"', '') NOT LIKE '%VirtualLocation%' THEN place->>'$.name' END));

-- Its commune, as a cell of territory: from the parts of an address in France, or from the end of one in words.
CREATE MACRO place_commune(place) AS CASE
  WHEN json_type(place) = 'VARCHAR' THEN addressed(place->>'$')
  WHEN json_type(place, '$.address') = 'VARCHAR' THEN addressed(place->>'$.address')
  WHEN coalesce(upper(coalesce(place->>'$.address.addressCountry.name', place->>'$.address.addressCountry')), 'FR') IN ('FR', 'FRA', 'FRANCE')
  THEN addressed(concat_ws(' ', place->>'$.address.postalCode', place->>'$.address.addressLocality')) END;
CREATE MACRO place_key(place) AS 'place-' || nullif(slug(concat_ws(' ', place_name(place), place_commune(place))), '');

-- A text of Markdown without its links: what is shown of each.
CREATE MACRO unlinked(words) AS regexp_replace(words, '\[([^\]]*)\]\([^)]*\)', '\1', 'g');

-- The first of the addresses that the directory of public bodies gives of one, as its post office would write it.
CREATE MACRO directory_address(said) AS tidy(concat_ws(', ', nullif(trim(said->>'$[0].numero_voie'), ''),
  tidy(concat_ws(' ', said->>'$[0].code_postal', said->>'$[0].nom_commune'))));

-- The one body that the directory names another as a child of; where it names several, none is chosen. `tables`: the
-- names of its relations, between double quotes.
CREATE MACRO directory_parents(tables) AS TABLE
  SELECT link->>'$.service' AS child, any_value(parent) AS parent
  FROM (SELECT record->>'$.id' AS parent, unnest(json_extract(inner_json(record->>'$.hierarchie'), '$[*]')) AS link
    FROM query_table(tables, true))
  WHERE link->>'$.type_hierarchie' = 'Service Fils' AND link->>'$.service' <> parent
  GROUP BY child HAVING count(DISTINCT parent) = 1;

-- The bodies of one relation of the directory. What stands in `pivot`, the sites, the addresses and the hierarchy is
-- JSON inside a string, '' or null, or JSON already. A town hall bears the code of its commune.
CREATE MACRO directory_bodies(relation, tables) AS TABLE
  SELECT line, slug(id) AS key, name, slug(parent) AS parent, type AS registered_as,
    'commune-' || lower(commune) AS territory, address,
    CASE WHEN regexp_full_match(site, 'https?://[^\s<>"{}|\\^`]+') THEN site END AS website,
    'ANNUAIRE=' || id || CASE WHEN type = 'mairie' AND commune IS NOT NULL THEN '|COG=' || commune ELSE '' END AS identifiers
  FROM (SELECT line, record->>'$.id' AS id, tidy(record->>'$.nom') AS name,
      inner_json(record->>'$.pivot')->>'$[0].type_service_local' AS type,
      upper(inner_json(record->>'$.pivot')->>'$[0].code_insee_commune[0]') AS commune,
      inner_json(record->>'$.site_internet')->>'$[0].valeur' AS site,
      directory_address(inner_json(record->>'$.adresse')) AS address
    FROM query_table(relation))
  LEFT JOIN directory_parents(tables) ON child = id;

-- The page that a list of sources (`field=ref field=ref`) gives for one field, as a key of pages.csv.
CREATE MACRO page_of(sources, field) AS 'p-' || nullif(regexp_extract(' ' || sources, ' ' || field || '=(\S+)', 1), '');
