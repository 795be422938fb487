-- Keys that an administrator gave may claim the jobs of other users.
ALTER TABLE api_key ADD COLUMN for_others BOOLEAN NOT NULL DEFAULT FALSE;

-- People of an identity provider.
CREATE TABLE account_identity (
  issuer  TEXT NOT NULL,
  subject TEXT NOT NULL,
  account BIGINT NOT NULL REFERENCES account ON DELETE CASCADE,
  PRIMARY KEY (issuer, subject)
);

CREATE INDEX account_identity_account ON account_identity (account);

-- Tokens that users hold, without the tokens themselves.
CREATE TABLE issued_token (
  id           TEXT NOT NULL PRIMARY KEY,
  account      BIGINT NOT NULL REFERENCES account ON DELETE CASCADE,
  kind         TEXT NOT NULL,
  detail       TEXT NOT NULL,
  signed_in_at BIGINT NOT NULL,
  issued_at    BIGINT NOT NULL,
  expires_at   BIGINT NOT NULL
);

CREATE INDEX issued_token_account ON issued_token (account, issued_at);

CREATE TABLE account_audit (
  id      ${identity},
  at      BIGINT NOT NULL,
  actor   TEXT NOT NULL,
  action  TEXT NOT NULL,
  account TEXT NOT NULL, -- the address, for it outlives the account
  detail  TEXT NOT NULL
);

-- Has a row when registration was closed.
CREATE TABLE registration_closed (
  id BIGINT NOT NULL PRIMARY KEY
);
