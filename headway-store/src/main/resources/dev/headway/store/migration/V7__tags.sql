ALTER TABLE job ADD COLUMN tags TEXT NOT NULL DEFAULT ''; -- a line each

-- The same tags, to find their jobs.
CREATE TABLE job_tag (
  job ${uuid} NOT NULL REFERENCES job ON DELETE CASCADE,
  tag TEXT NOT NULL,
  PRIMARY KEY (tag, job)
);
CREATE INDEX job_tag_job ON job_tag (job);
