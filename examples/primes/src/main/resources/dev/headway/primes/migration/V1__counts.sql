CREATE TABLE primes_count (
  job      ${uuid} PRIMARY KEY REFERENCES job ON DELETE CASCADE,
  owner    BIGINT, -- the user's id; null for anonymous work
  up_to    INTEGER NOT NULL
);
