-- Cursors of this installation begin with its life; a restore from a backup begins another one.
CREATE TABLE installation (
  id   INTEGER NOT NULL PRIMARY KEY,
  life TEXT NOT NULL
);

ALTER TABLE job ADD COLUMN milestone BIGINT NOT NULL DEFAULT 0; -- the number of the last one
ALTER TABLE job ADD COLUMN reports BIGINT NOT NULL DEFAULT 0; -- how many there were
ALTER TABLE job ADD COLUMN log_lines BIGINT NOT NULL DEFAULT 0; -- the number of the last one
UPDATE job SET log_lines = (SELECT max(number) FROM job_log WHERE job_log.job = job.id)
  WHERE EXISTS (SELECT 1 FROM job_log WHERE job_log.job = job.id);

-- The milestones of a job with what each shows of it: the rest is in the job's own row.
CREATE TABLE job_event (
  job              ${uuid} NOT NULL REFERENCES job ON DELETE CASCADE,
  number           BIGINT NOT NULL,
  at               BIGINT NOT NULL,
  type             TEXT NOT NULL,
  reports          BIGINT NOT NULL,
  log_lines        BIGINT NOT NULL,
  attempt          INTEGER NOT NULL,
  percent          DOUBLE PRECISION,
  step             TEXT,
  message          TEXT NOT NULL,
  done             BIGINT,
  total            BIGINT,
  eta              DOUBLE PRECISION,
  eta_low          DOUBLE PRECISION,
  eta_high         DOUBLE PRECISION,
  metadata         TEXT,
  begun_at         BIGINT,
  begun_percent    DOUBLE PRECISION,
  started_at       BIGINT,
  updated_at       BIGINT NOT NULL,
  stalled_at       BIGINT,
  cancel_requested BOOLEAN NOT NULL,
  error_code       TEXT, -- of an attempt that failed
  error_message    TEXT,
  error_details    TEXT,
  PRIMARY KEY (job, number)
) ${clustered};
