-- Who is told of which jobs.
CREATE TABLE notification_rule (
  id           ${uuid} NOT NULL PRIMARY KEY,
  owner        BIGINT NOT NULL REFERENCES account ON DELETE CASCADE,
  callback_url TEXT NOT NULL,
  occasions    TEXT NOT NULL, -- a line each
  job          ${uuid} REFERENCES job ON DELETE CASCADE,
  tag          TEXT,
  silence      BIGINT,
  created_at   BIGINT NOT NULL
);
CREATE INDEX notification_rule_owner ON notification_rule (owner, created_at, id);
CREATE INDEX notification_rule_job ON notification_rule (job) WHERE job IS NOT NULL;

-- What is told by a rule, and what was: it keeps an end from being told twice.
CREATE TABLE notification (
  id                TEXT NOT NULL PRIMARY KEY,
  rule              ${uuid} NOT NULL REFERENCES notification_rule ON DELETE CASCADE,
  job               ${uuid} NOT NULL REFERENCES job ON DELETE CASCADE,
  occasion          TEXT NOT NULL,
  callback_due_at   BIGINT,
  callback_attempts INTEGER NOT NULL DEFAULT 0
);
CREATE INDEX notification_due ON notification (callback_due_at) WHERE callback_due_at IS NOT NULL;
CREATE INDEX notification_rule_told ON notification (rule);
CREATE INDEX notification_job ON notification (job);
