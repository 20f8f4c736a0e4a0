package dev.bulla.client.remote;

import dev.bulla.trust.json.Json;
import dev.bulla.trust.json.JsonArray;
import dev.bulla.trust.json.JsonBoolean;
import dev.bulla.trust.json.JsonNull;
import dev.bulla.trust.json.JsonNumber;
import dev.bulla.trust.json.JsonObject;
import dev.bulla.trust.json.JsonString;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.Map;
import java.util.Set;

/** Writes JSON as MessagePack, in the longest forms, so that readers meet these too. Digests become bytes. */
public final class MessagePackBytes {
    private static final Set<String> DIGESTS = Set.of("sha256", "md5");

    private final Set<String> binary;
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private final DataOutputStream out = new DataOutputStream(bytes);

    private MessagePackBytes(Set<String> binary) {
        this.binary = binary;
    }

    /** The bytes of a value. */
    public static byte[] of(Json json) {
        return of(json, DIGESTS);
    }

    /** The same with digests as text. */
    public static byte[] allText(Json json) {
        return of(json, Set.of());
    }

    private static byte[] of(Json json, Set<String> binary) {
        var writer = new MessagePackBytes(binary);
        try {
            writer.write("", json);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return writer.bytes.toByteArray();
    }

    /** The bytes of a shard index: package name to SHA-256 in hex. */
    public static byte[] shardIndex(JsonObject info, Map<String, String> shards) {
        var writer = new MessagePackBytes(DIGESTS);
        try {
            writer.head(0xdf, 3);
            writer.text("info");
            writer.write("", info);
            writer.text("shards");
            writer.head(0xdf, shards.size());
            for (var shard : shards.entrySet()) {
                writer.text(shard.getKey());
                writer.bytes(HexFormat.of().parseHex(shard.getValue()));
            }
            writer.text("version");
            writer.write("", JsonNumber.of(1));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return writer.bytes.toByteArray();
    }

    private void write(String name, Json json) throws IOException {
        switch (json) {
            case JsonObject object -> {
                head(0xdf, object.members().size());
                for (var member : object.members().entrySet()) {
                    text(member.getKey());
                    write(member.getKey(), member.getValue());
                }
            }
            case JsonArray array -> {
                head(0xdd, array.elements().size());
                for (var element : array.elements()) {
                    write("", element);
                }
            }
            case JsonString string -> {
                if (binary.contains(name)) {
                    bytes(HexFormat.of().parseHex(string.value()));
                } else {
                    text(string.value());
                }
            }
            case JsonNumber number -> {
                var whole = number.asLong();
                out.write(whole.isPresent() ? 0xd3 : 0xcb);
                out.writeLong(whole.orElseGet(() -> Double.doubleToLongBits(Double.parseDouble(number.text()))));
            }
            case JsonBoolean truth -> out.write(truth.value() ? 0xc3 : 0xc2);
            case JsonNull _ -> out.write(0xc0);
        }
    }

    private void text(String text) throws IOException {
        var utf8 = text.getBytes(StandardCharsets.UTF_8);
        head(0xdb, utf8.length);
        out.write(utf8);
    }

    private void bytes(byte[] digest) throws IOException {
        head(0xc6, digest.length);
        out.write(digest);
    }

    private void head(int type, int size) throws IOException {
        out.write(type);
        out.writeInt(size);
    }
}
