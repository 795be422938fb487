ALTER TABLE job ADD COLUMN lease_confirmed BOOLEAN NOT NULL DEFAULT TRUE; -- by a sign of life
ALTER TABLE job ADD COLUMN leases_lost INTEGER NOT NULL DEFAULT 0; -- before a sign of life
ALTER TABLE job ADD COLUMN last_lease TEXT; -- the token of the last lease that ended
ALTER TABLE job ADD COLUMN ready_at BIGINT; -- from when on a queued job may be claimed
