package dev.bulla.server.files;

import dev.bulla.server.exchange.Exchange;
import dev.bulla.server.files.Representation.Coding;
import dev.bulla.server.files.Representation.InFile;
import dev.bulla.server.files.Representation.Validators;
import java.io.IOException;
import java.util.Optional;
import java.util.function.Supplier;
import org.eclipse.jetty.http.HttpHeader;
import org.jspecify.annotations.Nullable;

/**
 * Chooses the coding of a JSON file for the way to a client: zstd are the bytes of the file's {@code .zst} twin, gzip is
 * made once and kept for a while. Each coding has a strong entity tag of its own, and ranges count its own bytes.
 */
final class Encodings {
    private static final String SUFFIX = ".json";

    private final GzippedFiles gzipped = new GzippedFiles();

    /**
     * What the client wants most of what there is.
     *
     * @param fileName the end of the address; only {@code .json} is ever compressed
     * @param plain what is there without any coding
     * @param twin the same, compressed with zstd, asked for when it is wanted; it may be of a newer generation
     */
    Representation chosen(
            Exchange exchange, String fileName, Representation plain, Supplier<Optional<Representation>> twin)
            throws IOException {
        if (!fileName.endsWith(SUFFIX) || !(plain.content() instanceof InFile file)) {
            return plain;
        }
        var accepted = AcceptedCodings.parse(exchange.headers().getValuesList(HttpHeader.ACCEPT_ENCODING));
        if (accepted.prefersZstd()) {
            var zstd = twin.get();
            if (zstd.isPresent()) {
                return coded(plain, zstd.get().content(), tagged(zstd.get().validators(), "zstd"), Coding.ZSTD);
            }
        }
        if (accepted.acceptsGzip() && file.lengthBytes() <= GzippedFiles.MAX_FILE_BYTES) {
            var gzip = gzipped.of(file.path());
            var validators = tagged(plain.validators(), "gzip-" + gzip.digest());
            return coded(plain, new Representation.InMemory(gzip.bytes()), validators, Coding.GZIP);
        }
        return coded(plain, plain.content(), plain.validators(), Coding.IDENTITY);
    }

    private static Representation coded(
            Representation plain, Representation.Content content, @Nullable Validators validators, Coding coding) {
        return new Representation(content, validators, plain.contentType(), plain.cacheControl(), coding);
    }

    private static @Nullable Validators tagged(@Nullable Validators of, String coding) {
        if (of == null) {
            return null;
        }
        var tag = of.etag().substring(0, of.etag().length() - 1) + '-' + coding + '"';
        return new Validators(tag, of.lastModified(), of.immutable());
    }
}
