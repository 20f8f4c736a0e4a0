-- Credentials; the secret itself is stored nowhere. Owner: channel.token.TokenTable.
CREATE TABLE token (
    id         TEXT    NOT NULL PRIMARY KEY,
    hash       BYTEA   NOT NULL UNIQUE, -- HMAC-SHA-256 of the whole secret under the server's token key
    name       TEXT    NOT NULL,
    admin      BOOLEAN NOT NULL,
    created_at BIGINT  NOT NULL,
    revoked_at BIGINT
);
