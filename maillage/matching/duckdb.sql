-- What the levels of graph/matching/model.yml compare names with (DuckDB); spark.sql defines the same for Spark.
-- words: list of {word: stem, weight: rarity}, see maillage/matching/score.py.

-- How many there are.
CREATE OR REPLACE MACRO count_of(list) AS len(list);
CREATE OR REPLACE MACRO count_of_words(words) AS len(words);

CREATE OR REPLACE MACRO share_one(p, q) AS list_has_any(p, q);
CREATE OR REPLACE MACRO same_set(p, q) AS list_sort(p) = list_sort(q);

-- Two stems are one, or one but for a letter (Damerau-Levenshtein): of a word that many names have, or of a long one;
-- "Quimper" and "Quimperlé" are two towns.
CREATE OR REPLACE MACRO one_word(a, b) AS
  a.word = b.word
  OR (least(length(a.word), length(b.word)) >= 6 AND damerau_levenshtein(a.word, b.word) <= 1
      AND (least(a.weight, b.weight) < 0.9 OR least(length(a.word), length(b.word)) >= 8));

-- The weight of the words of `a` that `b` has not.
CREATE OR REPLACE MACRO left_over(a, b) AS
  coalesce(list_sum([x.weight for x in a if not coalesce(list_bool_or([one_word(x, y) for y in b]), false)]), 0);

CREATE OR REPLACE MACRO weight_of(a) AS coalesce(list_sum([x.weight for x in a]), 0);

-- The share of the heavier name's weight that the other has too: 1 when all of it is.
CREATE OR REPLACE MACRO shared_weight(a, b) AS
  1 - greatest(left_over(a, b), left_over(b, a)) / greatest(weight_of(a), weight_of(b), 0.01);

-- One name says all that the other says.
CREATE OR REPLACE MACRO one_holds_other(a, b) AS
  weight_of(a) > 0 AND weight_of(b) > 0 AND least(left_over(a, b), left_over(b, a)) = 0;

CREATE OR REPLACE MACRO same_words(a, b) AS left_over(a, b) = 0 AND left_over(b, a) = 0;

-- Jaro and Winkler, from 0 to 1.
CREATE OR REPLACE MACRO alike(a, b) AS jaro_winkler_similarity(a, b);

-- Both say where, and neither place is part of the other.
CREATE OR REPLACE MACRO places_differ(p, q) AS
  len(p) > 0 AND len(q) > 0 AND NOT list_has_all(p, q) AND NOT list_has_all(q, p);

-- An acronym, made a pattern, abbreviates a folded name.
CREATE OR REPLACE MACRO spells(pattern, spoken) AS
  pattern <> '' AND spoken <> '' AND regexp_matches(spoken, pattern);

-- The level of a territory of ours ("department" of "department-38"), "" of a territory written otherwise.
CREATE OR REPLACE MACRO level_of(territory) AS
  regexp_extract(territory, '^(country|region|former-region|department|intercommunality|commune)-', 1);

-- One of two territories of ours is in another country than the other.
CREATE OR REPLACE MACRO country_of(territory) AS
  CASE level_of(territory) WHEN '' THEN '' WHEN 'country' THEN territory ELSE 'country-fr' END;
CREATE OR REPLACE MACRO countries_differ(p, q) AS
  country_of(p) <> '' AND country_of(q) <> '' AND country_of(p) <> country_of(q);

-- The same of at least three letters, and the name does not begin with it: "IEP" is not the "IEP Paris".
CREATE OR REPLACE MACRO abbreviates(acronym, pattern, spoken) AS
  length(acronym) >= 3 AND spells(pattern, spoken) AND spoken NOT LIKE concat(acronym, ' %');

-- How near two names of the same levels are, from 0 to 1: by their words and letters, or by the letters of an acronym.
CREATE OR REPLACE MACRO nearness(bare, letters_a, letters_b, words_a, words_b, core_a, core_b) AS
  CASE WHEN bare THEN alike(letters_a, letters_b) ELSE (shared_weight(words_a, words_b) + alike(core_a, core_b)) / 2 END;

-- What a name says more than the other, it says in words that many names have: "Clermont-Ferrand" is not "Clermont".
CREATE OR REPLACE MACRO more_in_common_words(a, b) AS
  left_over([x for x in a if x.weight >= 0.9], b) + left_over([x for x in b if x.weight >= 0.9], a) = 0;
