package dev.bulla.trust.contenttrust;

import static dev.bulla.trust.contenttrust.World.KEY_MGR;
import static dev.bulla.trust.contenttrust.World.NOW;
import static dev.bulla.trust.contenttrust.World.PKG_CONDA;
import static dev.bulla.trust.contenttrust.World.PKG_LIBMAMBA;
import static dev.bulla.trust.contenttrust.World.ROOT_A;
import static dev.bulla.trust.contenttrust.World.json;
import static dev.bulla.trust.contenttrust.World.keys;
import static dev.bulla.trust.contenttrust.World.sign;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.bulla.trust.json.Dialect;
import dev.bulla.trust.json.JsonObject;
import dev.bulla.trust.keys.SigningKey;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/**
 * The examples in {@code docs/spec/content-trust.md} are what the code makes. Run with {@code
 * -Dbulla.refresh-examples=true} to write them anew, and read the difference.
 */
class SpecExamplesTest {
    private static final Path SPEC = Path.of(System.getProperty("bulla.root", ".."), "docs/spec/content-trust.md");
    private static final Pattern EXAMPLE =
            Pattern.compile("(<!-- example: ([a-z_ ]+) -->\n```[a-z]*\n)(.*?)```\n", Pattern.DOTALL);

    private static Map<String, String> written() throws IOException {
        var examples = new LinkedHashMap<String, String>();
        var matcher = EXAMPLE.matcher(Files.readString(SPEC));
        while (matcher.find()) {
            examples.put(matcher.group(2), matcher.group(3));
        }
        return examples;
    }

    private static String text(byte[] bytes) {
        return new String(bytes, StandardCharsets.UTF_8) + "\n";
    }

    private static String signatures(Dialect dialect, JsonObject record, SigningKey key) {
        var entry = RecordSignatures.entry(key.publicKey(), RecordSignatures.sign(dialect, record, key));
        return text(Dialect.CONDA.canonical(entry));
    }

    private static Map<String, String> made(Map<String, String> written) {
        var value = json(written.getOrDefault("value", "{}"));
        var record = json(written.getOrDefault("record", "{}"));
        var root = RoleEditor.root(1, Validity.from(NOW, Duration.ofDays(1096)), keys(1, ROOT_A), keys(1, KEY_MGR));
        var month = Validity.from(NOW, Duration.ofDays(30));
        var made = new LinkedHashMap<>(written);
        made.put("value for conda", text(Dialect.CONDA.canonical(value)));
        made.put("value for libmamba", text(Dialect.LIBMAMBA.canonical(value)));
        made.put("root", text(sign(root, ROOT_A).bytes()));
        made.put(
                "key_mgr",
                text(sign(RoleEditor.keyMgr(1, month, keys(1, PKG_CONDA)), KEY_MGR)
                        .bytes()));
        made.put("pkg_mgr", text(sign(RoleEditor.pkgMgr(1, month), PKG_LIBMAMBA).bytes()));
        made.put("record for libmamba", text(RecordSignatures.signedBytes(Dialect.LIBMAMBA, record)));
        made.put("signatures for conda", signatures(Dialect.CONDA, record, PKG_CONDA));
        made.put("signatures for libmamba", signatures(Dialect.LIBMAMBA, record, PKG_LIBMAMBA));
        return made;
    }

    @Test
    void every_example_is_what_the_code_makes() throws IOException {
        var made = made(written());
        if (Boolean.getBoolean("bulla.refresh-examples")) {
            var refreshed = EXAMPLE.matcher(Files.readString(SPEC))
                    .replaceAll(example -> Matcher.quoteReplacement(
                            example.group(1) + made.getOrDefault(example.group(2), "") + "```\n"));
            Files.writeString(SPEC, refreshed);
        }
        assertEquals(10, made.size());
        assertEquals(made, written());
    }

    @Test
    void the_files_of_the_examples_are_trusted_in_the_order_of_section_6() throws IOException {
        var written = written();
        var root = bytes(written, "root");
        var run = new VerificationRun(Dialect.CONDA, NOW, SeenVersions.NONE);
        var envelope = Envelope.parse("1.root.json", root);
        var roles = TrustedRoles.pinned(run, envelope, envelope.sha256());
        roles.updateKeyMgr(bytes(written, "key_mgr"));
        var record = json(written.getOrDefault("record", ""));
        var signatures = json(written.getOrDefault("signatures for conda", ""));
        assertEquals(
                record,
                roles.verifyPackage("zlib-1.3.1-h_0.conda", record, signatures).value());
    }

    private static byte[] bytes(Map<String, String> written, String name) {
        return written.getOrDefault(name, "").getBytes(StandardCharsets.UTF_8);
    }
}
