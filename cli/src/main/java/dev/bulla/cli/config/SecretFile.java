package dev.bulla.cli.config;

import dev.bulla.problem.Code;
import dev.bulla.problem.ProblemException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/** A file whose only content is a secret; blanks around it do not count. */
public final class SecretFile {
    private static final int LIMIT_BYTES = 4096;

    private SecretFile() {}

    /** The secret, with the file as its origin. */
    public static Value read(Path file) {
        try (var in = Files.newInputStream(file)) {
            byte[] bytes = in.readNBytes(LIMIT_BYTES + 1);
            if (bytes.length > LIMIT_BYTES) {
                throw new ProblemException(Code.BAD_CONFIG, file + ": a secret has at most 4096 bytes");
            }
            String secret = new String(bytes, StandardCharsets.US_ASCII).strip();
            if (secret.isEmpty()) {
                throw new ProblemException(Code.BAD_CONFIG, file + ": empty, and a secret is expected in it");
            }
            return new Value(secret, file.toString());
        } catch (NoSuchFileException e) {
            throw new ProblemException(Code.FILE_NOT_FOUND, file + ": no such file", e);
        } catch (IOException e) {
            throw new ProblemException(Code.DISK_ERROR, file + ": " + e, e);
        }
    }
}
