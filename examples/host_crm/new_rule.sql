-- new_rule.json in plain SQL, for a host that wants no library: the public views of segments.db, the company's own table,
-- and a table ref(id, customer_ref) of pseudonyms that only the company can make (README.md). Run in crm.db with
-- segments.db attached as "talk":
--   sqlite3 crm.db "ATTACH 'segments.db' AS talk" ".read new_rule.sql"
SELECT c.id, e.stage, round(e.confidence, 2) AS confidence, e.why
FROM customer c
JOIN ref r ON r.id = c.id
JOIN talk.customer_event e ON e.customer_ref = r.customer_ref
WHERE e.event = 'home_building' AND e.stage IN ('planning', 'underway', 'done') AND e.confidence >= 0.6
  AND EXISTS (SELECT 1 FROM talk.customer_need n
              WHERE n.customer_ref = r.customer_ref AND n.need = 'financing' AND n.confidence >= 0.5)
  AND c.payroll > 1500 AND c.has_mortgage = 0
ORDER BY c.id;
