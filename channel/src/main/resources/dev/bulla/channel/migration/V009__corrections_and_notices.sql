-- What a channel says beyond what was uploaded: records corrected by patch instructions, labels that were taken away,
-- notices. Owner: channel.catalog (PatchTable, LabelTable, NoticeTable).
ALTER TABLE artifact ADD COLUMN original_record TEXT; -- what record was before a patch changed it; null where none did
ALTER TABLE artifact ADD COLUMN patched_out BOOLEAN NOT NULL DEFAULT FALSE; -- a patch takes it out of the indexes
CREATE INDEX artifact_patched ON artifact (subdir_id) WHERE original_record IS NOT NULL OR patched_out;

CREATE TABLE patch_instructions (
    subdir_id BIGINT NOT NULL PRIMARY KEY REFERENCES subdir (id),
    position  BIGINT NOT NULL, -- journal position since which they hold
    document  BYTEA  NOT NULL  -- patch_instructions.json as it was sent
);

-- A label that was taken away stays as a row, so that its index can be told what to leave out.
ALTER TABLE artifact_label ADD COLUMN removed BOOLEAN NOT NULL DEFAULT FALSE;

CREATE TABLE notice (
    channel    TEXT   NOT NULL REFERENCES channel (name),
    id         TEXT   NOT NULL,
    level      TEXT   NOT NULL CHECK (level IN ('info', 'warning', 'critical')),
    message    TEXT   NOT NULL,
    created_at BIGINT NOT NULL, -- microseconds
    expires_at BIGINT NOT NULL,
    PRIMARY KEY (channel, id)
);
