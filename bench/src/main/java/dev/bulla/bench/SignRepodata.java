package dev.bulla.bench;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.bulla.conda.name.ArchiveType;
import dev.bulla.conda.repodata.RepodataLimits;
import dev.bulla.conda.repodata.RepodataReader;
import dev.bulla.conda.repodata.RepodataVisitor;
import dev.bulla.conda.repodata.RepodataWriter;
import dev.bulla.trust.contenttrust.RecordSignatures;
import dev.bulla.trust.json.Dialect;
import dev.bulla.trust.json.Json;
import dev.bulla.trust.json.JsonLimits;
import dev.bulla.trust.json.JsonObject;
import dev.bulla.trust.keys.Signature;
import dev.bulla.trust.keys.SigningKey;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** {@code SignRepodata IN OUT KEY_FILE}: signs every record for conda, from file to signed file. */
final class SignRepodata implements RepodataVisitor {
    private record Item(ArchiveType section, String fileName, ByteBuffer json) {}

    private record Signed(Item item, Signature signature) {}

    private record NamedSignature(String fileName, Signature signature) {}

    private final SigningKey key;
    private final BufferedOutputStream out;
    private final Batches<Item, Signed> batches = new Batches<>(this::sign, this::write);
    private final List<NamedSignature> signatures = new ArrayList<>();
    private @Nullable RepodataWriter writer;

    private SignRepodata(SigningKey key, BufferedOutputStream out) {
        this.key = key;
        this.out = out;
    }

    public static void main(String[] args) throws IOException {
        var key = SigningKey.parse(Files.readString(Path.of(args[2])).strip());
        try (var in = Files.newInputStream(Path.of(args[0]));
                var out = new BufferedOutputStream(Files.newOutputStream(Path.of(args[1])), 1 << 18)) {
            var signing = new SignRepodata(key, out);
            try (var batches = signing.batches) {
                RepodataReader.read(in, RepodataLimits.DEFAULT, signing);
                batches.finish();
            }
            System.out.println("signed " + signing.end());
        }
    }

    @Override
    public void info(byte[] json) {
        try {
            writer = RepodataWriter.begin(out, json);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void record(ArchiveType section, String fileName, byte[] json) {
        batches.add(new Item(section, fileName, ByteBuffer.wrap(json)));
    }

    private Signed sign(Item item) {
        var record = (JsonObject) Json.parse(item.json().array(), JsonLimits.RECORD);
        return new Signed(item, RecordSignatures.sign(Dialect.CONDA, record, key));
    }

    private void write(Signed signed) {
        var item = signed.item();
        signatures.add(new NamedSignature(item.fileName(), signed.signature()));
        try {
            begun().record(item.section(), item.fileName(), item.json().array());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private int end() throws IOException {
        var before = "{\"" + key.publicKey().hex() + "\":{\"signature\":\"";
        for (var signature : signatures) {
            var json = before + signature.signature().hex() + "\"}}";
            begun().signatures(signature.fileName(), json.getBytes(UTF_8));
        }
        begun().end();
        return signatures.size();
    }

    private RepodataWriter begun() {
        if (writer == null) {
            throw new IllegalStateException("info does not come first");
        }
        return writer;
    }
}
