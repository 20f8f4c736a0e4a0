package dev.bulla.bench;

import dev.bulla.conda.name.ArchiveType;
import dev.bulla.conda.repodata.RepodataLimits;
import dev.bulla.conda.repodata.RepodataReader;
import dev.bulla.conda.repodata.RepodataVisitor;
import dev.bulla.trust.contenttrust.Delegation;
import dev.bulla.trust.contenttrust.RecordSignatures;
import dev.bulla.trust.contenttrust.SignedRecord;
import dev.bulla.trust.json.Dialect;
import dev.bulla.trust.json.Json;
import dev.bulla.trust.json.JsonLimits;
import dev.bulla.trust.json.JsonObject;
import dev.bulla.trust.keys.PublicKey;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** {@code VerifyRepodata FILE PUBLIC_KEY}: verifies the signature of every record, in two passes over the file. */
final class VerifyRepodata {
    private record Item(
            String fileName, ByteBuffer json, @Nullable ByteBuffer signatures) {}

    private VerifyRepodata() {}

    public static void main(String[] args) throws IOException {
        var file = Path.of(args[0]);
        var keys = Delegation.of(PublicKey.parse(args[1]));
        var signatures = signatures(file);
        var verified = new AtomicInteger();
        try (var batches = new Batches<Item, Boolean>(item -> verify(keys, item), good -> verified.incrementAndGet())) {
            read(
                    file,
                    (section, name, json) -> batches.add(new Item(name, ByteBuffer.wrap(json), signatures.get(name))));
            batches.finish();
        }
        System.out.println("verified " + verified);
    }

    private static boolean verify(Delegation keys, Item item) {
        var record = (JsonObject) Json.parse(item.json().array(), JsonLimits.RECORD);
        var entry =
                item.signatures() == null ? null : Json.parse(item.signatures().array(), JsonLimits.RECORD);
        RecordSignatures.verify(Dialect.CONDA, keys, new SignedRecord(item.fileName(), record, entry));
        return true;
    }

    private static Map<String, ByteBuffer> signatures(Path file) throws IOException {
        var found = new HashMap<String, ByteBuffer>();
        read(file, new RepodataVisitor() {
            @Override
            public void record(ArchiveType section, String fileName, byte[] json) {}

            @Override
            public void signatures(String fileName, byte[] json) {
                found.put(fileName, ByteBuffer.wrap(json));
            }
        });
        return found;
    }

    private static void read(Path file, RepodataVisitor visitor) throws IOException {
        try (var in = Files.newInputStream(file)) {
            RepodataReader.read(in, RepodataLimits.DEFAULT, visitor);
        }
    }
}
