-- What came in bulk from another channel, and how far the payload of each artifact is checked. Owner: channel.imports
-- (ImportTable) for the table, channel.catalog (PayloadTable) for the columns.
CREATE TABLE import_batch (
    id        TEXT   NOT NULL PRIMARY KEY, -- what its artifacts have as submission_id
    channel   TEXT   NOT NULL REFERENCES channel (name),
    label     TEXT   NOT NULL,
    token_id  TEXT   NOT NULL,
    files     BIGINT NOT NULL, -- how many might become artifacts
    begun_at  BIGINT NOT NULL, -- microseconds
    ended_at  BIGINT,          -- null until its artifacts are public, or it is abandoned
    addresses BYTEA            -- the SHA-256 of all that may be stored for it, 32 bytes each; null once it has ended
);
CREATE INDEX import_batch_open ON import_batch (id) WHERE ended_at IS NULL;

ALTER TABLE artifact ADD COLUMN payload TEXT NOT NULL DEFAULT 'checked'
    CHECK (payload IN ('checked', 'unchecked', 'no_paths', 'failed'));
CREATE INDEX artifact_unchecked ON artifact (position) WHERE payload = 'unchecked';
CREATE INDEX artifact_failed ON artifact (position) WHERE payload = 'failed';
CREATE INDEX artifact_no_paths ON artifact (position) WHERE payload = 'no_paths';
