-- Moments are in microseconds since 1970-01-01T00:00:00Z.
-- Where an analysis stands is its job's to say; nothing here repeats it.

CREATE TABLE fpl_analysis (
  id          ${uuid} PRIMARY KEY, -- its job's, too
  job         ${uuid} UNIQUE REFERENCES job ON DELETE CASCADE, -- null until the job has been submitted
  owner       BIGINT NOT NULL, -- the user's id; 0 for anonymous work
  team_id     INTEGER NOT NULL,
  created_at  BIGINT NOT NULL,
  fingerprint TEXT, -- of the request and the season, once they were answered
  request     TEXT NOT NULL -- a JSON object; last: lists do not read so far
);

CREATE INDEX fpl_analysis_owner ON fpl_analysis (owner, id);
CREATE INDEX fpl_analysis_unlinked ON fpl_analysis (created_at) WHERE job IS NULL;
CREATE INDEX fpl_analysis_answer ON fpl_analysis (fingerprint) WHERE fingerprint IS NOT NULL;

-- The season that was uploaded last.
CREATE TABLE fpl_season (
  id          INTEGER PRIMARY KEY CHECK (id = 1),
  uploaded_at BIGINT NOT NULL,
  checksum    TEXT NOT NULL, -- SHA-256, to notice that somebody has changed the document
  document    TEXT NOT NULL
);
