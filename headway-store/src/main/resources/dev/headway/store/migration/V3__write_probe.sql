-- One row that is written to find out whether the database can be written.
CREATE TABLE write_probe (
  id         INTEGER NOT NULL PRIMARY KEY,
  written_at BIGINT NOT NULL
);
