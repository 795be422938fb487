-- The keys that senders gave their samples: one that comes again under the same key is the same sample.
CREATE TABLE spc_sample_key (
  characteristic BIGINT NOT NULL,
  sample_key     TEXT NOT NULL,
  sample         BIGINT NOT NULL,
  PRIMARY KEY (characteristic, sample_key)
) ${clustered};
CREATE INDEX spc_sample_key_by_sample ON spc_sample_key (sample);

ALTER TABLE spc_import ADD COLUMN repeated BIGINT NOT NULL DEFAULT 0;
