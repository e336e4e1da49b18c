-- The level that this year's level and its change imply for last year is the level that last year's report stated.
-- codes: G351
-- severity: error
-- what: A level of which the report says by how much it changed on the year before, and the level that another report of the
--   same body states for that year, under the same key (name, unit, subject, state, funds and bodies). What the change implies is
--   an interval (T8): that of every level and change that the printed digits can stand for.
-- why: A growth that does not follow from what was reported last year was computed from other figures, or last year's were
--   changed in silence.
-- fails: The two intervals have nothing in common, the change is surely that of the level, the names are the same and tell, and
--   the levels are near each other.
-- review: The same without that evidence: growth at constant prices, a short name, levels far apart.
-- message: “{words}”{text}、变动 {change}（{document} 第 {line} 行），推算上年为 {range}；{other_document}（第 {other_line} 行）所报为 {other_text}
-- english: “{words}”, {text} after a change by {change} ({document}, line {line}), was {range} the year before; {other_document} (line {other_line}) states {other_text}
-- columns: code, verdict, document, fact (this year's level), basis (its change), other_document, other_fact (last year's level),
--   low and high of what is implied, note, note_en.
WITH current AS (
    SELECT s.*, CASE joined_by WHEN 'words' THEN 1 ELSE 2 END AS turn FROM statements s WHERE change IS NOT NULL
),
beside AS (
    -- what the same document states under the key of a level, for its time or for the year before
    SELECT
        c.document, c.fact, c.turn,
        MAX(CASE WHEN o.moment = c.before THEN 1 ELSE 0 END) AS told_itself,
        MAX(CASE WHEN o.moment = c.moment THEN o.interval_low END) AS highest_low,
        MIN(CASE WHEN o.moment = c.moment THEN o.interval_high END) AS lowest_high
    FROM current c
    JOIN statements o
        ON o.document = c.document AND o.name = c.name AND o.joined_by = c.joined_by AND o.family = c.family
        AND o.dimension = c.dimension AND o.kind = c.kind AND o.whose = c.whose AND o.state = c.state
    WHERE o.moment = c.moment OR (o.moment = c.before AND o.scope = c.scope)
    GROUP BY c.document, c.fact, c.turn
),
earlier AS (
    SELECT
        c.document, c.fact, c.turn, c.change, c.words, c.known_as, c.telling, c.size, c.bound,
        c.before_low, c.before_high, c.before_doubt,
        p.document AS other_document, p.fact AS other_fact, p.words AS other_words, p.known_as AS other_known_as,
        p.size AS other_size, p.bound AS other_bound, p.interval_low, p.interval_high,
        ROW_NUMBER() OVER (
            PARTITION BY c.document, c.fact, c.turn
            ORDER BY CASE WHEN p.interval_low IS NULL OR p.interval_high IS NULL THEN 1 ELSE 0 END,
                p.interval_high - p.interval_low, p.document, p.start
        ) AS place,
        MAX(p.interval_low) OVER (PARTITION BY c.document, c.fact, c.turn) AS highest_low,
        MIN(p.interval_high) OVER (PARTITION BY c.document, c.fact, c.turn) AS lowest_high
    FROM current c
    JOIN statements p
        ON p.body = c.body AND p.matter = c.matter AND p.name = c.name AND p.joined_by = c.joined_by AND p.family = c.family
        AND p.dimension = c.dimension AND p.kind = c.kind AND p.whose = c.whose AND p.moment = c.before AND p.state = c.state
        AND p.scope = c.scope
),
found AS (
    SELECT e.*, ROW_NUMBER() OVER (PARTITION BY e.document, e.fact ORDER BY e.turn) AS first
    FROM earlier e
    JOIN beside b ON b.document = e.document AND b.fact = e.fact AND b.turn = e.turn
    WHERE e.place = 1 AND b.told_itself = 0
        AND COALESCE(e.highest_low <= e.lowest_high, TRUE) AND COALESCE(b.highest_low <= b.lowest_high, TRUE)
),
judged AS (
    SELECT
        f.*,
        COALESCE(interval_high < before_low OR interval_low > before_high, FALSE) AS apart,
        before_doubt = '' AND words = other_words AND (telling OR known_as = other_known_as)
            AND bound IN ('=', '≈', '<~', '>~') AND other_bound IN ('=', '≈', '<~', '>~')
            AND ABS(size - other_size) * 3 <= CASE WHEN ABS(size) > ABS(other_size) THEN ABS(size) ELSE ABS(other_size) END AS sure
    FROM found f
    WHERE first = 1
)
SELECT
    'G351' AS code,
    CASE WHEN NOT apart THEN 'pass' WHEN COALESCE(sure, FALSE) THEN 'fail' ELSE 'review' END AS verdict,
    document, fact, change AS basis, other_document, other_fact, before_low AS low, before_high AS high,
    CASE WHEN apart AND NOT COALESCE(sure, FALSE) THEN COALESCE(NULLIF(before_doubt, ''), '名称相近，未必是同一指标') ELSE '' END AS note,
    CASE WHEN apart AND NOT COALESCE(sure, FALSE) THEN 'the change may be of another quantity' ELSE '' END AS note_en
FROM judged
