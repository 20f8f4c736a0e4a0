package dev.bulla.channel.token;

import dev.bulla.channel.ledger.Action;
import dev.bulla.channel.ledger.Entry;
import dev.bulla.channel.ledger.Journal;
import dev.bulla.channel.store.DataFolder;
import dev.bulla.channel.store.Database;
import dev.bulla.channel.store.Disk;
import dev.bulla.channel.store.Folders;
import dev.bulla.channel.store.Ids;
import dev.bulla.conda.name.ChannelName;
import dev.bulla.problem.Code;
import dev.bulla.problem.ProblemException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.random.RandomGenerator;
import org.jdbi.v3.core.Handle;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The credentials of a data folder. Safe to share.
 *
 * <p>The admin's token is put into {@code admin-token.new}, then its row is committed, then the file takes its final
 * name: whatever is in {@code admin-token} is good, and a start after a crash between the steps ends them.
 */
public final class Tokens {
    private static final String ADMIN = "admin";
    private static final int LONGEST_NAME = 100;
    private static final Logger LOG = LoggerFactory.getLogger(Tokens.class);

    private final DataFolder data;
    private final Database database;
    private final Disk disk;
    private final Clock clock;
    private final RandomGenerator random;
    private final TokenHash hash;

    private Tokens(DataFolder data, Database database, Disk disk, Clock clock, RandomGenerator random)
            throws IOException {
        this.data = data;
        this.database = database;
        this.disk = disk;
        this.clock = clock;
        this.random = random;
        this.hash = new TokenHash(key());
    }

    /** Opens the credentials; {@code random} must be a secure source. */
    public static Tokens open(DataFolder data, Database database, Disk disk, Clock clock, RandomGenerator random)
            throws IOException {
        return new Tokens(data, database, disk, clock, random);
    }

    /** Makes sure that there is an admin's token, in the file and in the database. */
    public void firstStart() throws IOException {
        finishReset();
        if (!database.read(TokenTable::hasAdmin)) {
            resetAdmin();
        }
    }

    /**
     * Whose secret this is.
     *
     * @throws ProblemException {@link Code#TOKEN_MALFORMED} when it cannot be a token of any server,
     *     {@link Code#TOKEN_UNKNOWN} when it is none of this one's or has ended
     */
    public ApiToken authenticate(String secret) {
        if (!TokenText.isWellFormed(secret)) {
            throw new ProblemException(
                    Code.TOKEN_MALFORMED, "the credential is not a token: its form or its check characters are wrong");
        }
        var wanted = hash.of(secret);
        return database.read(handle -> TokenTable.find(handle, wanted))
                .orElseThrow(() -> new ProblemException(
                        Code.TOKEN_UNKNOWN, "the token is well-formed, but not one that is good on this server"));
    }

    /**
     * Makes a token with which this channel, and nothing else, may be read.
     *
     * @param name what people call it, 1 to {@value #LONGEST_NAME} characters
     * @throws ProblemException {@link Code#SCOPE_DENIED}, {@link Code#BAD_REQUEST}
     */
    public NewToken createReader(ChannelName channel, String name, ApiToken by) {
        by.requireAdmin();
        if (name.isBlank() || name.length() > LONGEST_NAME) {
            throw new ProblemException(
                    Code.BAD_REQUEST, "the name of a token has 1 to " + LONGEST_NAME + " characters");
        }
        var secret = TokenText.generate(random);
        var now = clock.instant();
        var token = new ApiToken(Ids.next(now, random), name, false, channel, now);
        var entry = Entry.of(now, Action.TOKEN_CREATED, channel.text(), token.id())
                .by(by.id())
                .saying("reads " + channel + ": " + name);
        database.change(handle -> {
            TokenTable.insert(handle, token, hash.of(secret));
            Journal.append(handle, entry);
        });
        LOG.info("token created id={} reads={} by={}", token.id(), channel, by.id());
        return new NewToken(token, secret);
    }

    /**
     * Ends a token at once. The admin's is replaced by {@link #resetAdmin} instead.
     *
     * @throws ProblemException {@link Code#SCOPE_DENIED}, {@link Code#NOT_HERE}
     */
    public void revoke(String id, ApiToken by) {
        by.requireAdmin();
        var now = clock.instant();
        database.change(handle -> {
            if (!TokenTable.revoke(handle, id, now)) {
                throw new ProblemException(Code.NOT_HERE, "there is no token " + id + " that can be ended");
            }
            Journal.append(handle, Entry.of(now, Action.TOKEN_REVOKED, null, id).by(by.id()));
        });
        LOG.info("token revoked id={} by={}", id, by.id());
    }

    /** Ends the admin's token and makes another, which is also put into the file {@code admin-token}. */
    public String resetAdmin() throws IOException {
        var secret = TokenText.generate(random);
        var pending = pendingFile();
        disk.write(pending, (secret + "\n").getBytes(StandardCharsets.US_ASCII));
        database.change(handle -> replaceAdmin(handle, secret));
        disk.move(pending, data.adminToken());
        disk.syncFolder(Folders.parent(pending));
        LOG.info("the admin's token was made anew file={}", data.adminToken().getFileName());
        return secret;
    }

    private void replaceAdmin(Handle handle, String secret) {
        var now = clock.instant();
        for (var id : TokenTable.revokeAdmins(handle, now)) {
            Journal.append(handle, Entry.of(now, Action.TOKEN_REVOKED, null, id).saying("replaced by a reset"));
        }
        var token = new ApiToken(Ids.next(now, random), ADMIN, true, null, now);
        TokenTable.insert(handle, token, hash.of(secret));
        Journal.append(
                handle, Entry.of(now, Action.TOKEN_CREATED, null, token.id()).saying(ADMIN));
    }

    /** Ends a reset that a crash cut short: the new file counts if its token was committed, and goes if not. */
    private void finishReset() throws IOException {
        var pending = pendingFile();
        if (!Files.exists(pending)) {
            return;
        }
        var secret = Files.readString(pending, StandardCharsets.US_ASCII).strip();
        var wanted = hash.of(secret);
        if (database.read(handle -> TokenTable.find(handle, wanted)).isPresent()) {
            disk.move(pending, data.adminToken());
        } else {
            disk.delete(pending);
        }
        disk.syncFolder(Folders.parent(pending));
    }

    private Path pendingFile() {
        return data.adminToken().resolveSibling(data.adminToken().getFileName() + ".new");
    }

    private byte[] key() throws IOException {
        var file = data.keys().resolve("tokens.hmac");
        if (!Files.exists(file)) {
            if (database.read(TokenTable::hasAdmin)) {
                LOG.warn("the token key is lost, so every token has ended: make new ones after an admin-token reset");
            }
            var key = new byte[TokenHash.KEY_BYTES];
            random.nextBytes(key);
            disk.replace(file, key);
        }
        return Files.readAllBytes(file);
    }
}
