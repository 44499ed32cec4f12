-- What the levels of graph/matching/model.yml compare names with (Spark 4.3); duckdb.sql defines the same for DuckDB.
-- damerau_levenshtein comes with Splink. A statement ends with ; and the line.

CREATE OR REPLACE TEMPORARY FUNCTION count_of(list ARRAY<STRING>) RETURNS INT RETURN size(list);
CREATE OR REPLACE TEMPORARY FUNCTION count_of_words(words ARRAY<STRUCT<word: STRING, weight: DOUBLE>>) RETURNS INT
  RETURN size(words);

CREATE OR REPLACE TEMPORARY FUNCTION share_one(p ARRAY<STRING>, q ARRAY<STRING>) RETURNS BOOLEAN
  RETURN arrays_overlap(p, q);
CREATE OR REPLACE TEMPORARY FUNCTION same_set(p ARRAY<STRING>, q ARRAY<STRING>) RETURNS BOOLEAN
  RETURN array_sort(p) = array_sort(q);

-- one_word of duckdb.sql stands inside: Spark calls no function of this kind on the parts of a list.
CREATE OR REPLACE TEMPORARY FUNCTION left_over(
  a ARRAY<STRUCT<word: STRING, weight: DOUBLE>>, b ARRAY<STRUCT<word: STRING, weight: DOUBLE>>
) RETURNS DOUBLE RETURN aggregate(
  filter(a, x -> NOT exists(b, y -> x.word = y.word
    OR (least(length(x.word), length(y.word)) >= 6 AND damerau_levenshtein(x.word, y.word) <= 1
        AND (least(x.weight, y.weight) < 0.9D OR least(length(x.word), length(y.word)) >= 8)))),
  0D, (sum, x) -> sum + x.weight);

CREATE OR REPLACE TEMPORARY FUNCTION weight_of(a ARRAY<STRUCT<word: STRING, weight: DOUBLE>>) RETURNS DOUBLE
  RETURN aggregate(a, 0D, (sum, x) -> sum + x.weight);

CREATE OR REPLACE TEMPORARY FUNCTION shared_weight(
  a ARRAY<STRUCT<word: STRING, weight: DOUBLE>>, b ARRAY<STRUCT<word: STRING, weight: DOUBLE>>
) RETURNS DOUBLE RETURN 1D - greatest(left_over(a, b), left_over(b, a)) / greatest(weight_of(a), weight_of(b), 0.01D);

CREATE OR REPLACE TEMPORARY FUNCTION one_holds_other(
  a ARRAY<STRUCT<word: STRING, weight: DOUBLE>>, b ARRAY<STRUCT<word: STRING, weight: DOUBLE>>
) RETURNS BOOLEAN RETURN weight_of(a) > 0D AND weight_of(b) > 0D AND least(left_over(a, b), left_over(b, a)) = 0D;

CREATE OR REPLACE TEMPORARY FUNCTION same_words(
  a ARRAY<STRUCT<word: STRING, weight: DOUBLE>>, b ARRAY<STRUCT<word: STRING, weight: DOUBLE>>
) RETURNS BOOLEAN RETURN left_over(a, b) = 0D AND left_over(b, a) = 0D;

