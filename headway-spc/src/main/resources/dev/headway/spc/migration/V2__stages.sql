-- A characteristic's series is a row of stages in time; limits and rules are a stage's.
CREATE TABLE spc_stage (
  id               ${identity},
  characteristic   BIGINT NOT NULL,
  name             TEXT NOT NULL,
  starts_at        BIGINT NOT NULL,
  baseline         TEXT, -- JSON; null for limits set by hand or none
  limits_method    TEXT, -- null while there are no limits
  limits           TEXT, -- JSON
  location_rules   TEXT NOT NULL, -- JSON
  dispersion_rules TEXT NOT NULL -- JSON
);
CREATE UNIQUE INDEX spc_stage_in_order ON spc_stage (characteristic, starts_at);

INSERT INTO spc_stage (
  characteristic, name, starts_at, limits_method, limits, location_rules, dispersion_rules)
SELECT id, 'Stage 1', -2208988800000000, limits_method, limits, location_rules, dispersion_rules
FROM spc_characteristic;

-- Characteristics whose samples were judged as they came: they are judged anew once.
CREATE TABLE spc_unjudged (
  characteristic BIGINT NOT NULL PRIMARY KEY
);
INSERT INTO spc_unjudged SELECT id FROM spc_characteristic;

ALTER TABLE spc_characteristic DROP COLUMN limits_method;
ALTER TABLE spc_characteristic DROP COLUMN limits;
ALTER TABLE spc_characteristic DROP COLUMN location_rules;
ALTER TABLE spc_characteristic DROP COLUMN dispersion_rules;

-- A violation spans samples in the order of time; what is in control follows from violations alone.
ALTER TABLE spc_violation ADD COLUMN first_sample BIGINT NOT NULL DEFAULT 0;
ALTER TABLE spc_violation ADD COLUMN first_at BIGINT NOT NULL DEFAULT 0;
ALTER TABLE spc_violation ADD COLUMN last_at BIGINT NOT NULL DEFAULT 0;
ALTER TABLE spc_violation ADD COLUMN retrospective BOOLEAN NOT NULL DEFAULT FALSE;
ALTER TABLE spc_violation ADD COLUMN withdrawn_at BIGINT; -- when its samples were judged anew without it

UPDATE spc_violation SET
  first_sample = coalesce((SELECT min(m.sample) FROM spc_violation_sample m WHERE m.violation = spc_violation.id), sample),
  last_at = coalesce((SELECT s.taken_at FROM spc_sample s WHERE s.id = spc_violation.last_sample), at);
UPDATE spc_violation SET
  first_at = coalesce((SELECT s.taken_at FROM spc_sample s WHERE s.id = spc_violation.first_sample), at);

CREATE INDEX spc_violation_in_time ON spc_violation (characteristic, last_at);
DROP INDEX spc_violation_open;
CREATE INDEX spc_violation_open ON spc_violation (characteristic, id) WHERE ack_at IS NULL AND withdrawn_at IS NULL;

-- Zones and verdicts are not kept with the samples.
CREATE TABLE spc_sample_as_taken (
  id             BIGINT NOT NULL PRIMARY KEY,
  characteristic BIGINT NOT NULL,
  taken_at       BIGINT NOT NULL,
  measurements   TEXT NOT NULL, -- separated by commas; for attributes the count and the size
  batch_number   TEXT,
  operator_id    TEXT,
  excluded       BOOLEAN NOT NULL,
  late           BOOLEAN NOT NULL -- whether it came after samples that were taken later
);
INSERT INTO spc_sample_as_taken
SELECT id, characteristic, taken_at, measurements, batch_number, operator_id, excluded, FALSE FROM spc_sample;
DROP TABLE spc_violation_sample;
DROP TABLE spc_sample;
ALTER TABLE spc_sample_as_taken RENAME TO spc_sample;
CREATE INDEX spc_sample_in_order ON spc_sample (characteristic, taken_at, id);
CREATE INDEX spc_sample_late ON spc_sample (characteristic, id) WHERE late;
