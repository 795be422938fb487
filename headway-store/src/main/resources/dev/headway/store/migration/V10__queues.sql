-- Twice a second it is asked which jobs may be claimed from now on.
CREATE INDEX job_ready ON job (ready_at) WHERE ready_at IS NOT NULL;

-- At most concurrency_limit jobs of an owner run at once under one key.
ALTER TABLE job ADD COLUMN concurrency_key TEXT;
ALTER TABLE job ADD COLUMN concurrency_limit INTEGER;
CREATE INDEX job_concurrency ON job (owner, concurrency_key)
  WHERE concurrency_key IS NOT NULL AND status = 'IN_PROGRESS';

-- The queues that have a rule; others need no row.
CREATE TABLE queue (
  name          TEXT NOT NULL PRIMARY KEY,
  paused        BOOLEAN NOT NULL,
  rate_starts   INTEGER, -- at most so many starts
  rate_period   BIGINT, -- in so long
  next_start_at BIGINT NOT NULL -- the earliest moment of the next start
);

-- The newest starts tell how fast a queue moves.
CREATE INDEX job_started ON job (queue, external, started_at) WHERE started_at IS NOT NULL;
