package dev.bulla.client.update;

import dev.bulla.problem.Code;
import dev.bulla.problem.ProblemException;
import java.util.regex.Pattern;

/** Why the first root of a channel is trusted. */
public sealed interface Pin {
    /** It has the digest that the operator published. Once given, it is remembered for the channel. */
    record Digest(String sha256) implements Pin {
        private static final Pattern FORM = Pattern.compile("[0-9a-f]{64}");

        /** Checks the form: 64 lower-case hex digits. */
        public Digest {
            if (!FORM.matcher(sha256).matches()) {
                throw new ProblemException(
                        Code.BAD_REQUEST, "a root's SHA-256 has 64 lower-case hex digits, this has not: " + sha256);
            }
        }
    }

    /** It was pinned on this machine before. */
    record Remembered() implements Pin {}

    /** Nobody vouches for it: whatever the server shows first is pinned. Whoever answers then, is trusted. */
    record TrustOnFirstUse() implements Pin {}
}
