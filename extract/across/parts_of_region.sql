-- The total that a district states is the sum of what its towns report.
-- codes: S210
-- severity: error
-- what: A level of a report on a place, and the same level (name, unit, time, funds and bodies) in the reports for the same year
--   of two places or more right below it, as the names of their bodies say. A place that reports twice with one value counts once.
-- why: A total that is not the sum of its parts hides a part, or counts one twice.
-- fails: The sum of the intervals (T6) and the total have nothing in common, and the report with the total lists its places under
--   the same name, each of which reports: no part is missing.
-- review: The parts that are known exceed the total, and the report does not list its places.
-- message: “{words}”合计 {text}（{document} 第 {line} 行），下级报告之和为 {range}（其一：{other_document} 第 {other_line} 行 {other_text}）
-- english: “{words}” is {text} in all ({document}, line {line}); the reports of the places below it add up to {range} (one of them: {other_document}, line {other_line}, {other_text})
-- columns: code, verdict, document, fact (the total), basis (null), other_document, other_fact (the first of the parts), low and
--   high of their sum, note (how many parts), note_en.
WITH levels AS (
    SELECT s.*, d.region, d.within, REPLACE(d.region, d.within, '') AS place
    FROM statements s
    JOIN documents d ON d.document = s.document
    WHERE s.kind = 'level' AND s.dimension IN ('count', 'money') AND d.region <> '' AND s.moment = CAST(s.year AS VARCHAR(4))
        AND (s.joined_by = 'indicator' OR s.telling)
),
own AS (
    -- what a document states of its own place, where that is one value
    SELECT
        document, region, within, place, matter, name, joined_by, family, dimension, moment, state, scope,
        MIN(fact) AS fact, MIN(interval_low) AS low, MIN(interval_high) AS high
    FROM levels
    WHERE whose = ''
    GROUP BY document, region, within, place, matter, name, joined_by, family, dimension, moment, state, scope
    HAVING MIN(interval_low) = MAX(interval_low) AND MIN(interval_high) = MAX(interval_high)
),
parts AS (
    SELECT
        region, within, place, matter, name, joined_by, family, dimension, moment, state, scope,
        MIN(document) AS document, MIN(fact) AS fact, MIN(low) AS low, MIN(high) AS high
    FROM own
    WHERE within <> ''
    GROUP BY region, within, place, matter, name, joined_by, family, dimension, moment, state, scope
    HAVING MIN(low) = MAX(low) AND MIN(high) = MAX(high)
),
listed AS (
    -- the places that a report names with the same level, and how many of them report
    SELECT l.document, l.name, l.joined_by, l.family, l.moment, l.state, l.scope, COUNT(DISTINCT l.whose) AS named, COUNT(DISTINCT p.place) AS known
    FROM levels l
    LEFT JOIN parts p
        ON p.within = l.region AND p.place = l.whose AND p.name = l.name AND p.joined_by = l.joined_by AND p.family = l.family
        AND p.moment = l.moment AND p.state = l.state AND p.scope = l.scope
    WHERE l.whose <> ''
    GROUP BY l.document, l.name, l.joined_by, l.family, l.moment, l.state, l.scope
),
sums AS (
    SELECT
        t.document, t.fact, t.low AS total_low, t.high AS total_high, t.name, t.joined_by, t.family, t.moment, t.state, t.scope,
        COUNT(*) AS parts, SUM(p.low) AS low, SUM(p.high) AS high, MIN(p.document) AS other_document
    FROM own t
    JOIN parts p
        ON p.within = t.region AND p.matter = t.matter AND p.name = t.name AND p.joined_by = t.joined_by AND p.family = t.family
        AND p.dimension = t.dimension AND p.moment = t.moment AND p.state = t.state AND p.scope = t.scope
    GROUP BY t.document, t.fact, t.low, t.high, t.name, t.joined_by, t.family, t.moment, t.state, t.scope
    HAVING COUNT(*) > 1
),
judged AS (
    SELECT
        s.*,
        COALESCE(l.named = s.parts AND l.known = s.parts, FALSE) AS complete,
        COALESCE(s.low > s.total_high, FALSE) AS exceeded,
        COALESCE(s.high < s.total_low, FALSE) AS short
    FROM sums s
    LEFT JOIN listed l
        ON l.document = s.document AND l.name = s.name AND l.joined_by = s.joined_by AND l.family = s.family AND l.moment = s.moment
        AND l.state = s.state AND l.scope = s.scope
),
told AS (
    SELECT
        j.*,
        CASE
            WHEN complete AND (exceeded OR short) THEN 'fail'
            WHEN complete THEN 'pass'
            WHEN exceeded THEN 'review'
        END AS verdict,
        ROW_NUMBER() OVER (PARTITION BY j.document, j.fact ORDER BY CASE WHEN complete THEN 0 ELSE 1 END, joined_by DESC) AS first
    FROM judged j
)
SELECT
    'S210' AS code, t.verdict, t.document, t.fact, CAST(NULL AS VARCHAR(16)) AS basis, t.other_document, p.fact AS other_fact,
    t.low, t.high,
    '下级报告 ' || CAST(t.parts AS VARCHAR(8)) || ' 份' AS note,
    CAST(t.parts AS VARCHAR(8)) || ' reports of places below it' AS note_en
FROM told t
JOIN parts p
    ON p.document = t.other_document AND p.name = t.name AND p.joined_by = t.joined_by AND p.family = t.family AND p.moment = t.moment
    AND p.state = t.state AND p.scope = t.scope
WHERE t.verdict IS NOT NULL AND t.first = 1
