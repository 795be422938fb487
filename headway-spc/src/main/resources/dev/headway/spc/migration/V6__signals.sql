-- A signal leads values that machines publish to a characteristic.
CREATE TABLE spc_signal (
  id             ${identity},
  topic          TEXT NOT NULL, -- a pattern of MQTT
  path           TEXT, -- of the value in a message; null for a message that is the value
  characteristic BIGINT NOT NULL,
  gather_seconds INTEGER, -- single values make up a subgroup within so long; null for whole samples
  key_path       TEXT -- values of one subgroup have the same text here
);

-- Values that wait for the others of their subgroup.
CREATE TABLE spc_waiting_value (
  id        ${identity},
  signal    BIGINT NOT NULL,
  group_key TEXT NOT NULL,
  value     DOUBLE PRECISION NOT NULL,
  taken_at  BIGINT NOT NULL,
  came_at   BIGINT NOT NULL
);
CREATE INDEX spc_waiting_value_of ON spc_waiting_value (signal, id);

-- Messages that could not be read, with the reasons; they can be tried again.
CREATE TABLE spc_refused_message (
  id      ${identity},
  topic   TEXT NOT NULL,
  payload TEXT NOT NULL, -- Base64
  reasons TEXT NOT NULL, -- JSON
  at      BIGINT NOT NULL
);
