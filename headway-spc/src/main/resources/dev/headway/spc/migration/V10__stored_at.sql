-- When a sample was stored, so that a chart can be shown as it was at a time; null before this version.
ALTER TABLE spc_sample ADD COLUMN stored_at BIGINT;
