-- Moments are in microseconds since 1970-01-01T00:00:00Z.

CREATE TABLE spc_characteristic (
  id               ${identity},
  name             TEXT NOT NULL UNIQUE,
  description      TEXT NOT NULL,
  kind             TEXT NOT NULL,
  subgroup_size    INTEGER NOT NULL,
  varying_size     BOOLEAN NOT NULL,
  target           DOUBLE PRECISION,
  usl              DOUBLE PRECISION,
  lsl              DOUBLE PRECISION,
  limits_method    TEXT, -- null while there are no limits
  limits           TEXT, -- JSON
  location_rules   TEXT NOT NULL, -- JSON
  dispersion_rules TEXT NOT NULL -- JSON
);

CREATE TABLE spc_sample (
  id             BIGINT NOT NULL PRIMARY KEY,
  characteristic BIGINT NOT NULL,
  taken_at       BIGINT NOT NULL,
  measurements   TEXT NOT NULL, -- separated by commas; for attributes the count and the size
  batch_number   TEXT,
  operator_id    TEXT,
  value          DOUBLE PRECISION NOT NULL,
  spread         DOUBLE PRECISION,
  zone           TEXT,
  in_control     BOOLEAN NOT NULL,
  excluded       BOOLEAN NOT NULL
);

-- Samples of a characteristic come in the order of time, so this is the order of their numbers, too.
CREATE INDEX spc_sample_in_order ON spc_sample (characteristic, taken_at, id);

-- The next number of a sample; blocks are reserved, so that none is ever given twice.
CREATE TABLE spc_sample_number (
  next BIGINT NOT NULL
);
INSERT INTO spc_sample_number (next) VALUES (1);

CREATE TABLE spc_violation (
  id             ${identity},
  characteristic BIGINT NOT NULL,
  statistic      TEXT NOT NULL,
  rule           INTEGER NOT NULL,
  severity       TEXT NOT NULL,
  side           TEXT NOT NULL,
  sample         BIGINT NOT NULL, -- at which the rule first held
  last_sample    BIGINT NOT NULL,
  sample_count   INTEGER NOT NULL,
  at             BIGINT NOT NULL,
  ack_user       TEXT,
  ack_reason     TEXT,
  ack_at         BIGINT
);
CREATE INDEX spc_violation_of ON spc_violation (characteristic, id);
CREATE INDEX spc_violation_open ON spc_violation (characteristic, id) WHERE ack_at IS NULL;

CREATE TABLE spc_violation_sample (
  violation BIGINT NOT NULL,
  sample    BIGINT NOT NULL,
  PRIMARY KEY (violation, sample)
) ${clustered};
CREATE INDEX spc_violation_sample_by_sample ON spc_violation_sample (sample);

-- Outlives what it speaks of.
CREATE TABLE spc_audit (
  id             ${identity},
  characteristic BIGINT NOT NULL,
  action         TEXT NOT NULL,
  subject        BIGINT NOT NULL, -- the id of the characteristic, sample or violation
  actor          TEXT NOT NULL,
  at             BIGINT NOT NULL,
  before         TEXT, -- JSON
  after          TEXT -- JSON
);
CREATE INDEX spc_audit_of ON spc_audit (characteristic, id);

-- A file that is being imported, and how far: moved in the same transactions as its samples.
CREATE TABLE spc_import (
  job            ${uuid} NOT NULL PRIMARY KEY,
  format         TEXT NOT NULL,
  characteristic BIGINT, -- of lines that name none
  line           BIGINT NOT NULL, -- everything up to here has been dealt with
  imported       BIGINT NOT NULL,
  rejected       BIGINT NOT NULL,
  problems       TEXT NOT NULL -- JSON: the first rows that were rejected, and why
);

CREATE TABLE spc_import_part (
  job    ${uuid} NOT NULL REFERENCES spc_import ON DELETE CASCADE,
  number INTEGER NOT NULL,
  text   TEXT NOT NULL,
  PRIMARY KEY (job, number)
);
