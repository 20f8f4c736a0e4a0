-- Which index shows an artifact: labels, and what was withdrawn from all of them. An index is of a subdir and a label;
-- what its shards must show again is found by the position of an artifact's last change. And what a package says beside
-- its index.json. Owner: channel.catalog (IndexUnitTable, ArtifactTable, LabelTable).
ALTER TABLE artifact ADD COLUMN changed_position BIGINT NOT NULL DEFAULT 0; -- journal position of its last change
ALTER TABLE artifact ADD COLUMN yanked_at BIGINT; -- microseconds; null while indexes list it
ALTER TABLE artifact ADD COLUMN yank_reason TEXT;
ALTER TABLE artifact ADD COLUMN run_exports TEXT; -- JSON object; null when it has none
ALTER TABLE artifact ADD COLUMN about TEXT; -- JSON object for channeldata.json; null when it has none
UPDATE artifact SET changed_position = position;
CREATE INDEX artifact_package ON artifact (subdir_id, package_name, file_name);
CREATE INDEX artifact_changed ON artifact (subdir_id, changed_position);

CREATE TABLE artifact_label (
    position BIGINT NOT NULL REFERENCES artifact (position),
    label    TEXT   NOT NULL,
    PRIMARY KEY (position, label)
);
CREATE INDEX artifact_label_label ON artifact_label (label, position);
INSERT INTO artifact_label (position, label) SELECT position, 'main' FROM artifact;

CREATE TABLE index_unit (
    subdir_id        BIGINT NOT NULL REFERENCES subdir (id),
    label            TEXT   NOT NULL,
    changed_position BIGINT NOT NULL, -- journal position of the last change that this index must show
    PRIMARY KEY (subdir_id, label)
);
INSERT INTO index_unit (subdir_id, label, changed_position) SELECT id, 'main', changed_position FROM subdir;

-- An index that is behind is found by its position when the data folder is opened; no job is needed for it.
DELETE FROM job WHERE kind = 'index';
