package dev.bulla.conda.index;

import dev.bulla.conda.repodata.RepodataWriter;
import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Keeps signatures in a file while records are written, since an index has them after its records: half as many bytes
 * as the records, too many to hold. The file goes away with the spool.
 */
final class SignatureSpool implements AutoCloseable {
    private static final int BUFFER = 1 << 16;

    private final Path file;
    private final DataOutputStream out;
    private int count;

    SignatureSpool(Path folder) throws IOException {
        file = Files.createTempFile(folder, "signatures-", ".tmp");
        out = new DataOutputStream(new BufferedOutputStream(Files.newOutputStream(file), BUFFER));
    }

    void add(String fileName, byte[] json) throws IOException {
        out.writeUTF(fileName);
        out.writeInt(json.length);
        out.write(json);
        count++;
    }

    /** Writes all that was added, in its order; nothing can be added any more. */
    void writeTo(RepodataWriter writer) throws IOException {
        out.close();
        try (var in = new DataInputStream(new BufferedInputStream(Files.newInputStream(file), BUFFER))) {
            for (var i = 0; i < count; i++) {
                writer.signatures(in.readUTF(), in.readNBytes(in.readInt()));
            }
        }
    }

    @Override
    public void close() throws IOException {
        try {
            out.close();
        } finally {
            Files.deleteIfExists(file);
        }
    }
}
