-- Each entry of the audit trail has the hash of itself and of the entry before it. Earlier entries have none.
ALTER TABLE spc_audit ADD COLUMN hash TEXT;

CREATE TABLE spc_audit_head (
  hash  TEXT NOT NULL, -- of the last entry; empty before the first
  entry BIGINT NOT NULL -- the last entry
);
INSERT INTO spc_audit_head (hash, entry) VALUES ('', 0);
