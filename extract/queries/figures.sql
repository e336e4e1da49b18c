-- What the reports state of an indicator: one row a figure, with its body, place and year.
-- zh: 数值 数据
-- what: Every figure that a document states of itself (not of one of its parts) for a whole year; with 'by …' one row for each
--   group, indicator, unit and year. Levels, rates and scores; targets, changes and full marks are other kinds of figures.
-- why: One indicator over years and bodies is the first thing that an auditor puts side by side.
-- columns: indicator, year, body, region, matter, value (money in 元), unit, text (as written), kind, document, line, indicator_id,
--   sha256, fact.
-- keeps: indicator, year, unit
-- sums: mode(value) AS value, min(value) AS lowest, max(value) AS highest, count(DISTINCT sha256) AS documents, count(*) AS figures
-- order: year, region, body, document, line
-- keys: indicator_id, sha256, fact
SELECT
    f.indicator, CAST(f.moment AS INTEGER) AS year, d.body, d.region, d.matter, f.value, f.unit, f.text, f.kind, d.name AS document,
    f.line, f.indicator_id, f.document AS sha256, f.id AS fact
FROM facts f
JOIN documents d ON d.document = f.document
WHERE f.kind IN ('level', 'rate', 'score') AND f.value IS NOT NULL AND length(f.moment) = 4 AND f.own_subject = '' AND f.antecedent = ''
