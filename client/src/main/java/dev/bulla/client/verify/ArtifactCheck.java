package dev.bulla.client.verify;

import dev.bulla.client.fetch.ChannelUrl;
import dev.bulla.client.fetch.Fetched;
import dev.bulla.client.fetch.Fetcher;
import dev.bulla.client.fetch.Limit;
import dev.bulla.client.verify.RecordCheck.Content;
import dev.bulla.conda.name.Subdir;
import dev.bulla.problem.Code;
import dev.bulla.problem.Problem;
import java.io.IOException;
import java.io.InputStream;
import java.util.HexFormat;
import java.util.Optional;
import java.util.regex.Pattern;

/** Holds an artifact's bytes against its signed record, as a stream. */
public final class ArtifactCheck {
    private static final int BUFFER_BYTES = 1 << 16;
    private static final Pattern SAFE_NAME = Pattern.compile("[A-Za-z0-9_+!.-]{1,211}");

    private final Fetcher fetcher;
    private final ChannelUrl channel;

    /** A check of artifacts of this channel. */
    public ArtifactCheck(Fetcher fetcher, ChannelUrl channel) {
        this.fetcher = fetcher;
        this.channel = channel;
    }

    /** Size and SHA-256 of some bytes. */
    public record Digest(long sizeBytes, String sha256) {
        /** Of a stream, read to its end. */
        public static Digest of(InputStream in) throws IOException {
            var sha256 = RecordCheck.sha256();
            var buffer = new byte[BUFFER_BYTES];
            var size = 0L;
            for (int read; (read = in.read(buffer)) >= 0; size += read) {
                sha256.update(buffer, 0, read);
            }
            return new Digest(size, HexFormat.of().formatHex(sha256.digest()));
        }
    }

    /** The artifact that the channel serves; empty when it serves none. */
    public Optional<Digest> served(Subdir subdir, String fileName) {
        return fetcher.get(channel.resolve(subdir + "/" + fileName), Limit.ARTIFACT, ArtifactCheck::digest);
    }

    private static Digest digest(Fetched fetched) throws IOException {
        return Digest.of(fetched.body());
    }

    /** What is wrong with the served artifact. */
    Optional<Problem> problem(Subdir subdir, String fileName, Content signed) {
        var what = subdir + "/" + fileName;
        if (!SAFE_NAME.matcher(fileName).matches()) {
            return Optional.of(new Problem(Code.RECORD_MISMATCH, what + " is no name of a file in a channel"));
        }
        var served = served(subdir, fileName);
        if (served.isEmpty()) {
            return Optional.of(new Problem(Code.RECORD_MISMATCH, what + " is listed, but there is no such file"));
        }
        return problem(what, served.get(), signed);
    }

    /** What is wrong with bytes that should be the artifact of a record. */
    static Optional<Problem> problem(String what, Digest found, Content signed) {
        if (found.sizeBytes() == signed.sizeBytes() && found.sha256().equals(signed.sha256())) {
            return Optional.empty();
        }
        return Optional.of(new Problem(
                Code.ARTIFACT_CHANGED,
                what + " has " + found.sizeBytes() + " bytes, sha256 " + found.sha256() + "; its signed record says "
                        + signed.sizeBytes() + " bytes, sha256 " + signed.sha256()));
    }
}
