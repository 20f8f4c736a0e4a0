package dev.bulla.conda.archive;

import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;

import dev.bulla.testkit.Packages;
import dev.bulla.testkit.TinyPackage;
import java.time.Duration;
import java.util.Arrays;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;

/**
 * A package with some of its bytes changed is read or refused, and nothing else ever happens. The changes are made to
 * the file, and also to the tar archives inside it before they are compressed, where the file's checksums do not catch
 * them. Seeded: a failure names its round and comes again.
 */
class MutationTest {
    private static final int ROUNDS = 500;

    private static TinyPackage tiny() {
        return Packages.tiny("tiny").file("lib/liba.so.1", "code").softlink("lib/liba.so", "liba.so.1");
    }

    @Test
    void a_changed_conda_file_is_read_or_refused() {
        var bytes = tiny().conda();
        assertEnds(random -> mutated(bytes, random), tiny().condaName());
    }

    @Test
    void a_changed_bzip2_file_is_read_or_refused() {
        var bytes = tiny().tarBz2();
        assertEnds(random -> mutated(bytes, random), tiny().tarBz2Name());
    }

    @Test
    void a_changed_tar_archive_is_read_or_refused() {
        var info = tiny().infoTar().bytes();
        var payload = tiny().payloadTar().bytes();
        assertEnds(random -> tiny().conda(mutated(info, random), mutated(payload, random)), tiny().condaName());
    }

    private interface Mutation {
        byte[] of(RandomGenerator random);
    }

    private static void assertEnds(Mutation mutation, String fileName) {
        Assertions.assertTimeoutPreemptively(Duration.ofMinutes(2), () -> run(mutation, fileName));
    }

    private static void run(Mutation mutation, String fileName) {
        var refused = 0;
        for (var round = 0; round < ROUNDS; round++) {
            var random = RandomGeneratorFactory.of("L64X128MixRandom").create(round);
            try {
                Reading.read(fileName, mutation.of(random));
            } catch (ArchiveException e) {
                refused++;
            } catch (RuntimeException | StackOverflowError | OutOfMemoryError e) {
                fail("round " + round, e);
            }
        }
        assertTrue(refused > ROUNDS / 4, "only " + refused + " of " + ROUNDS + " were refused");
    }

    /** Up to three changes: a bit, a byte, a run of bytes moved, or the end cut off. */
    private static byte[] mutated(byte[] bytes, RandomGenerator random) {
        var changed = bytes.clone();
        for (var changes = random.nextInt(1, 4); changes > 0; changes--) {
            var at = random.nextInt(changed.length);
            switch (random.nextInt(8)) {
                case 0 -> changed = Arrays.copyOf(changed, Math.max(1, at));
                case 1 -> System.arraycopy(changed, 0, changed, at, random.nextInt(changed.length - at));
                case 2, 3 -> changed[at] = (byte) random.nextInt();
                default -> changed[at] ^= (byte) (1 << random.nextInt(8));
            }
        }
        return changed;
    }
}
