-- How the files of a source are written, and which of their columns holds what.
CREATE TABLE spc_source (
  id             ${identity},
  name           TEXT NOT NULL UNIQUE,
  characteristic BIGINT, -- of lines that name none
  mapping        TEXT NOT NULL -- JSON
);

ALTER TABLE spc_import ADD COLUMN mapping TEXT; -- JSON; null for files as Headway describes them
