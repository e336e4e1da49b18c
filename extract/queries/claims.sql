-- The same claim in the reports of several bodies: one indicator, one figure of three digits or more.
-- zh: 雷同 相同说法 雷同说法
-- what: Figures of a name and unit that two bodies or more state with the same digits for the same year. Figures with fewer than
--   three significant digits are left out, because those meet by chance.
-- why: Towns that all trained 1,346 persons copied one report, or all report the county's figure as their own.
-- columns: indicator, year, value, unit, bodies (how many), documents (how many), who (their names), indicator_id.
-- keeps: year
-- sums: count(*) AS claims, max(bodies) AS bodies
-- order: bodies DESC, documents DESC, year, indicator
-- keys: indicator_id
SELECT
    any_value(f.indicator) AS indicator, CAST(f.moment AS INTEGER) AS year, f.value, any_value(f.unit) AS unit,
    count(DISTINCT d.body) AS bodies, count(DISTINCT f.document) AS documents,
    string_agg(DISTINCT d.body, '、' ORDER BY d.body) AS who, any_value(f.indicator_id) AS indicator_id
FROM facts f
JOIN documents d ON d.document = f.document
WHERE f.joined AND f.kind IN ('level', 'rate') AND f.value IS NOT NULL AND length(f.moment) = 4 AND f.bound = '='
    AND length(f.significant) >= 3 AND d.body <> ''
GROUP BY coalesce(f.known_as, f.words), f.family, f.dimension, f.kind, f.moment, f.value
HAVING count(DISTINCT d.body) > 1
