-- The company's own database, as small as it can be: what it knows of each customer without any conversation.
-- All invented; ids only, no names. Make it with:  sqlite3 crm.db < make_crm.sql
DROP TABLE IF EXISTS customer;
CREATE TABLE customer(
  id TEXT PRIMARY KEY,          -- the id that the exports of conversations carry as "customer"
  payroll REAL,                 -- euros a month paid into the account; null: no payroll known
  age INTEGER NOT NULL,         -- years
  has_mortgage INTEGER NOT NULL,
  has_pension_plan INTEGER NOT NULL,
  has_card INTEGER NOT NULL
);
INSERT INTO customer(id, payroll, age, has_mortgage, has_pension_plan, has_card) VALUES
  ('C-001', 1579.50, 35, 0, 0, 0),
  ('C-002', 2209.00, 48, 0, 0, 0),
  ('C-003', 2838.50, 61, 1, 0, 0),
  ('C-004', 3418.00, 25, 0, 0, 0),
  ('C-005', 4047.50, 38, 0, 0, 1),
  ('C-006', 1377.00, 51, 1, 0, 0),
  ('C-007', 2006.50, 64, 0, 0, 0),
  ('C-008', 2586.00, 28, 0, 0, 0),
  ('C-009', 3215.50, 41, 1, 0, 0),
  ('C-010', 3845.00, 54, 0, 0, 1),
  ('C-011', 1174.50, 67, 0, 0, 0),
  ('C-012', 1754.00, 31, 1, 0, 0),
  ('C-013', 0.00, 44, 0, 0, 0),
  ('C-014', 3013.00, 57, 0, 0, 0),
  ('C-015', 3642.50, 70, 0, 0, 1),
  ('C-016', 4222.00, 34, 0, 0, 0),
  ('C-017', NULL, 47, 0, 0, 0),
  ('C-018', 2181.00, 60, 1, 0, 0),
  ('C-019', 2810.50, 24, 0, 0, 0),
  ('C-020', 3390.00, 37, 0, 0, 1),
  ('C-021', 4019.50, 50, 1, 0, 0),
  ('C-022', 1349.00, 63, 0, 0, 0),
  ('C-023', 1978.50, 27, 0, 0, 0),
  ('C-024', 2558.00, 40, 1, 0, 0),
  ('C-025', 3187.50, 53, 0, 0, 1),
  ('C-026', 0.00, 66, 0, 0, 0),
  ('C-027', 1146.50, 30, 0, 0, 0),
  ('C-028', 1726.00, 43, 0, 0, 0),
  ('C-029', 2355.50, 56, 0, 0, 0),
  ('C-030', 2985.00, 69, 0, 0, 1),
  ('C-031', 3614.50, 33, 0, 0, 0),
  ('C-032', 4194.00, 46, 0, 1, 0),
  ('C-033', 1523.50, 59, 1, 0, 0),
  ('C-034', NULL, 23, 0, 0, 0),
  ('C-035', 2782.50, 36, 0, 0, 1),
  ('C-036', 3362.00, 49, 1, 1, 0),
  ('C-037', 3991.50, 62, 0, 0, 0),
  ('C-038', 1321.00, 26, 0, 0, 0),
  ('C-039', 0.00, 39, 1, 0, 0),
  ('C-040', 2530.00, 52, 0, 1, 1);