-- Jaro and Winkler as DuckDB has it: half the letters out of place, rounded down, count as transposed. Spark's own and
-- Splink's do not round, which parts pairs near a level's bound. `used`: the places in `b` of the letters of `a`.
CREATE OR REPLACE TEMPORARY FUNCTION alike(a STRING, b STRING) RETURNS DOUBLE RETURN CASE
  WHEN a = '' OR b = '' THEN 0D
  ELSE element_at(transform(transform(
    array(aggregate(sequence(1, length(a)), CAST(array() AS ARRAY<INT>), (used, i) -> concat(used, slice(
      filter(sequence(1, length(b)), j -> abs(i - j) <= greatest(greatest(length(a), length(b)) div 2 - 1, 0)
        AND substring(b, j, 1) = substring(a, i, 1) AND NOT array_contains(used, j)), 1, 1)))),
    used -> CASE WHEN size(used) = 0 THEN 0D ELSE (
      CAST(size(used) AS DOUBLE) / length(a) + CAST(size(used) AS DOUBLE) / length(b)
      + CAST(size(used) - size(filter(zip_with(used, array_sort(used), (x, y) -> substring(b, x, 1) <> substring(b, y, 1)),
        moved -> moved)) div 2 AS DOUBLE) / size(used)) / 3D END),
    jaro -> CASE WHEN jaro <= 0.7D THEN jaro ELSE jaro + 0.1D * (1D - jaro) * CASE
      WHEN left(a, 4) = left(b, 4) THEN least(4, length(a), length(b))
      WHEN left(a, 3) = left(b, 3) THEN 3
      WHEN left(a, 2) = left(b, 2) THEN 2
      WHEN left(a, 1) = left(b, 1) THEN 1
      ELSE 0 END END), 1) END;

CREATE OR REPLACE TEMPORARY FUNCTION places_differ(p ARRAY<STRING>, q ARRAY<STRING>) RETURNS BOOLEAN
  RETURN size(p) > 0 AND size(q) > 0 AND size(array_except(q, p)) > 0 AND size(array_except(p, q)) > 0;

CREATE OR REPLACE TEMPORARY FUNCTION spells(pattern STRING, spoken STRING) RETURNS BOOLEAN
  RETURN pattern <> '' AND spoken <> '' AND regexp_like(spoken, pattern);

CREATE OR REPLACE TEMPORARY FUNCTION level_of(territory STRING) RETURNS STRING
  RETURN regexp_extract(territory, '^(country|region|former-region|department|intercommunality|commune)-', 1);

CREATE OR REPLACE TEMPORARY FUNCTION country_of(territory STRING) RETURNS STRING
  RETURN CASE level_of(territory) WHEN '' THEN '' WHEN 'country' THEN territory ELSE 'country-fr' END;
CREATE OR REPLACE TEMPORARY FUNCTION countries_differ(p STRING, q STRING) RETURNS BOOLEAN
  RETURN country_of(p) <> '' AND country_of(q) <> '' AND country_of(p) <> country_of(q);

CREATE OR REPLACE TEMPORARY FUNCTION abbreviates(acronym STRING, pattern STRING, spoken STRING) RETURNS BOOLEAN
  RETURN length(acronym) >= 3 AND spells(pattern, spoken) AND spoken NOT LIKE concat(acronym, ' %');

CREATE OR REPLACE TEMPORARY FUNCTION nearness(
  bare BOOLEAN, letters_a STRING, letters_b STRING, words_a ARRAY<STRUCT<word: STRING, weight: DOUBLE>>,
  words_b ARRAY<STRUCT<word: STRING, weight: DOUBLE>>, core_a STRING, core_b STRING
) RETURNS DOUBLE RETURN CASE WHEN bare THEN alike(letters_a, letters_b)
  ELSE (shared_weight(words_a, words_b) + alike(core_a, core_b)) / 2D END;

CREATE OR REPLACE TEMPORARY FUNCTION more_in_common_words(
  a ARRAY<STRUCT<word: STRING, weight: DOUBLE>>, b ARRAY<STRUCT<word: STRING, weight: DOUBLE>>
) RETURNS BOOLEAN
  RETURN NOT exists(a, x -> x.weight >= 0.9D AND NOT exists(b, y -> x.word = y.word
    OR (least(length(x.word), length(y.word)) >= 6 AND damerau_levenshtein(x.word, y.word) <= 1
        AND (least(x.weight, y.weight) < 0.9D OR least(length(x.word), length(y.word)) >= 8))))
    AND NOT exists(b, x -> x.weight >= 0.9D AND NOT exists(a, y -> x.word = y.word
    OR (least(length(x.word), length(y.word)) >= 6 AND damerau_levenshtein(x.word, y.word) <= 1
        AND (least(x.weight, y.weight) < 0.9D OR least(length(x.word), length(y.word)) >= 8))));
