-- Who may read a channel, and which one a token may read. Owner: channel.catalog.ChannelTable, channel.token.TokenTable.
ALTER TABLE channel ADD COLUMN visibility TEXT NOT NULL DEFAULT 'public'
    CHECK (visibility IN ('public', 'private', 'hidden'));
ALTER TABLE token ADD COLUMN reads TEXT; -- the channel that it may read, and nothing else; null for other tokens
