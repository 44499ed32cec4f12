-- The names that answer, the best first; a thing may stand in several rows.
SELECT thing, text FROM name WHERE text = :asked
UNION ALL
SELECT thing, text FROM name WHERE form = :form
UNION ALL
SELECT thing, name.text FROM word JOIN name ON name.id = word.rowid WHERE word MATCH :opening
UNION ALL
SELECT thing, name.text FROM word JOIN name ON name.id = word.rowid WHERE word MATCH :words
UNION ALL
SELECT thing, text FROM name WHERE initials = :asked
UNION ALL
SELECT thing, name.text FROM word JOIN name ON name.id = word.rowid WHERE word MATCH :beginning
UNION ALL
SELECT thing, name.text FROM word JOIN name ON name.id = word.rowid WHERE word MATCH :beginnings
