-- The rows of gaps.rq, from the columns of a build (maillage/projection).
WITH typed AS (
  SELECT subject AS thing, object AS class
  FROM statements
  WHERE predicate = '<http://www.w3.org/1999/02/22-rdf-syntax-ns#type>'
),
regions AS (
  SELECT subject AS region
  FROM statements
  WHERE predicate = '<https://w3id.org/maillage/def#level>'
    AND object = '<https://w3id.org/maillage/list/territory-level/region>'
),
reach AS (
  SELECT region AS near, region FROM regions
  UNION
  SELECT said.subject AS near, regions.region
  FROM statements AS said
  JOIN regions ON regions.region = said.object
  WHERE said.predicate = '<https://w3id.org/maillage/def#within>'
),
stands AS (
  SELECT DISTINCT said.subject AS thing, reach.region
  FROM statements AS said
  JOIN reach ON reach.near = said.object
  WHERE said.predicate = '<https://w3id.org/maillage/def#territory>'
),
themes AS (
  SELECT subject AS thing, object AS theme
  FROM statements
  WHERE predicate = '<https://w3id.org/maillage/def#theme>'
),
holders AS (
  SELECT said.subject AS holder, said.object AS thing, themes.theme
  FROM statements AS said
  JOIN themes ON themes.thing = said.object
  WHERE said.predicate = '<https://w3id.org/maillage/def#answersFor>'
),
partners AS (
  SELECT DISTINCT shared.subject AS partnership, themes.theme, member.object AS member
  FROM statements AS shared
  JOIN themes ON themes.thing = shared.object
  JOIN statements AS member ON member.subject = shared.subject
  WHERE shared.predicate = '<https://w3id.org/maillage/def#sharedActivity>'
    AND member.predicate = '<https://w3id.org/maillage/def#member>'
),
bodies AS (
  SELECT stands.region, holders.theme, COUNT(DISTINCT holders.holder) AS n
  FROM holders
  JOIN stands ON stands.thing = holders.holder
  GROUP BY stands.region, holders.theme
),
labs AS (
  SELECT stands.region, holders.theme, COUNT(DISTINCT holders.holder) AS n
  FROM holders
  JOIN stands ON stands.thing = holders.holder
  JOIN typed ON typed.thing = holders.holder
  WHERE typed.class = '<https://w3id.org/maillage/def#InnovationLab>'
  GROUP BY stands.region, holders.theme
),
events AS (
  SELECT stands.region, holders.theme, COUNT(DISTINCT holders.thing) AS n
  FROM holders
  JOIN stands ON stands.thing = holders.holder
  JOIN typed ON typed.thing = holders.thing
  WHERE typed.class = '<https://schema.org/Event>'
  GROUP BY stands.region, holders.theme
),
partnerships AS (
  SELECT stands.region, partners.theme, COUNT(DISTINCT partners.partnership) AS n
  FROM partners
  JOIN stands ON stands.thing = partners.member
  GROUP BY stands.region, partners.theme
),
pairs AS (
  SELECT regions.region, said.theme
  FROM regions
  CROSS JOIN (SELECT DISTINCT theme FROM holders) AS said
  UNION
  SELECT region, theme FROM partnerships
),
organisations AS (
  SELECT DISTINCT thing FROM typed WHERE class = '<http://www.w3.org/ns/org#Organization>'
),
spoken_of AS (
  SELECT DISTINCT holder FROM holders
),
known AS (
  SELECT
    stands.region, COUNT(DISTINCT organisations.thing) AS n,
    COUNT(DISTINCT CASE WHEN spoken_of.holder IS NULL THEN organisations.thing END) AS mute
  FROM organisations
  JOIN stands ON stands.thing = organisations.thing
  LEFT JOIN spoken_of ON spoken_of.holder = organisations.thing
  GROUP BY stands.region
),
counted AS (
  SELECT
    pairs.region, pairs.theme, COALESCE(bodies.n, 0) AS bodies, COALESCE(labs.n, 0) AS labs,
    COALESCE(events.n, 0) AS events, COALESCE(partnerships.n, 0) AS partnerships, COALESCE(known.n, 0) AS known,
    COALESCE(known.mute, 0) AS silent
  FROM pairs
  LEFT JOIN bodies ON bodies.region = pairs.region AND bodies.theme = pairs.theme
  LEFT JOIN labs ON labs.region = pairs.region AND labs.theme = pairs.theme
  LEFT JOIN events ON events.region = pairs.region AND events.theme = pairs.theme
  LEFT JOIN partnerships ON partnerships.region = pairs.region AND partnerships.theme = pairs.theme
  LEFT JOIN known ON known.region = pairs.region
),
judged AS (
  SELECT
    counted.*,
    CASE
      WHEN bodies + partnerships > 0 THEN '"some"'
      WHEN silent > 0 OR known = 0 THEN '"unknown"'
      ELSE '"zero"'
    END AS state
  FROM counted
),
names AS (
  SELECT '"some"' AS state, 'fr' AS lang, '"connu"@fr' AS name
  UNION ALL SELECT '"some"' AS state, 'en' AS lang, '"known"@en' AS name
  UNION ALL SELECT '"zero"' AS state, 'fr' AS lang, '"rien"@fr' AS name
  UNION ALL SELECT '"zero"' AS state, 'en' AS lang, '"none"@en' AS name
  UNION ALL SELECT '"unknown"' AS state, 'fr' AS lang, '"non connu"@fr' AS name
  UNION ALL SELECT '"unknown"' AS state, 'en' AS lang, '"not known"@en' AS name
),
called AS (
  SELECT names.state, names.name FROM names JOIN spoken ON spoken.lang = names.lang
)
SELECT
  judged.region, area.label AS "regionLabel", judged.theme, topic.label AS "themeLabel",
  CAST(judged.bodies AS VARCHAR) AS bodies, CAST(judged.labs AS VARCHAR) AS labs,
  CAST(judged.events AS VARCHAR) AS events, CAST(judged.partnerships AS VARCHAR) AS partnerships,
  judged.state, called.name AS "stateLabel",
  CAST(judged.known AS VARCHAR) AS known, CAST(judged.silent AS VARCHAR) AS silent
FROM judged
JOIN called ON called.state = judged.state
JOIN labels AS area ON area.thing = judged.region
JOIN labels AS topic ON topic.thing = judged.theme
