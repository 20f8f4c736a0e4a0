package dev.bulla.bench;

import com.github.luben.zstd.ZstdInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.concurrent.TimeUnit;

/**
 * The files that list a whole subdir, in both views, watched until each names a package. Only their heads are asked for
 * meanwhile, so that the watching takes nothing from the making; the files are read afterwards.
 */
final class WholeLists {
    private static final List<String> NAMES =
            List.of("repodata.json", "repodata.json.zst", "run_exports.json", "run_exports.json.zst");
    private static final long LONGEST_SECONDS = 600;
    private static final long BETWEEN_MILLIS = 10;

    private final Asked server;
    private final SequencedMap<String, String> before = new LinkedHashMap<>();

    private record Seen(String tag, long nanos) {}

    private WholeLists(Asked server) {
        this.server = server;
    }

    /** Takes note of what is served now. */
    static WholeLists of(Asked server, String subdir) throws IOException, InterruptedException {
        var lists = new WholeLists(server);
        for (var view : List.of("/main/", "/main/libmamba/")) {
            for (var name : NAMES) {
                var path = view + subdir + "/" + name;
                var tag = server.tag(path);
                if (!tag.isEmpty()) {
                    lists.before.put(path, tag);
                }
            }
        }
        return lists;
    }

    /** Whether all of them name the file. */
    boolean name(String fileName) throws IOException, InterruptedException {
        for (var path : before.keySet()) {
            if (!names(path, fileName)) {
                return false;
            }
        }
        return true;
    }

    /** How many milliseconds after this moment each of them named the file. */
    Map<String, Long> await(String fileName, long since) throws IOException, InterruptedException {
        var seen = new LinkedHashMap<String, Seen>();
        before.forEach((path, tag) -> seen.put(path, new Seen(tag, 0)));
        var missing = new ArrayList<>(before.sequencedKeySet());
        while (!missing.isEmpty()) {
            watch(seen, missing, since);
            for (var path : List.copyOf(missing)) {
                if (names(path, fileName)) {
                    missing.remove(path);
                }
            }
        }
        var millis = new LinkedHashMap<String, Long>();
        seen.forEach((path, last) -> millis.put(path, TimeUnit.NANOSECONDS.toMillis(last.nanos() - since)));
        return millis;
    }

    /** Returns when all of these have changed since they were last seen. */
    private void watch(Map<String, Seen> seen, List<String> paths, long since)
            throws IOException, InterruptedException {
        var unchanged = new ArrayList<>(paths);
        while (!unchanged.isEmpty()) {
            for (var path : paths) {
                var tag = server.tag(path);
                var now = System.nanoTime();
                var last = seen.get(path);
                if (last == null || !tag.equals(last.tag())) {
                    seen.put(path, new Seen(tag, now));
                    unchanged.remove(path);
                }
                if (TimeUnit.NANOSECONDS.toSeconds(now - since) > LONGEST_SECONDS) {
                    throw new IOException("after " + LONGEST_SECONDS + " s these have not changed: " + unchanged);
                }
            }
            TimeUnit.MILLISECONDS.sleep(BETWEEN_MILLIS);
        }
    }

    private boolean names(String path, String fileName) throws IOException, InterruptedException {
        try (var body = server.open(path)) {
            return contains(path.endsWith(".zst") ? new ZstdInputStream(body) : body, quoted(fileName));
        }
    }

    private static byte[] quoted(String fileName) {
        return ("\"" + fileName + "\"").getBytes(StandardCharsets.UTF_8);
    }

    private static boolean contains(InputStream in, byte[] sought) throws IOException {
        var text = new byte[1 << 20];
        var kept = 0;
        var found = false;
        for (var read = in.read(text); read >= 0; read = in.read(text, kept, text.length - kept)) {
            var end = kept + read;
            found = found || find(text, end, sought); // It is read to its end, or the connection cannot be used again.
            kept = Math.min(end, sought.length);
            System.arraycopy(text, end - kept, text, 0, kept);
        }
        return found;
    }

    private static boolean find(byte[] text, int end, byte[] sought) {
        for (var at = 0; at + sought.length <= end; at++) {
            var same = 0;
            while (same < sought.length && text[at + same] == sought[same]) {
                same++;
            }
            if (same == sought.length) {
                return true;
            }
        }
        return false;
    }
}
