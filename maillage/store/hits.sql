-- The names that answer, the best first; a thing may stand in several rows.
SELECT thing, text FROM name WHERE text = :asked
UNION ALL
SELECT thing, text FROM name WHERE form = :form
UNION ALL
SELECT thing, name.text FROM spelling JOIN name ON name.id = spelling.rowid WHERE spelling MATCH :opening
UNION ALL
SELECT thing, name.text FROM spelling JOIN name ON name.id = spelling.rowid WHERE spelling MATCH :words
UNION ALL
SELECT thing, text FROM name WHERE initials = :asked
UNION ALL
SELECT thing, name.text FROM spelling JOIN name ON name.id = spelling.rowid WHERE spelling MATCH :beginning
UNION ALL
SELECT thing, name.text FROM spelling JOIN name ON name.id = spelling.rowid WHERE spelling MATCH :beginnings
