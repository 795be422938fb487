CREATE TABLE sample (
  id      ${identity},
  account BIGINT NOT NULL REFERENCES account
);
