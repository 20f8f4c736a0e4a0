-- What was received, and what became of it. Owner: channel.publish.SubmissionTable.
CREATE TABLE submission (
    id          TEXT   NOT NULL PRIMARY KEY,
    channel     TEXT   NOT NULL REFERENCES channel (name),
    file_name   TEXT   NOT NULL,
    sha256      BYTEA  NOT NULL,
    size_bytes  BIGINT NOT NULL,
    token_id    TEXT   NOT NULL,
    state       TEXT   NOT NULL CHECK (state IN ('staged', 'promoted', 'duplicate', 'refused', 'abandoned')),
    received_at BIGINT NOT NULL, -- microseconds
    decided_at  BIGINT
);
CREATE INDEX submission_staged ON submission (sha256) WHERE state = 'staged';
