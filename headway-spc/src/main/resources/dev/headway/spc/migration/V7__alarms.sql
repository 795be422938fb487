-- Receivers of alarms.
CREATE TABLE spc_alarm_receiver (
  id             ${identity},
  name           TEXT NOT NULL,
  kind           TEXT NOT NULL,
  address        TEXT NOT NULL,
  secret         TEXT, -- signs webhooks
  characteristic BIGINT, -- null for all
  severity       TEXT NOT NULL, -- the least that is told
  after_minutes  INTEGER NOT NULL, -- without an answer, before the first time
  repeat_minutes INTEGER -- without an answer, before the next time; null for once
);

-- What was told to whom, and when.
CREATE TABLE spc_alarm_delivery (
  id            ${identity},
  violation     BIGINT NOT NULL,
  receiver      BIGINT NOT NULL,
  number        INTEGER NOT NULL, -- from 0: the first time
  due_at        BIGINT, -- null once it was delivered or given up
  claimed_until BIGINT NOT NULL,
  attempts      INTEGER NOT NULL,
  delivered_at  BIGINT,
  error         TEXT
);
CREATE UNIQUE INDEX spc_alarm_delivery_once ON spc_alarm_delivery (violation, receiver, number);
CREATE INDEX spc_alarm_delivery_due ON spc_alarm_delivery (due_at) WHERE due_at IS NOT NULL;

-- Whether the receivers of a violation's alarm have been found.
ALTER TABLE spc_violation ADD COLUMN alarmed BOOLEAN NOT NULL DEFAULT TRUE;
CREATE INDEX spc_violation_alarm ON spc_violation (id) WHERE NOT alarmed;

-- What became of a violation after it was acknowledged.
ALTER TABLE spc_violation ADD COLUMN cause TEXT;
ALTER TABLE spc_violation ADD COLUMN action TEXT;
ALTER TABLE spc_violation ADD COLUMN closed_by TEXT;
ALTER TABLE spc_violation ADD COLUMN closed_at BIGINT;
