package dev.bulla.client.verify;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.bulla.client.fetch.FetchPolicy;
import dev.bulla.client.fetch.Fetcher;
import dev.bulla.client.remote.ChannelSimulator;
import dev.bulla.client.update.Pin;
import dev.bulla.client.update.Updater;
import dev.bulla.problem.Code;
import dev.bulla.problem.ProblemException;
import dev.bulla.testkit.Packages;
import dev.bulla.trust.json.Dialect;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FileVerifierTest {
    private static final FetchPolicy QUICK =
            new FetchPolicy(Duration.ofSeconds(5), Duration.ofSeconds(5), 1000, 2, Duration.ZERO, null);

    private final ChannelSimulator sim = ChannelSimulator.start();

    @TempDir
    private Path folder;

    @AfterEach
    void stop() {
        sim.close();
    }

    @Test
    void a_file_is_verified_against_its_record() throws Exception {
        var file = file(sim.artifact("noarch/" + ChannelSimulator.ZLIB));

        var verdict = files().verify(file);

        assertTrue(verdict instanceof Verdict.Verified, verdict::toString);
    }

    @Test
    void a_changed_file_is_refused() throws Exception {
        var bytes = sim.artifact("noarch/" + ChannelSimulator.ZLIB);
        bytes[bytes.length / 2] ^= 1;

        assertEquals(Code.ARTIFACT_CHANGED, failure(files().verify(file(bytes))));
    }

    @Test
    void a_file_whose_record_was_edited_is_refused() throws Exception {
        var file = file(sim.artifact("noarch/" + ChannelSimulator.ZLIB));
        sim.tamper(Dialect.CONDA, "noarch", index -> index.replace("\"depends\":[]", "\"depends\":[\"evil\"]"));

        assertEquals(Code.SIGNATURES_TOO_FEW, failure(files().verify(file)));
    }

    @Test
    void a_file_that_the_channel_does_not_list_is_refused() throws Exception {
        var other = Files.write(
                folder.resolve("other-1.0-0.conda"), Packages.tiny("other").conda());

        assertEquals(Code.SIGNATURE_MISSING, failure(files().verify(other)));
    }

    @Test
    void a_name_that_several_subdirs_list_is_verified_by_the_one_that_fits() throws Exception {
        sim.add(Packages.tiny("zlib").file("lib/a", "for linux"), "linux-64");
        sim.publish();
        var file = file(sim.artifact("linux-64/" + ChannelSimulator.ZLIB));

        var verdict = files().verify(file);

        assertTrue(verdict instanceof Verdict.Verified, verdict::toString);
        assertEquals("linux-64", verdict.subdir().text());
    }

    @Test
    void a_file_that_is_not_here_or_no_package_is_the_callers_mistake() throws Exception {
        var notes = Files.writeString(folder.resolve("notes.txt"), "x");

        assertEquals(Code.FILE_NOT_FOUND, mistake(folder.resolve("none-1.0-0.conda")));
        assertEquals(Code.NAME_INVALID, mistake(notes));
    }

    @Test
    void an_outage_is_never_a_verdict() throws Exception {
        var file = file(sim.artifact("noarch/" + ChannelSimulator.ZLIB));
        sim.server().fail("/main/noarch/repodata.json", 503);

        assertEquals(Code.SERVER_UNREACHABLE, mistake(file));
    }

    private Path file(byte[] bytes) throws Exception {
        return Files.write(folder.resolve(ChannelSimulator.ZLIB), bytes);
    }

    private FileVerifier files() {
        var fetcher = Fetcher.of(sim.url(), QUICK);
        var trust = new Updater(fetcher, sim.url(), folder.resolve("state"), ChannelSimulator.NOW)
                .update(new Pin.Digest(sim.rootSha256()), Set.of(Dialect.values()));
        return new FileVerifier(fetcher, trust);
    }

    private Code mistake(Path file) {
        return assertThrows(ProblemException.class, () -> files().verify(file))
                .problem()
                .code();
    }

    private static Code failure(Verdict verdict) {
        return assertInstanceOf(Verdict.Failed.class, verdict).problem().code();
    }
}
