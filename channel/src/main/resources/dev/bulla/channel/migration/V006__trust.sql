-- Signed trust metadata, every version kept, and which online key a channel signs with. The secret halves are files in
-- the keys folder. Owner: channel.metadata (RoleTable, OnlineKeyTable).
CREATE TABLE role_file (
    channel    TEXT   NOT NULL REFERENCES channel (name),
    view       TEXT   NOT NULL CHECK (view IN ('both', 'conda', 'libmamba')),
    role       TEXT   NOT NULL CHECK (role IN ('root', 'key_mgr', 'pkg_mgr')),
    version    BIGINT NOT NULL,
    signed_at  BIGINT NOT NULL, -- microseconds
    expires_at BIGINT NOT NULL,
    bytes      BYTEA  NOT NULL,
    PRIMARY KEY (channel, view, role, version)
);

CREATE TABLE online_key (
    channel    TEXT NOT NULL REFERENCES channel (name),
    purpose    TEXT NOT NULL CHECK (purpose IN ('key_mgr', 'conda_packages', 'libmamba_packages')),
    public_key TEXT NOT NULL,
    PRIMARY KEY (channel, purpose)
);
