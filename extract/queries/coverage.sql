-- How much of each report was verified.
-- zh: 覆盖 覆盖率 覆盖情况
-- what: The numerals of a document, how many of them state a fact, and how many a check looked at.
-- why: Silence is no certificate: where little was checked, little is known.
-- columns: body, year, region, document, numerals, facts, checked, share (checked ÷ numerals, in percent), errors, warnings, path,
--   sha256.
-- sums: count(*) AS documents, sum(numerals) AS numerals, sum(facts) AS facts, sum(checked) AS checked,
--   round(100 * sum(checked) / nullif(sum(numerals), 0), 1) AS share, sum(errors) AS errors, sum(warnings) AS warnings
-- order: body, year, document
-- keys: path, sha256
SELECT
    body, year, region, name AS document, numerals, facts, checked, round(100 * checked / nullif(numerals, 0), 1) AS share,
    errors, warnings, path, document AS sha256
FROM documents
