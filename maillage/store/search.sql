-- Names in the order of hits, the shorter first: rows are read in that order and need no sorting.
-- A name of all the names of a thing has no form: it is there for its words.
CREATE TABLE made_from (digest TEXT NOT NULL);
CREATE TABLE thing (id INTEGER PRIMARY KEY, iri TEXT NOT NULL, labels TEXT NOT NULL);
CREATE TABLE name (id INTEGER PRIMARY KEY, thing INTEGER NOT NULL, text TEXT NOT NULL, form TEXT, initials TEXT);
CREATE INDEX name_text ON name (text);
CREATE INDEX name_form ON name (form);
CREATE INDEX name_initials ON name (initials);
CREATE VIRTUAL TABLE word USING fts5 (
  text, stems, content = '', columnsize = 0, prefix = '1 2 3 4 5 6 7 8 9 10 11 12', tokenize = 'unicode61 remove_diacritics 0'
);
-- A space before each word and behind it: where it begins and ends is a trigram too.
CREATE VIRTUAL TABLE spelling USING fts5 (text, content = '', columnsize = 0, detail = 'none', tokenize = 'trigram case_sensitive 1');
CREATE VIRTUAL TABLE trigram USING fts5vocab (spelling, 'row');
-- Each word, whole and with a letter left out: where two words meet, a letter may part them.
CREATE TABLE slip (cut TEXT NOT NULL, word TEXT NOT NULL, PRIMARY KEY (cut, word)) WITHOUT ROWID;
