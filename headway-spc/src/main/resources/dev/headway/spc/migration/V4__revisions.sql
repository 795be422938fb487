-- Counts the changes of a characteristic's series, so that a node notices those of another one.
ALTER TABLE spc_characteristic ADD COLUMN revision BIGINT NOT NULL DEFAULT 0;
