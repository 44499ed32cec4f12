-- A project on the line of its first participation; its dates are those of every line that names it. NA: not known.
SELECT min(p.line) AS line, 'project-' || p.rcn AS key, 'Projet H2020 ' || p.rcn || ' (RCN)' AS name, 'project' AS kind,
  'h2020-' || slug(any_value(part.programme_part)) AS parent,
  nullif(min(p.start_date), 'NA') AS start, nullif(min(p.end_date), 'NA') AS "end"
FROM "h2020.csv.gz" p LEFT JOIN "programme_parts.csv.gz" part ON part.rcn = p.rcn
GROUP BY p.rcn
