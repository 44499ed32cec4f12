-- A body on the line where it first takes part. Only the kinds that one of ours is for certain: a company, and a
-- place of higher education; PUB, REC and OTH say too little. France alone is a territory that we hold.
SELECT min(line) AS line, 'pic-' || pic AS key, 'Organisme PIC ' || pic AS name,
  CASE any_value(type) WHEN 'PRC' THEN 'company' WHEN 'HES' THEN 'university' END AS kind,
  any_value(type) AS registered_as, CASE any_value(country) WHEN 'FR' THEN 'country-fr' END AS territory, pic
FROM "h2020.csv.gz" GROUP BY pic
