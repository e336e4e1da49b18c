-- What a year opened with is what the year before closed with.
-- codes: S209
-- severity: error
-- what: An opening balance of one document and the closing balance of the year before that another document of the same body
--   states, under one name, of the same funds and bodies.
-- why: Money that is there at the end of one year and not at the beginning of the next was moved without a word.
-- fails: The values that the printed digits can stand for have nothing in common.
-- review: The same where the document says that balances brought forward were adjusted.
-- message: “{words}”年初为 {text}（{document} 第 {line} 行），上年末为 {other_text}（{other_document} 第 {other_line} 行）
-- english: “{words}” opens the year with {text} ({document}, line {line}); the year before closed with {other_text} ({other_document}, line {other_line})
-- columns: code, verdict, document, fact (the opening balance), basis (null), other_document, other_fact (the closing balance),
--   low and high of the closing balance, note, note_en.
WITH balances AS (
    SELECT
        s.*,
        CAST(moment AS INT) AS of_year,
        ROW_NUMBER() OVER (PARTITION BY document, name, family, whose, moment, state, scope ORDER BY start) AS place,
        MAX(interval_low) OVER (PARTITION BY document, name, family, whose, moment, state, scope) AS highest_low,
        MIN(interval_high) OVER (PARTITION BY document, name, family, whose, moment, state, scope) AS lowest_high
    FROM statements s
    WHERE joined_by = 'words' AND state IN ('opening', 'closing') AND LENGTH(moment) = 4
),
told AS (
    SELECT * FROM balances WHERE place = 1 AND COALESCE(highest_low <= lowest_high, TRUE)
),
pairs AS (
    SELECT
        o.document, o.fact, c.document AS other_document, c.fact AS other_fact, c.interval_low AS low, c.interval_high AS high,
        COALESCE(d.revised, FALSE) AS revised,
        COALESCE(
            o.interval_low > c.interval_high OR c.interval_low > o.interval_high
            OR ((o.interval_low = c.interval_high OR c.interval_low = o.interval_high)
                AND o.interval_low < o.interval_high AND o.interval_high - o.interval_low = c.interval_high - c.interval_low),
            FALSE
        ) AS apart
    FROM told o
    JOIN told c
        ON c.body = o.body AND c.matter = o.matter AND c.name = o.name AND c.family = o.family AND c.whose = o.whose
        AND c.scope = o.scope AND c.of_year = o.of_year - 1 AND c.document <> o.document
    JOIN documents d ON d.document = o.document
    WHERE o.state = 'opening' AND c.state = 'closing'
)
SELECT
    'S209' AS code,
    CASE WHEN NOT apart THEN 'pass' WHEN revised THEN 'review' ELSE 'fail' END AS verdict,
    document, fact, CAST(NULL AS VARCHAR(16)) AS basis, other_document, other_fact, low, high,
    CASE WHEN apart AND revised THEN '文中说到年初数的调整' ELSE '' END AS note,
    CASE WHEN apart AND revised THEN 'the document speaks of adjusted opening balances' ELSE '' END AS note_en
FROM pairs
