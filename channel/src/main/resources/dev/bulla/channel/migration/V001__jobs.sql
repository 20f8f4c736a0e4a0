-- Work that a committed change has promised. Owner: channel.store.JobTable.
CREATE TABLE job (
    kind         TEXT   NOT NULL,
    subject      TEXT   NOT NULL,
    revision     BIGINT NOT NULL, -- raised by each further request while it waits or runs
    run_at       BIGINT NOT NULL, -- microseconds; not before
    leased_until BIGINT NOT NULL, -- microseconds; 0 when nobody works on it
    attempts     BIGINT NOT NULL, -- since it last succeeded
    last_error   TEXT,
    PRIMARY KEY (kind, subject)
);
CREATE INDEX job_due ON job (run_at);
