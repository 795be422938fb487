-- The servers on this database: each renews its row several times a second, by the database's clock.
CREATE TABLE node (
  name       TEXT NOT NULL PRIMARY KEY,
  home       TEXT NOT NULL, -- its data directory
  life       TEXT NOT NULL, -- this start of it
  held       TEXT NOT NULL, -- how many connections it has: a line for each holder
  renewed_at BIGINT NOT NULL
);
