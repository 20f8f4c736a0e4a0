package dev.bulla.client.update;

import dev.bulla.client.fetch.ChannelUrl;
import dev.bulla.client.fetch.Limit;
import dev.bulla.problem.Code;
import dev.bulla.problem.ProblemException;
import dev.bulla.trust.contenttrust.SeenVersions;
import dev.bulla.trust.json.Dialect;
import dev.bulla.trust.json.Json;
import dev.bulla.trust.json.JsonException;
import dev.bulla.trust.json.JsonLimits;
import dev.bulla.trust.json.JsonNumber;
import dev.bulla.trust.json.JsonObject;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * The folder of one channel, held by one process at a time from {@link #open} to {@link #close}. It stores and gives back;
 * whether it is to be believed is decided by {@link Updater}.
 */
public final class TrustedState implements AutoCloseable {
    private static final int SMALL = 4096;

    /** Between threads of this process, for which a file lock is none. */
    private static final ReentrantLock THREADS = new ReentrantLock();

    private final Path folder;
    private final FileChannel lock;

    private TrustedState(Path folder, FileChannel lock) {
        this.folder = folder;
        this.lock = lock;
    }

    /**
     * Where channels' folders are kept: {@code $BULLA_STATE/trust}, else {@code $XDG_STATE_HOME/bulla/trust}, else {@code
     * ~/.local/state/bulla/trust}.
     */
    public static Path base(UnaryOperator<@Nullable String> environment, Path home) {
        var own = environment.apply("BULLA_STATE");
        if (own != null && !own.isEmpty()) {
            return Path.of(own, "trust");
        }
        var xdg = environment.apply("XDG_STATE_HOME");
        var state = xdg != null && !xdg.isEmpty() ? Path.of(xdg) : home.resolve(".local/state");
        return state.resolve("bulla/trust");
    }

    /** Opens the channel's folder, makes it if need be, and waits until no other process has it. */
    static TrustedState open(Path base, ChannelUrl channel) {
        var folder = base.resolve(channel.id());
        THREADS.lock();
        var opened = false;
        try {
            Files.createDirectories(folder);
            var state = new TrustedState(
                    folder,
                    FileChannel.open(folder.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE));
            state.lock(channel);
            opened = true;
            return state;
        } catch (IOException e) {
            throw new ProblemException(Code.DISK_ERROR, "cannot use " + folder + ": " + e.getMessage(), e);
        } finally {
            if (!opened) {
                THREADS.unlock();
            }
        }
    }

    private void lock(ChannelUrl channel) throws IOException {
        try {
            lock.lock();
            name(channel);
        } catch (IOException | RuntimeException e) {
            lock.close();
            throw e;
        }
    }

    /** Leaves the address beside the files, for people who look into the folder. */
    private void name(ChannelUrl channel) {
        if (!Files.exists(folder.resolve("channel"))) {
            DurableFile.write(folder.resolve("channel"), utf8(channel.identity() + "\n"));
        }
    }

    /** Where it is. */
    public Path folder() {
        return folder;
    }

    /** The pinned digest. */
    Optional<Pin.Digest> pin() {
        return DurableFile.read(folder.resolve("pin"), SMALL)
                .map(bytes -> new Pin.Digest(new String(bytes, StandardCharsets.UTF_8).strip()));
    }

    void pin(Pin.Digest digest) {
        DurableFile.write(folder.resolve("pin"), utf8(digest.sha256() + "\n"));
    }

    /** The stored root of a version. */
    Optional<byte[]> root(int version) {
        return DurableFile.read(folder.resolve(version + ".root.json"), (int) Limit.ROLE.maxBytes());
    }

    void root(int version, byte[] bytes) {
        DurableFile.write(folder.resolve(version + ".root.json"), bytes);
    }

    /** The versions accepted before in this view; {@link SeenVersions#NONE} at first. */
    SeenVersions seen(Dialect view) {
        return DurableFile.read(seenFile(view), SMALL)
                .map(bytes -> parseSeen(seenFile(view), bytes))
                .orElse(SeenVersions.NONE);
    }

    void seen(Dialect view, SeenVersions seen) {
        var json = JsonObject.builder()
                .put("root", seen.root())
                .put("key_mgr", seen.keyMgr())
                .put("pkg_mgr", seen.pkgMgr())
                .build();
        DurableFile.write(seenFile(view), json.compact());
    }

    private Path seenFile(Dialect view) {
        return folder.resolve("seen-" + view.name().toLowerCase(Locale.ROOT) + ".json");
    }

    private static SeenVersions parseSeen(Path file, byte[] bytes) {
        try {
            if (Json.parse(bytes, JsonLimits.METADATA) instanceof JsonObject seen) {
                return new SeenVersions(number(seen, "root"), number(seen, "key_mgr"), number(seen, "pkg_mgr"));
            }
        } catch (JsonException | IllegalArgumentException e) {
            throw damaged(file, e);
        }
        throw damaged(file, new IllegalArgumentException("not an object"));
    }

    private static int number(JsonObject object, String name) {
        if (object.member(name).orElse(null) instanceof JsonNumber number) {
            return Integer.parseInt(number.text());
        }
        throw new IllegalArgumentException(name + " is missing");
    }

    private static ProblemException damaged(Path file, RuntimeException e) {
        return new ProblemException(
                Code.DISK_ERROR,
                file + " is damaged: without it an older world could not be told from the present one",
                e);
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    @Override
    public void close() {
        try {
            lock.close(); // releases the lock with it
        } catch (IOException e) {
            throw new ProblemException(Code.DISK_ERROR, "cannot release " + folder + ": " + e.getMessage(), e);
        } finally {
            THREADS.unlock();
        }
    }
}
