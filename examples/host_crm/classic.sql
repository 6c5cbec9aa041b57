-- The rule that every CRM has: payroll over X, age over Y, no pension plan yet. Plain SQL over the company's own columns.
--   sqlite3 crm.db < classic.sql
SELECT id FROM customer WHERE payroll > 2000 AND age > 55 AND has_pension_plan = 0 ORDER BY id;
