-- Facts that can be held against those of other documents, once for each name that they are joined by.
-- what: Documents that name their body and year, and their facts that have a time, a unit and a name. A fact is there by its
--   words and, where that is another name, by the indicator that it is linked to.
-- columns: joined_by is words or indicator; size is the value, or the middle of a range, for comparisons of magnitude only.
WITH told AS (
    SELECT
        d.body, d.matter, d.year, f.document, f.id AS fact, f.start,
        f.words, f.known_as, f.family, f.dimension, f.kind, f.whose, f.moment, f.state, f.scope, f.telling, f.account, f.bound,
        f.digits, f.scale, f.significant, f.value, f.interval_low, f.interval_high, f.low_open, f.high_open,
        CAST(COALESCE(f.value, f.low) AS DOUBLE) / 2 + CAST(COALESCE(f.value, f.high) AS DOUBLE) / 2 AS size,
        f.change, f.before, f.before_low, f.before_high, f.before_doubt
    FROM facts f
    JOIN documents d ON d.document = f.document
    WHERE f.joined AND d.body <> '' AND d.year IS NOT NULL
)
SELECT *, words AS name, 'words' AS joined_by FROM told
UNION ALL
SELECT *, known_as AS name, 'indicator' AS joined_by FROM told WHERE known_as IS NOT NULL AND known_as <> words
