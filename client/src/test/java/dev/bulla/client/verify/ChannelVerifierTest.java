package dev.bulla.client.verify;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.bulla.client.fetch.FetchPolicy;
import dev.bulla.client.fetch.Fetcher;
import dev.bulla.client.fetch.Patience;
import dev.bulla.client.remote.ChannelSimulator;
import dev.bulla.client.update.ChannelTrust;
import dev.bulla.client.update.Pin;
import dev.bulla.client.update.Updater;
import dev.bulla.problem.Code;
import dev.bulla.problem.Kind;
import dev.bulla.problem.ProblemException;
import dev.bulla.testkit.Packages;
import dev.bulla.trust.json.Dialect;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class ChannelVerifierTest {
    private static final FetchPolicy QUICK =
            new FetchPolicy(Duration.ofSeconds(5), Duration.ofSeconds(5), 1000, 2, Duration.ZERO, null);
    private static final VerifyOptions RECORDS = new VerifyOptions(List.of(), false, 2, Patience.standard());

    private final ChannelSimulator sim = ChannelSimulator.start();
    private final List<Verdict> verdicts = new ArrayList<>();

    @TempDir
    private Path folder;

    @AfterEach
    void stop() {
        sim.close();
    }

    @Test
    void every_package_of_an_honest_channel_is_verified_in_both_views() {
        sim.add(Packages.tiny("bzip2"), "linux-64");
        sim.publish();

        var report = verify(RECORDS);

        assertTrue(report.isTrusted(), () -> report.failures().toString());
        assertEquals(2, report.verified());
        assertEquals(
                "verified zlib-1.0-0.conda: root v1, conda key_mgr v1, 1 of 1 keys, libmamba key_mgr v1, 1 of 1 keys, "
                        + "record of sha256 " + Packages.sha256(sim.artifact("noarch/" + ChannelSimulator.ZLIB)),
                verdicts.getFirst().toString());
    }

    @Test
    void a_subdir_that_no_client_knows_is_verified_when_the_channel_names_it() {
        sim.add(Packages.tiny("bzip2"), "linux-fake");
        sim.publish();
        sim.nameSubdirs("linux-fake");

        assertEquals(2, verify(RECORDS).verified());
        sim.tamper(Dialect.CONDA, "linux-fake", json -> json.replace("\"depends\":[]", "\"depends\":[\"evil\"]"));
        assertEquals(
                List.of(Code.SIGNATURES_TOO_FEW),
                verify(RECORDS).failures().stream()
                        .map(failed -> failed.problem().code())
                        .toList());
    }

    @ParameterizedTest
    @ValueSource(strings = {"noarch/current_repodata.json", "noarch/repodata.json.bz2", "win-64/current_repodata.json"})
    void an_index_that_clients_would_read_and_nobody_verifies_is_found(String path) {
        sim.server().put("/main/" + path, "anything".getBytes(StandardCharsets.UTF_8));

        assertEquals(Code.SIGNATURE_MISSING, failure(RECORDS));
    }

    @Test
    void a_list_of_subdirs_that_cannot_be_had_leaves_it_untold() {
        sim.server().fail("/api/v1/channels/main", 500);

        assertEquals(
                Kind.UNKNOWN,
                assertThrows(ProblemException.class, () -> verify(RECORDS))
                        .problem()
                        .code()
                        .kind());
    }

    @Test
    void many_packages_come_in_the_order_of_the_index() {
        for (var i = 1000; i < 1150; i++) {
            sim.add(Packages.tiny("many" + i), "noarch");
        }
        sim.publish();

        assertEquals(151, verify(RECORDS).verified());
        assertEquals(
                verdicts.stream().map(Verdict::fileName).sorted().toList(),
                verdicts.stream().map(Verdict::fileName).toList());
    }

    @Test
    void the_artifacts_are_read_when_asked_for() {
        var report = verify(RECORDS.withArtifacts(true));

        assertTrue(report.isTrusted(), () -> report.failures().toString());
        assertTrue(verdicts.getFirst().toString().contains(", artifact sha256 "));
    }

    @Test
    void an_artifact_swapped_under_its_name_is_found() {
        sim.server()
                .put(
                        "/main/noarch/" + ChannelSimulator.ZLIB,
                        Packages.tiny("other").conda());

        assertEquals(Code.ARTIFACT_CHANGED, failure(RECORDS.withArtifacts(true)));
    }

    @Test
    void a_listed_artifact_that_is_not_there_is_found() {
        sim.server().remove("/main/noarch/" + ChannelSimulator.ZLIB);

        assertEquals(Code.RECORD_MISMATCH, failure(RECORDS.withArtifacts(true)));
    }

    @ParameterizedTest
    @EnumSource(Dialect.class)
    void a_record_edited_after_signing_is_found(Dialect view) {
        sim.tamper(view, "noarch", index -> index.replace("\"depends\":[]", "\"depends\":[\"evil\"]"));

        assertEquals(Code.SIGNATURES_TOO_FEW, failure(RECORDS));
    }

    @ParameterizedTest
    @EnumSource(Dialect.class)
    void hashes_swapped_in_the_index_are_found(Dialect view) {
        var real = Packages.sha256(sim.artifact("noarch/" + ChannelSimulator.ZLIB));
        sim.tamper(view, "noarch", index -> index.replace(real, "0".repeat(64)));

        assertEquals(Code.SIGNATURES_TOO_FEW, failure(RECORDS));
    }

    @Test
    void a_field_that_libmamba_does_not_sign_is_held_against_condas_record() {
        sim.tamper(
                Dialect.LIBMAMBA, "noarch", index -> index.replace("\"noarch\":\"generic\"", "\"noarch\":\"python\""));

        assertEquals(Code.RECORD_MISMATCH, failure(RECORDS));
    }

    @ParameterizedTest
    @EnumSource(Dialect.class)
    void a_foreign_signer_is_found(Dialect view) {
        var ours = sim.packageKey(view);
        sim.packageKey(view, ChannelSimulator.key(66));
        sim.publish();
        var forged = sim.server().get(ChannelSimulator.indexPath(view, "noarch"));
        sim.packageKey(view, ours);
        sim.publish();
        sim.server().put(ChannelSimulator.indexPath(view, "noarch"), forged);

        assertEquals(Code.SIGNATURES_TOO_FEW, failure(RECORDS));
    }

    @Test
    void signatures_of_one_dialect_do_not_do_for_the_other() {
        var conda = sim.server().get(ChannelSimulator.indexPath(Dialect.CONDA, "noarch"));
        sim.server().put(ChannelSimulator.indexPath(Dialect.LIBMAMBA, "noarch"), conda);

        assertEquals(Code.SIGNATURES_TOO_FEW, failure(RECORDS));
    }

    @ParameterizedTest
    @EnumSource(Dialect.class)
    void a_stripped_signatures_map_is_found(Dialect view) {
        sim.tamper(view, "noarch", index -> index.replaceFirst(",\"signatures\":.*", "}"));

        assertEquals(Code.SIGNATURE_MISSING, failure(RECORDS));
    }

    @ParameterizedTest
    @EnumSource(Dialect.class)
    void one_unsigned_package_is_found(Dialect view) {
        sim.add(Packages.tiny("bzip2"), "noarch");
        sim.publish();
        sim.tamper(
                view,
                "noarch",
                index -> index.replaceFirst("\"bzip2-1.0-0.conda\":\\{\"[0-9a-f]{64}\":\\{[^}]*\\}\\},", ""));

        assertEquals(Code.SIGNATURE_MISSING, failure(RECORDS));
        assertEquals(2, verdicts.size());
    }

    @Test
    void signatures_that_are_no_map_are_found() {
        sim.tamper(Dialect.CONDA, "noarch", index -> index.replaceFirst("\"signatures\":.*", "\"signatures\":[]}"));

        var problem = assertThrows(ProblemException.class, () -> verify(RECORDS));

        assertEquals(Code.REPODATA_INVALID, problem.problem().code());
    }

    @Test
    void a_package_signed_under_another_file_name_is_found() {
        rename(ChannelSimulator.ZLIB, "openssl-1.0-0.conda");

        assertEquals(Code.RECORD_MISMATCH, failure(RECORDS));
    }

    @Test
    void a_record_replayed_in_another_subdir_is_found() {
        for (var view : Dialect.values()) {
            sim.server()
                    .put(
                            ChannelSimulator.indexPath(view, "linux-64"),
                            sim.server().get(ChannelSimulator.indexPath(view, "noarch")));
        }
        tamperBoth("linux-64", index -> index.replace("\"info\":{\"subdir\":\"noarch\"}", "\"info\":{}"));

        assertEquals(Code.RECORD_MISMATCH, failure(RECORDS));
    }

    @Test
    void a_package_in_the_wrong_map_is_found() {
        tamperBoth("noarch", index -> index.replace("\"packages\":{},\"packages.conda\":", "\"packages\":"));

        assertEquals(Code.RECORD_MISMATCH, failure(RECORDS));
    }

    @ParameterizedTest
    @EnumSource(Dialect.class)
    void a_second_record_of_the_same_name_is_found(Dialect view) {
        sim.tamper(
                view,
                "noarch",
                index -> index.replace(
                        "\"packages\":{}", "\"packages\":{\"" + ChannelSimulator.ZLIB + "\":{\"name\":\"evil\"}}"));

        assertFalse(verify(RECORDS).isTrusted());
    }

    @ParameterizedTest
    @EnumSource(Dialect.class)
    void a_package_listed_in_one_view_only_is_found(Dialect view) {
        var before = sim.server().get(ChannelSimulator.indexPath(view, "noarch"));
        sim.add(Packages.tiny("bzip2"), "noarch");
        sim.publish();
        sim.server().put(ChannelSimulator.indexPath(view, "noarch"), before);

        assertEquals(Code.RECORD_MISMATCH, failure(RECORDS));
    }

    @Test
    void a_package_published_between_two_requests_is_no_failure() {
        var before = sim.server().get(ChannelSimulator.indexPath(Dialect.LIBMAMBA, "noarch"));
        sim.add(Packages.tiny("bzip2"), "noarch");
        sim.publish();
        var path = ChannelSimulator.indexPath(Dialect.LIBMAMBA, "noarch");
        var after = sim.server().get(path);
        var calls = new AtomicInteger();
        sim.server().handle(path, exchange -> {
            var bytes = calls.getAndIncrement() == 0 ? before : after;
            exchange.sendResponseHeaders(200, bytes.length);
            exchange.getResponseBody().write(bytes);
        });

        var report = verify(RECORDS);

        assertTrue(report.isTrusted(), () -> report.failures().toString());
        assertEquals(2, report.verified());
    }

    @Test
    void records_beyond_the_signatures_reach_are_found() {
        tamperBoth("noarch", index -> index.replaceFirst("^\\{", "{\"v3\":{\"conda\":{\"evil-1-0\":{}}},"));

        assertEquals(Code.SIGNATURE_MISSING, failure(RECORDS));
    }

    @Test
    void an_address_elsewhere_for_the_artifacts_is_found() {
        tamperBoth(
                "noarch",
                index -> index.replace(
                        "\"subdir\":\"noarch\"},", "\"subdir\":\"noarch\",\"base_url\":\"http://evil.example/\"},"));

        assertEquals(Code.RECORD_MISMATCH, failure(RECORDS));
    }

    @Test
    void an_index_whose_two_forms_differ_is_found() {
        var path = ChannelSimulator.indexPath(Dialect.CONDA, "noarch");
        sim.server().put(path + ".zst", Packages.zstd(sim.server().get(path)));
        assertTrue(verify(RECORDS.withArtifacts(true)).isTrusted());
        sim.tamper(Dialect.CONDA, "noarch", index -> index + "\n");

        assertEquals(Code.RECORD_MISMATCH, failure(RECORDS.withArtifacts(true)));
    }

    @Test
    void the_compressed_form_is_what_counts_where_there_is_one() {
        var path = ChannelSimulator.indexPath(Dialect.CONDA, "noarch");
        var evil = new String(sim.server().get(path), StandardCharsets.UTF_8)
                .replace("\"depends\":[]", "\"depends\":[\"evil\"]");
        sim.server().put(path + ".zst", Packages.zstd(evil.getBytes(StandardCharsets.UTF_8)));

        assertEquals(Code.SIGNATURES_TOO_FEW, failure(RECORDS));
    }

    @Test
    void an_outage_is_never_a_verdict() {
        sim.server().fail("/main/linux-64/repodata.json.zst", 502);

        var problem = assertThrows(ProblemException.class, () -> verify(RECORDS));

        assertEquals(Kind.UNKNOWN, problem.problem().code().kind());
    }

    @Test
    void an_outage_while_artifacts_are_read_is_never_a_verdict() {
        sim.server().fail("/main/noarch/" + ChannelSimulator.ZLIB, 500);

        var problem = assertThrows(ProblemException.class, () -> verify(RECORDS.withArtifacts(true)));

        assertEquals(Code.SERVER_UNREACHABLE, problem.problem().code());
    }

    @Test
    void a_channel_without_noarch_is_none() {
        for (var view : Dialect.values()) {
            sim.server().remove(ChannelSimulator.indexPath(view, "noarch"));
        }

        var problem = assertThrows(ProblemException.class, () -> verify(RECORDS));

        assertEquals(Code.SERVER_ANSWER_BAD, problem.problem().code());
    }

    private void rename(String from, String to) {
        tamperBoth("noarch", index -> index.replace("\"" + from + "\"", "\"" + to + "\""));
    }

    private void tamperBoth(String subdir, UnaryOperator<String> change) {
        for (var view : Dialect.values()) {
            sim.tamper(view, subdir, change);
        }
    }

    private Fetcher fetcher() {
        return Fetcher.of(sim.url(), QUICK);
    }

    private ChannelTrust trust() {
        return new Updater(fetcher(), sim.url(), folder.resolve("state"), ChannelSimulator.NOW)
                .update(new Pin.Digest(sim.rootSha256()), Set.of(Dialect.values()));
    }

    private ChannelReport verify(VerifyOptions options) {
        verdicts.clear();
        return new ChannelVerifier(fetcher(), trust()).verify(options, verdicts::add);
    }

    private Code failure(VerifyOptions options) {
        var report = verify(options);
        assertFalse(report.isTrusted());
        return report.failures().getFirst().problem().code();
    }
}
