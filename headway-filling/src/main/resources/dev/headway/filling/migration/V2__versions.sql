-- Plans that people made of a schedule's plan by hand, and who approved and published them.
-- A row is added once; afterwards only its approval and its publication are noted.

CREATE TABLE filling_version (
  schedule     BIGINT NOT NULL REFERENCES filling_schedule ON DELETE CASCADE,
  number       INTEGER NOT NULL, -- from 1; 0 is the plan as it was planned, which is in filling_plan
  base         INTEGER NOT NULL, -- the version that it was made from
  note         TEXT NOT NULL,
  created_at   BIGINT NOT NULL,
  created_by   TEXT NOT NULL,
  approved_at  BIGINT,
  approved_by  TEXT,
  published_at BIGINT,
  published_by TEXT,
  lower_bound  BIGINT NOT NULL,
  locks        TEXT NOT NULL, -- JSON: locked starts by lot, where they are not those of the input
  blocks       TEXT NOT NULL, -- as in filling_plan
  PRIMARY KEY (schedule, number)
);
