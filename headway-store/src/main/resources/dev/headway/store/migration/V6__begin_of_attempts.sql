-- Where an attempt was when it first reported a percentage: its rate is counted from there.
ALTER TABLE job ADD COLUMN begun_at BIGINT;
ALTER TABLE job ADD COLUMN begun_percent DOUBLE PRECISION;
