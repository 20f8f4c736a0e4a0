-- One row for each change of state, written by the transaction that makes the change, numbered without gaps in commit
-- order. Owner: channel.ledger.JournalTable.
CREATE TABLE journal_head (
    id       BIGINT NOT NULL PRIMARY KEY CHECK (id = 0),
    position BIGINT NOT NULL
);
INSERT INTO journal_head (id, position) VALUES (0, 0);

CREATE TABLE journal (
    position BIGINT NOT NULL PRIMARY KEY,
    at       BIGINT NOT NULL, -- microseconds
    action   TEXT   NOT NULL,
    channel  TEXT,
    subject  TEXT   NOT NULL, -- what it happened to
    sha256   BYTEA,
    token_id TEXT,            -- the credential it was done with
    detail   TEXT             -- a sentence, where there is more to say
);
