-- What an attempt leaves to the next one, with how far it had come.
CREATE TABLE job_checkpoint (
  job     ${uuid} NOT NULL PRIMARY KEY REFERENCES job ON DELETE CASCADE,
  attempt INTEGER NOT NULL,
  at      BIGINT NOT NULL,
  state   TEXT NOT NULL,
  percent DOUBLE PRECISION,
  step    TEXT,
  done    BIGINT,
  total   BIGINT
);
