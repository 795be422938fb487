-- What people say about a sample.
CREATE TABLE spc_annotation (
  id             ${identity},
  characteristic BIGINT NOT NULL,
  sample         BIGINT NOT NULL,
  text           TEXT NOT NULL,
  author         TEXT NOT NULL,
  at             BIGINT NOT NULL
);
CREATE INDEX spc_annotation_of_characteristic ON spc_annotation (characteristic, id);
CREATE INDEX spc_annotation_of_sample ON spc_annotation (sample);
