-- Moments and durations are in microseconds, moments since 1970-01-01T00:00:00Z.

CREATE TABLE job (
  id                  ${uuid} NOT NULL PRIMARY KEY,
  type                TEXT NOT NULL,
  owner               BIGINT NOT NULL, -- the user's id; 0 for anonymous work
  queue               TEXT NOT NULL,
  priority            INTEGER NOT NULL,
  max_attempts        INTEGER NOT NULL,
  timeout             BIGINT,
  external            BOOLEAN NOT NULL,
  idempotency_key     TEXT,
  retry_of            ${uuid},
  parent              ${uuid},
  weight              DOUBLE PRECISION,
  callback_url        TEXT,
  created_at          BIGINT NOT NULL,

  status              TEXT NOT NULL,
  attempt             INTEGER NOT NULL,
  version             BIGINT NOT NULL,
  lease_token         TEXT,
  lease_worker        TEXT,
  lease_length        BIGINT,
  cancel_at           BIGINT,
  cancel_keep_partial BOOLEAN,
  result              TEXT, -- of a completed job, or what a cancelled one left
  error_code          TEXT,
  error_message       TEXT,
  error_details       TEXT,
  started_at          BIGINT,
  completed_at        BIGINT,
  callback_due_at     BIGINT, -- when the job's end is to be announced
  callback_attempts   INTEGER NOT NULL DEFAULT 0,

  steps               TEXT NOT NULL, -- a line each
  percent             DOUBLE PRECISION,
  step                TEXT,
  message             TEXT NOT NULL,
  done                BIGINT,
  total               BIGINT,
  eta                 DOUBLE PRECISION,
  eta_low             DOUBLE PRECISION,
  eta_high            DOUBLE PRECISION,
  metadata            TEXT,
  lease_expires_at    BIGINT,
  updated_at          BIGINT NOT NULL,
  stalled_at          BIGINT,
  due_at              BIGINT -- when a running job next needs a look
);

-- Apart, so that a checkpoint of a job with a large input does not write the input again.
CREATE TABLE job_payload (
  job     ${uuid} NOT NULL PRIMARY KEY REFERENCES job ON DELETE CASCADE,
  payload TEXT NOT NULL
);

CREATE TABLE job_log (
  job    ${uuid} NOT NULL REFERENCES job ON DELETE CASCADE,
  number BIGINT NOT NULL,
  at     BIGINT NOT NULL,
  stream TEXT NOT NULL,
  text   TEXT NOT NULL,
  PRIMARY KEY (job, number)
) ${clustered};

CREATE UNIQUE INDEX job_idempotency ON job (owner, idempotency_key)
  WHERE idempotency_key IS NOT NULL;
-- Each list is a merge of the runs of these two indexes that the filter names.
CREATE INDEX job_list ON job (status, created_at, id, type);
CREATE INDEX job_list_owner ON job (owner, status, created_at, id, type);
CREATE INDEX job_waiting ON job (queue, external, priority DESC, created_at, id, type, owner)
  WHERE status = 'QUEUED';
-- Only a running job has a lease and a moment at which it is due.
CREATE INDEX job_due ON job (due_at, created_at, id) WHERE due_at IS NOT NULL;
CREATE INDEX job_callback ON job (callback_due_at) WHERE callback_due_at IS NOT NULL;
CREATE INDEX job_held ON job (lease_worker, created_at, id) WHERE lease_worker IS NOT NULL;
CREATE INDEX job_children ON job (parent, created_at, id) WHERE parent IS NOT NULL;
CREATE INDEX job_durations ON job (type, completed_at, started_at) WHERE status = 'COMPLETED';
CREATE INDEX job_ended ON job (completed_at) WHERE completed_at IS NOT NULL;

CREATE TABLE account (
  id                ${identity},
  email             TEXT NOT NULL UNIQUE,
  password_hash     TEXT NOT NULL,
  role              TEXT NOT NULL,
  active            BOOLEAN NOT NULL,
  created_at        BIGINT NOT NULL,
  tokens_valid_from BIGINT NOT NULL
);

CREATE TABLE api_key (
  id         ${identity},
  account    BIGINT NOT NULL REFERENCES account ON DELETE CASCADE,
  name       TEXT NOT NULL,
  hash       TEXT NOT NULL UNIQUE,
  role       TEXT NOT NULL,
  queues     TEXT NOT NULL, -- a line each
  created_at BIGINT NOT NULL,
  expires_at BIGINT
);

CREATE INDEX api_key_account ON api_key (account, id);

CREATE TABLE revoked_token (
  id         TEXT NOT NULL PRIMARY KEY,
  expires_at BIGINT NOT NULL
);
