-- The rows of coverage-by-territory.rq, of every source, from the columns of a build (maillage/projection).
WITH typed AS (
  SELECT DISTINCT subject AS thing, object AS class
  FROM statements
  WHERE predicate = '<http://www.w3.org/1999/02/22-rdf-syntax-ns#type>'
    AND object IN (
      '<http://www.w3.org/ns/org#Organization>',
      '<https://w3id.org/maillage/def#InnovationLab>',
      '<https://schema.org/Event>'
    )
),
nowhere AS (
  SELECT DISTINCT subject AS thing
  FROM statements
  WHERE (predicate = '<http://www.w3.org/1999/02/22-rdf-syntax-ns#type>'
      AND object = '<https://w3id.org/maillage/def#Edition>')
    OR (predicate = '<https://w3id.org/maillage/def#attendance>'
      AND object = '<https://w3id.org/maillage/list/attendance/online>')
),
counted AS (
  SELECT typed.thing, typed.class
  FROM typed
  LEFT JOIN nowhere ON nowhere.thing = typed.thing
  WHERE nowhere.thing IS NULL
),
levels AS (
  SELECT subject AS place, object AS level
  FROM statements
  WHERE predicate = '<https://w3id.org/maillage/def#level>'
),
regions AS (
  SELECT levels.place AS area, labels.label AS "areaLabel"
  FROM levels
  JOIN labels ON labels.thing = levels.place
  WHERE levels.level = '<https://w3id.org/maillage/list/territory-level/region>'
),
within AS (
  SELECT subject AS near, object AS area
  FROM statements
  WHERE predicate = '<https://w3id.org/maillage/def#within>'
),
places AS (
  SELECT subject AS thing, object AS near, predicate
  FROM statements
  WHERE predicate IN ('<https://w3id.org/maillage/def#territory>', '<https://w3id.org/maillage/def#country>')
),
stands AS (
  SELECT DISTINCT thing, near
  FROM places
  WHERE predicate = '<https://w3id.org/maillage/def#territory>'
),
areas AS (
  SELECT stands.thing, regions.area, regions."areaLabel"
  FROM stands
  JOIN regions ON regions.area = stands.near
  UNION
  SELECT stands.thing, regions.area, regions."areaLabel"
  FROM stands
  JOIN within ON within.near = stands.near
  JOIN regions ON regions.area = within.area
),
home AS (
  SELECT DISTINCT within.area AS place
  FROM within
  JOIN levels ON levels.place = within.near
  WHERE levels.level = '<https://w3id.org/maillage/list/territory-level/region>'
),
abroad AS (
  SELECT DISTINCT places.thing
  FROM places
  JOIN levels ON levels.place = places.near
  LEFT JOIN home ON home.place = places.near
  WHERE home.place IS NULL
    AND levels.level IN (
      '<https://w3id.org/maillage/list/territory-level/country>',
      '<https://w3id.org/maillage/list/territory-level/union>'
    )
),
placed AS (
  SELECT DISTINCT thing FROM stands
),
ranked AS (
  SELECT
    counted.class, areas.area, areas."areaLabel",
    CASE
      WHEN areas.area IS NOT NULL THEN 1
      WHEN abroad.thing IS NOT NULL THEN 3
      WHEN placed.thing IS NOT NULL THEN 2
      ELSE 4
    END AS place
  FROM counted
  LEFT JOIN areas ON areas.thing = counted.thing
  LEFT JOIN abroad ON abroad.thing = counted.thing
  LEFT JOIN placed ON placed.thing = counted.thing
  UNION ALL
  SELECT CAST(NULL AS VARCHAR) AS class, area, "areaLabel", 1 AS place FROM regions
),
names AS (
  SELECT 2 AS place, 'fr' AS lang, '"hors de toute région"@fr' AS name
  UNION ALL SELECT 2 AS place, 'en' AS lang, '"outside any region"@en' AS name
  UNION ALL SELECT 3 AS place, 'fr' AS lang, '"autre pays"@fr' AS name
  UNION ALL SELECT 3 AS place, 'en' AS lang, '"another country"@en' AS name
  UNION ALL SELECT 4 AS place, 'fr' AS lang, '"territoire non connu"@fr' AS name
  UNION ALL SELECT 4 AS place, 'en' AS lang, '"territory not known"@en' AS name
),
called AS (
  SELECT names.place, names.name FROM names JOIN spoken ON spoken.lang = names.lang
)
SELECT
  CAST(ranked.place AS VARCHAR) AS rank, ranked.area, COALESCE(ranked."areaLabel", called.name) AS "areaLabel",
  CAST(SUM(CASE WHEN class = '<http://www.w3.org/ns/org#Organization>' THEN 1 ELSE 0 END) AS VARCHAR) AS bodies,
  CAST(SUM(CASE WHEN class = '<https://w3id.org/maillage/def#InnovationLab>' THEN 1 ELSE 0 END) AS VARCHAR) AS labs,
  CAST(SUM(CASE WHEN class = '<https://schema.org/Event>' THEN 1 ELSE 0 END) AS VARCHAR) AS events
FROM ranked
LEFT JOIN called ON called.place = ranked.place
GROUP BY ranked.place, ranked.area, ranked."areaLabel", called.name
