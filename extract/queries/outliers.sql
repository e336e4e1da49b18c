-- Figures far from what the other bodies state of the same indicator in the same year.
-- zh: 离群值 异常值 离群
-- what: Figures of the catalogue's indicators, one for each body (the median where it has several), against the median of all
--   bodies; eight bodies at least. Distance is measured in median absolute deviations (the modified z-score 0.6745 · |x − median|
--   ÷ MAD, above 3.5), of levels on a logarithmic scale, because bodies are of very different size.
-- why: A figure a hundred times that of every other town is a wrong unit more often than a feat.
-- columns: indicator, year, body, region, value, unit, median, score (the modified z-score), bodies (how many), kind, document,
--   indicator_id.
-- keeps: indicator, year, unit
-- sums: count(*) AS outliers, max(score) AS score
-- order: score DESC, year, body
-- keys: indicator_id
WITH members AS (
    SELECT
        indicator_id, any_value(indicator) AS indicator, year, body, any_value(region) AS region, unit, kind,
        median(CAST(value AS DOUBLE)) AS size, min(document) AS document
    FROM figures
    WHERE indicator_id IS NOT NULL AND body <> '' AND (kind <> 'level' OR value > 0)
    GROUP BY indicator_id, year, body, unit, kind
),
scaled AS (
    SELECT *, CASE kind WHEN 'level' THEN ln(size) ELSE size END AS x FROM members
),
centred AS (
    SELECT
        *,
        median(x) OVER (PARTITION BY indicator_id, year, unit, kind) AS middle,
        median(size) OVER (PARTITION BY indicator_id, year, unit, kind) AS usual,
        count(*) OVER (PARTITION BY indicator_id, year, unit, kind) AS bodies
    FROM scaled
),
spread AS (
    SELECT *, median(abs(x - middle)) OVER (PARTITION BY indicator_id, year, unit, kind) AS deviation FROM centred WHERE bodies >= 8
)
SELECT
    indicator, year, body, region, size AS value, unit, usual AS median, round(0.6745 * abs(x - middle) / deviation, 1) AS score,
    bodies, kind, document, indicator_id
FROM spread
WHERE deviation > 0 AND 0.6745 * abs(x - middle) / deviation > 3.5
