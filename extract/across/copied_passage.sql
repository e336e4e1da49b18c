-- A passage of this year's report does not repeat last year's with the numbers unchanged.
-- codes: D104
-- severity: info
-- what: A sentence of two reports of one body on one matter, for a year and the next, that is the same but for its numbers, and
--   whose numbers are the same too. It counts where it states three levels or more, each for its own year, and two of them at
--   least with three digits or more.
-- why: Three figures of one year's work do not come out the same to the last digit the next year; who copied the sentence may not
--   have looked at the figures.
-- fails: Never: areas, posts and plans for several years do stay the same.
-- review: Always: somebody has to look.
-- message: 含“{words}”{text} 的整句（{document} 第 {line} 行）与上年（{other_document} 第 {other_line} 行）文字、数字均相同
-- english: The sentence with “{words}” {text} ({document}, line {line}) is that of the year before ({other_document}, line {other_line}), figures and all
-- columns: code, verdict, document, fact (the first figure of the sentence), basis (null), other_document, other_fact (the same of
--   last year), low and high (null), note (how many figures), note_en.
WITH passages AS (
    SELECT
        d.body, d.matter, d.year, f.document, f.sentence, f.figures,
        MIN(f.start) AS start, COUNT(*) AS levels
    FROM facts f
    JOIN documents d ON d.document = f.document
    WHERE f.sentence IS NOT NULL AND f.kind = 'level' AND d.body <> '' AND d.year IS NOT NULL
    GROUP BY d.body, d.matter, d.year, f.document, f.sentence, f.figures
    HAVING COUNT(*) >= 3
        AND SUM(CASE WHEN f.moment = CAST(d.year AS VARCHAR(4)) THEN 0 ELSE 1 END) = 0
        AND SUM(CASE WHEN LENGTH(f.significant) >= 3 THEN 1 ELSE 0 END) >= 2
),
pairs AS (
    SELECT
        n.document, n.start, n.levels, b.document AS other_document, b.start AS other_start,
        ROW_NUMBER() OVER (PARTITION BY n.document, n.start ORDER BY b.document, b.start) AS first
    FROM passages n
    JOIN passages b
        ON b.body = n.body AND b.matter = n.matter AND b.year = n.year - 1 AND b.sentence = n.sentence AND b.figures = n.figures
)
SELECT
    'D104' AS code, 'review' AS verdict, p.document, f.id AS fact, CAST(NULL AS VARCHAR(16)) AS basis,
    p.other_document, o.id AS other_fact, CAST(NULL AS DECIMAL(38, 12)) AS low, CAST(NULL AS DECIMAL(38, 12)) AS high,
    '整句 ' || CAST(p.levels AS VARCHAR(8)) || ' 个数字与上年相同' AS note,
    'all ' || CAST(p.levels AS VARCHAR(8)) || ' figures of the sentence are those of the year before' AS note_en
FROM pairs p
JOIN facts f ON f.document = p.document AND f.start = p.start
JOIN facts o ON o.document = p.other_document AND o.start = p.other_start
WHERE p.first = 1
