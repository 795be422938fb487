-- Moments and durations are in microseconds, moments since 1970-01-01T00:00:00Z.
-- Where a task stands is its job's to say; nothing here repeats it.

CREATE TABLE filling_schedule (
  id          ${identity},
  job         ${uuid} UNIQUE REFERENCES job ON DELETE CASCADE, -- null until the job has been submitted
  owner       BIGINT NOT NULL, -- the user's id; 0 for anonymous work
  name        TEXT NOT NULL,
  folded_name TEXT NOT NULL, -- in lower case, for searching
  strategies  TEXT NOT NULL, -- separated by commas
  created_at  BIGINT NOT NULL,
  config      TEXT NOT NULL, -- a JSON object
  lots_format TEXT NOT NULL,
  lots        TEXT NOT NULL -- last: lists do not read so far
);

CREATE TABLE filling_comparison (
  id          ${identity},
  job         ${uuid} UNIQUE REFERENCES job ON DELETE CASCADE,
  owner       BIGINT NOT NULL,
  name        TEXT NOT NULL,
  folded_name TEXT NOT NULL,
  strategies  TEXT NOT NULL,
  created_at  BIGINT NOT NULL,
  config      TEXT NOT NULL,
  lots_format TEXT NOT NULL,
  lots        TEXT NOT NULL
);

CREATE INDEX filling_schedule_owner ON filling_schedule (owner, id);
CREATE INDEX filling_comparison_owner ON filling_comparison (owner, id);
CREATE INDEX filling_schedule_unlinked ON filling_schedule (created_at) WHERE job IS NULL;
CREATE INDEX filling_comparison_unlinked ON filling_comparison (created_at) WHERE job IS NULL;

-- What each attempt found: an attempt that has lost its lease cannot overwrite another's.
CREATE TABLE filling_plan (
  job           ${uuid} NOT NULL REFERENCES job ON DELETE CASCADE,
  attempt       INTEGER NOT NULL,
  position      INTEGER NOT NULL, -- among the task's strategies, from 0
  strategy      TEXT NOT NULL,
  start_at      BIGINT NOT NULL,
  lower_bound   BIGINT NOT NULL,
  planning_time BIGINT NOT NULL,
  blocks        TEXT NOT NULL, -- JSON: lines of blocks of numbers of lots
  PRIMARY KEY (job, attempt, position)
);
