-- What several documents of one body state of one quantity and time agrees.
-- codes: D101 U601
-- severity: error
-- what: A self-assessment form against the report of the same year, last year's column against last year's report, an opening
--   budget against the budget. Of each document the most precise statement under the full key counts (name, unit, kind, subject,
--   time, state, funds and bodies), and only where all that it states under the key agrees.
-- why: A figure that is one thing in the form and another in the report decides which of the two an auditor may rely on.
-- fails: The values that the printed digits can stand for have nothing in common, and the figures are surely of one quantity: an
--   account of a budget or settlement; figures under one long name that are near each other; else figures one slip of the pen
--   apart, the longer the less the names tell. U601 where a power of ten makes them agree.
-- review: The same under one long name, without that evidence.
-- message: “{words}”：{document}（第 {line} 行）为 {text}，{other_document}（第 {other_line} 行）为 {other_text}
-- english: “{words}”: {text} in {document} (line {line}), {other_text} in {other_document} (line {other_line})
-- columns: code, verdict, document, fact, basis (null), other_document, other_fact, low and high of the other statement, note,
--   note_en.
WITH own AS (
    SELECT
        s.*,
        ROW_NUMBER() OVER (
            PARTITION BY body, matter, name, joined_by, family, dimension, kind, whose, moment, state, scope, document
            ORDER BY CASE WHEN interval_low IS NULL OR interval_high IS NULL THEN 1 ELSE 0 END, interval_high - interval_low, start
        ) AS place,
        MAX(interval_low) OVER (
            PARTITION BY body, matter, name, joined_by, family, dimension, kind, whose, moment, state, scope, document
        ) AS highest_low,
        MIN(interval_high) OVER (
            PARTITION BY body, matter, name, joined_by, family, dimension, kind, whose, moment, state, scope, document
        ) AS lowest_high,
        MIN(interval_high - interval_low) OVER (
            PARTITION BY body, matter, name, joined_by, family, dimension, kind, whose, moment, state, scope, document
        ) AS narrowest
    FROM statements s
),
sharpest AS (
    SELECT *
    FROM own
    WHERE place = 1
        AND COALESCE(highest_low < lowest_high OR (highest_low = lowest_high AND narrowest = 0), TRUE)
),
ordered AS (
    SELECT
        s.*,
        LAG(document) OVER following AS other_document,
        LAG(fact) OVER following AS other_fact,
        LAG(words) OVER following AS other_words,
        LAG(bound) OVER following AS other_bound,
        LAG(digits) OVER following AS other_digits,
        LAG(scale) OVER following AS other_scale,
        LAG(significant) OVER following AS other_significant,
        LAG(value) OVER following AS other_value,
        LAG(size) OVER following AS other_size,
        LAG(interval_low) OVER following AS other_low,
        LAG(interval_high) OVER following AS other_high,
        LAG(low_open) OVER following AS other_low_open,
        LAG(high_open) OVER following AS other_high_open
    FROM sharpest s
    WINDOW following AS (
        PARTITION BY body, matter, name, joined_by, family, dimension, kind, whose, moment, state, scope ORDER BY year, document
    )
),
pairs AS (
    SELECT
        o.*,
        COALESCE(
            interval_low > other_high OR other_low > interval_high
            OR (interval_low = other_high AND (low_open OR other_high_open))
            OR (other_low = interval_high AND (other_low_open OR high_open))
            OR ((interval_low = other_high OR other_low = interval_high)
                AND interval_low < interval_high AND interval_high - interval_low = other_high - other_low),
            FALSE
        ) AS apart
    FROM ordered o
    -- what is joined by its words needs no second look by its indicator
    WHERE other_document IS NOT NULL AND (joined_by = 'words' OR words <> other_words)
),
powers AS (
    SELECT * FROM (VALUES (10.0), (100.0), (1000.0), (10000.0), (100000000.0)) AS p (power)
),
scaled AS (
    SELECT DISTINCT p.document, p.fact, p.other_document, p.other_fact
    FROM pairs p
    CROSS JOIN powers k
    WHERE p.apart AND p.interval_low > 0 AND p.other_low > 0
        AND (
            (CAST(p.interval_low AS DOUBLE) * k.power <= p.other_high AND CAST(p.interval_high AS DOUBLE) * k.power >= p.other_low)
            OR (CAST(p.other_low AS DOUBLE) * k.power <= p.interval_high AND CAST(p.other_high AS DOUBLE) * k.power >= p.interval_low)
        )
),
printed AS (
    -- figures of one scale and precision, as they are printed
    SELECT
        document, fact, other_document, other_fact,
        REPLACE(REPLACE(digits, '.', ''), '-', '') AS one,
        REPLACE(REPLACE(other_digits, '.', ''), '-', '') AS two
    FROM pairs
    WHERE apart AND scale = other_scale AND value IS NOT NULL AND other_value IS NOT NULL
        AND CASE WHEN INSTR(digits, '.') = 0 THEN 0 ELSE LENGTH(digits) - INSTR(digits, '.') END
            = CASE WHEN INSTR(other_digits, '.') = 0 THEN 0 ELSE LENGTH(other_digits) - INSTR(other_digits, '.') END
),
places AS (
    SELECT * FROM (VALUES (1), (2), (3), (4), (5), (6), (7), (8), (9), (10), (11), (12), (13), (14), (15)) AS p (place)
),
slipped AS (
    SELECT document, fact, other_document, other_fact FROM printed WHERE LEVENSHTEIN(one, two) = 1
    UNION
    SELECT document, fact, other_document, other_fact FROM scaled
    UNION
    SELECT p.document, p.fact, p.other_document, p.other_fact
    FROM printed p
    CROSS JOIN places n
    WHERE LENGTH(p.one) = LENGTH(p.two) AND n.place < LENGTH(p.one)
        AND SUBSTR(p.one, 1, n.place - 1) || SUBSTR(p.one, n.place + 1, 1) || SUBSTR(p.one, n.place, 1) || SUBSTR(p.one, n.place + 2)
            = p.two
),
told AS (
    SELECT
        p.*,
        k.fact IS NOT NULL AS tenfold,
        CASE
            WHEN s.fact IS NULL THEN 0
            WHEN LENGTH(p.significant) < LENGTH(p.other_significant) THEN LENGTH(p.significant)
            ELSE LENGTH(p.other_significant)
        END AS slip,
        p.words = p.other_words OR INSTR(p.words, p.other_words) > 0 OR INSTR(p.other_words, p.words) > 0 AS alike,
        p.bound IN ('=', '≈', '<~', '>~') AND p.other_bound IN ('=', '≈', '<~', '>~')
            AND ABS(p.size - p.other_size) * 3 <= CASE WHEN ABS(p.size) > ABS(p.other_size) THEN ABS(p.size) ELSE ABS(p.other_size) END AS near
    FROM pairs p
    LEFT JOIN slipped s
        ON s.document = p.document AND s.fact = p.fact AND s.other_document = p.other_document AND s.other_fact = p.other_fact
    LEFT JOIN scaled k
        ON k.document = p.document AND k.fact = p.fact AND k.other_document = p.other_document AND k.other_fact = p.other_fact
),
judged AS (
    SELECT
        t.*,
        CASE
            WHEN NOT apart THEN 'pass'
            WHEN words <> other_words AND slip >= CASE WHEN alike THEN 3 ELSE 4 END THEN 'fail'
            WHEN words = other_words AND account THEN 'fail'
            WHEN words = other_words AND (kind IN ('growth', 'delta', 'rate') OR NOT telling) AND slip >= 3 THEN 'fail'
            WHEN words = other_words AND kind NOT IN ('growth', 'delta', 'rate') AND telling
                AND (near OR (slip >= 2 AND bound IN ('=', '≈', '<~', '>~') AND other_bound IN ('=', '≈', '<~', '>~'))) THEN 'fail'
            WHEN alike AND LENGTH(words) >= 4 AND LENGTH(other_words) >= 4 THEN 'review'
        END AS verdict
    FROM told t
)
SELECT
    CASE WHEN tenfold THEN 'U601' ELSE 'D101' END AS code,
    verdict, document, fact, CAST(NULL AS VARCHAR(16)) AS basis, other_document, other_fact, other_low AS low, other_high AS high,
    CASE WHEN verdict = 'review' THEN '名称相近，未必是同一指标' WHEN tenfold THEN '相差十的整数次幂，疑为单位或数位之误' ELSE '' END AS note,
    CASE
        WHEN verdict = 'review' THEN 'the names are alike, but may be of two indicators'
        WHEN tenfold THEN 'a power of ten makes them agree: a slip of unit or place'
        ELSE ''
    END AS note_en
FROM judged
WHERE verdict IS NOT NULL
