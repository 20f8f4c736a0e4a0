-- What is in the channels. Owner: channel.catalog (ChannelTable, SubdirTable, ArtifactTable).
CREATE TABLE channel (
    name       TEXT   NOT NULL PRIMARY KEY,
    created_at BIGINT NOT NULL
);

CREATE TABLE subdir (
    id               BIGINT NOT NULL PRIMARY KEY,
    channel          TEXT   NOT NULL REFERENCES channel (name),
    name             TEXT   NOT NULL,
    changed_position BIGINT NOT NULL, -- journal position of the last change that its index must show
    UNIQUE (channel, name)
);

CREATE TABLE artifact (
    position             BIGINT NOT NULL PRIMARY KEY, -- journal position of its promotion
    subdir_id            BIGINT NOT NULL REFERENCES subdir (id),
    archive_type         TEXT   NOT NULL, -- tar.bz2 or conda
    file_name            TEXT   NOT NULL,
    package_name         TEXT   NOT NULL,
    sha256               BYTEA  NOT NULL,
    md5                  TEXT   NOT NULL,
    size_bytes           BIGINT NOT NULL,
    published_at         BIGINT NOT NULL, -- microseconds
    submission_id        TEXT   NOT NULL,
    record               TEXT   NOT NULL, -- the record's JSON as it was signed
    conda_signatures     TEXT   NOT NULL, -- JSON: public key -> entry, over the record as conda reads it
    libmamba_signatures  TEXT   NOT NULL, -- the same over the record as libmamba reads it
    UNIQUE (subdir_id, archive_type, file_name)
);
CREATE INDEX artifact_sha256 ON artifact (sha256);
