-- What does not hold together, with what people decided on it.
-- zh: 疑点 问题 发现
-- what: The findings to report, without those that are ignored or in a baseline, each with its document and the last decision on
--   its fingerprint ('' where nobody decided).
-- why: Which rule fires most, which body has most open findings, what was dismissed and why.
-- columns: code, severity, body, year, region, document, line, message, arithmetic, state, reason, who, message_en, fingerprint,
--   sha256, finding.
-- sums: count(*) AS findings, count(*) FILTER (severity = 'error') AS errors, count(*) FILTER (severity = 'warning') AS warnings,
--   count(*) FILTER (state = 'accepted') AS accepted, count(*) FILTER (state = 'dismissed') AS dismissed
-- order: code, body, year, document, line
-- keys: message_en, fingerprint, sha256, finding
SELECT
    x.code, x.severity, d.body, d.year, d.region, d.name AS document, x.line, x.message, x.arithmetic, coalesce(s.state, '') AS state,
    coalesce(s.reason, '') AS reason, coalesce(s.who, '') AS who, x.message_en, x.fingerprint, x.document AS sha256, x.id AS finding
FROM findings x
JOIN documents d ON d.document = x.document
LEFT JOIN decisions s ON s.fingerprint = x.fingerprint
WHERE x.suppressed IS NULL
