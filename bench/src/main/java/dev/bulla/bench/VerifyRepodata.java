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
import org.jspecify.annotations.Nullable;

/**
 * {@code VerifyRepodata FILE PUBLIC_KEY}: verifies the signature of every record, in one pass over the file. Whichever
 * of a record and its signatures comes first waits for the other, as bytes.
 */
final class VerifyRepodata implements RepodataVisitor {
    /** What was read of one file. */
    private record Item(
            String fileName,
            @Nullable ByteBuffer record,
            @Nullable ByteBuffer signatures) {}

    private final Map<String, Item> waiting = new HashMap<>();
    private final Batches<Item, Boolean> batches;

    private VerifyRepodata(Batches<Item, Boolean> batches) {
        this.batches = batches;
    }

    public static void main(String[] args) throws IOException {
        var keys = Delegation.of(PublicKey.parse(args[1]));
        var verified = new int[1];
        try (var in = Files.newInputStream(Path.of(args[0]));
                var batches = new Batches<Item, Boolean>(item -> verify(keys, item), good -> verified[0]++)) {
            var visitor = new VerifyRepodata(batches);
            RepodataReader.read(in, RepodataLimits.DEFAULT, visitor);
            visitor.waiting.values().forEach(batches::add); // They lack the other half, which is for verify to say.
            batches.finish();
        }
        System.out.println("verified " + verified[0]);
    }

    @Override
    public void record(ArchiveType section, String fileName, byte[] json) {
        var other = waiting.remove(fileName);
        if (other == null) {
            waiting.put(fileName, new Item(fileName, ByteBuffer.wrap(json), null));
        } else {
            batches.add(new Item(fileName, ByteBuffer.wrap(json), other.signatures()));
        }
    }

    @Override
    public void signatures(String fileName, byte[] json) {
        var other = waiting.remove(fileName);
        if (other == null) {
            waiting.put(fileName, new Item(fileName, null, ByteBuffer.wrap(json)));
        } else {
            batches.add(new Item(fileName, other.record(), ByteBuffer.wrap(json)));
        }
    }

    private static boolean verify(Delegation keys, Item item) {
        if (item.record() == null) {
            throw new IllegalStateException(item.fileName() + ": signatures of no record");
        }
        var record = (JsonObject) Json.parse(item.record().array(), JsonLimits.RECORD);
        var entry =
                item.signatures() == null ? null : Json.parse(item.signatures().array(), JsonLimits.RECORD);
        RecordSignatures.verify(Dialect.CONDA, keys, new SignedRecord(item.fileName(), record, entry));
        return true;
    }
}
