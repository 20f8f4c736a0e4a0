package dev.bulla.client.update;

import dev.bulla.client.fetch.ChannelUrl;
import dev.bulla.client.fetch.Fetcher;
import dev.bulla.client.fetch.Limit;
import dev.bulla.problem.Code;
import dev.bulla.problem.ProblemException;
import dev.bulla.trust.contenttrust.Envelope;
import dev.bulla.trust.contenttrust.SeenVersions;
import dev.bulla.trust.contenttrust.TrustedRoles;
import dev.bulla.trust.contenttrust.VerificationRun;
import dev.bulla.trust.json.Dialect;
import java.time.Instant;
import java.util.List;
import java.util.function.Supplier;

/** {@code 1.root.json} of a channel, with the digest it was pinned by; signed by its own keys. */
public final class FirstRoot {
    static final String FILE_NAME = "1.root.json";

    private final byte[] bytes;
    private final Envelope envelope;

    private FirstRoot(byte[] bytes, Envelope envelope) {
        this.bytes = bytes;
        this.envelope = envelope;
    }

    /**
     * Checks bytes against the pin.
     *
     * @throws ProblemException ROOT_NOT_PINNED when they have another digest; another NOT_TRUSTED code when it is no root
     */
    public static FirstRoot of(byte[] bytes, Pin.Digest pin) {
        var envelope = NotTrusted.orThrow("", () -> Envelope.parse(FILE_NAME, bytes));
        var root = new FirstRoot(bytes.clone(), envelope);
        root.begin(new VerificationRun(Dialect.CONDA, Instant.EPOCH, SeenVersions.NONE), pin);
        return root;
    }

    /** Reads it from the channel and checks it against the pin. */
    public static FirstRoot fetch(Fetcher fetcher, ChannelUrl channel, Pin.Digest pin) {
        return of(fetchBytes(fetcher, channel), pin);
    }

    /** The digest of the first root that the channel shows, for a person to compare. It proves nothing. */
    public static Pin.Digest digestShownBy(Fetcher fetcher, ChannelUrl channel) {
        return new Pin.Digest(sha256Of(fetchBytes(fetcher, channel)));
    }

    /** The digest of a root file, trusted or not. */
    public static String sha256Of(byte[] bytes) {
        return NotTrusted.orThrow("", () -> Envelope.parse(FILE_NAME, bytes)).sha256();
    }

    private static byte[] fetchBytes(Fetcher fetcher, ChannelUrl channel) {
        Supplier<ProblemException> absent = () -> new ProblemException(
                Code.SIGNATURE_MISSING,
                channel + ": there is no content-trust/" + FILE_NAME + ": nobody vouches for it");
        return fetcher.bytes(channel.resolve("content-trust/" + FILE_NAME), Limit.ROLE)
                .orElseThrow(absent);
    }

    /** The file. */
    public byte[] bytes() {
        return bytes.clone();
    }

    /** Its SHA-256, 64 lower-case hex digits. */
    public String sha256() {
        return envelope.sha256();
    }

    /**
     * Checks that root files 2, 3, … follow from this one, whatever their expiry.
     *
     * @throws ProblemException ROOT_NOT_CHAINED or another NOT_TRUSTED code
     */
    public void requireFollowedBy(List<byte[]> later) {
        var run = new VerificationRun(Dialect.CONDA, Instant.EPOCH, SeenVersions.NONE);
        follow(run, later);
    }

    /** What is trusted after these roots. */
    TrustedRoles follow(VerificationRun run, List<byte[]> later) {
        var roles = begin(run, new Pin.Digest(sha256()));
        for (var i = 0; i < later.size(); i++) {
            var name = (i + 2) + ".root.json";
            var next = later.get(i);
            NotTrusted.rootOrThrow("", () -> roles.updateRoot(name, next));
        }
        return roles;
    }

    private TrustedRoles begin(VerificationRun run, Pin.Digest pin) {
        return NotTrusted.orThrow("", () -> TrustedRoles.pinned(run, envelope, pin.sha256()));
    }
}
