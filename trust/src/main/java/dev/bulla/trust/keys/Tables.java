package dev.bulla.trust.keys;

import dev.bulla.trust.curve.KnownKey;
import java.security.GeneralSecurityException;
import java.security.InvalidKeyException;
import java.util.Optional;

/** Keys made ready for many signatures, after the code that does it gave the known answers in this process. */
final class Tables {
    private Tables() {}

    /** Empty when the key is no point, or when the self-test failed. */
    static Optional<KnownKey> of(byte[] key) {
        return SelfTest.FAILURE.isEmpty() ? KnownKey.of(key) : Optional.empty();
    }

    /** What is to be said of them: nothing, as a rule. */
    static String note() {
        return SelfTest.FAILURE;
    }

    /** Run once, when the first key is much used; why the tables are not used, or nothing. */
    private static final class SelfTest {
        private static final String FAILURE = failure();

        private static String failure() {
            try {
                KnownAnswers.check(key -> KnownKey.of(key).orElseThrow(InvalidKeyException::new)::verify);
                return "";
            } catch (GeneralSecurityException wrong) {
                return " (tables for much used keys are not used: " + wrong + ")";
            }
        }
    }
}
