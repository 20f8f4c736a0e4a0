package dev.bulla.client.verify;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.bulla.client.remote.ChannelSimulator;
import dev.bulla.client.remote.MessagePackBytes;
import dev.bulla.client.remote.ShardSimulator;
import dev.bulla.problem.Code;
import dev.bulla.problem.Problem;
import dev.bulla.testkit.Packages;
import dev.bulla.trust.json.Dialect;
import dev.bulla.trust.json.JsonArray;
import dev.bulla.trust.json.JsonNumber;
import dev.bulla.trust.json.JsonObject;
import dev.bulla.trust.json.JsonString;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ShardCheckTest extends ShardedChannelTest {
    private static final String ZLIB = ChannelSimulator.ZLIB;

    @Test
    void shards_with_the_signed_records_and_their_run_exports_are_trusted() {
        sim.add(Packages.tiny("bzip2"), "noarch");
        sim.publish();
        shards.read();
        shards.publish();

        var report = channel.verify();

        assertTrue(report.isTrusted(), () -> report.failures().toString());
        assertEquals(2, report.verified());
        assertEquals(0, timer.pauses());
        assertTrue(sim.server().requests().contains("GET " + shards.path("bzip2")));
    }

    @Test
    void hashes_as_text_are_as_good_as_bytes() {
        var shard =
                JsonObject.of("packages", JsonObject.empty(), "packages.conda", JsonObject.of(ZLIB, channel.zlib()));
        shards.put("zlib", Packages.zstd(MessagePackBytes.allText(shard)));

        assertTrue(channel.verify().isTrusted());
    }

    @Test
    void a_signed_fraction_is_the_same_in_a_shard_and_another_is_found() {
        var weighed = Packages.tiny("bzip2").field("weight", "1.5");
        sim.add(weighed, "noarch");
        sim.publish();
        shards.read();
        shards.publish();
        assertTrue(channel.verify().isTrusted());

        shards.edit("bzip2", records -> {
            var record = (JsonObject) records.member(weighed.condaName()).orElseThrow();
            return records.with(weighed.condaName(), record.with("weight", new JsonNumber("1.25")));
        });
        shards.publish();
        assertEquals(Code.RECORD_MISMATCH, channel.failures().getFirst().code());
    }

    @Test
    void a_record_that_is_there_twice_is_found() {
        var once = JsonObject.of(ZLIB, channel.zlib());
        var twice = MessagePackBytes.of(JsonObject.of("packages.conda", once, "packages", once));
        shards.put("zlib", Packages.zstd(twice));

        assertEquals(Code.METADATA_MALFORMED, channel.failures().getFirst().code());
    }

    @Test
    void a_record_that_nobody_signed_is_found() {
        shards.edit(
                "evil",
                records -> records.with("evil-1.0-0.conda", channel.zlib().with("name", new JsonString("evil"))));
        shards.publish();

        assertFails(
                Code.SIGNATURE_MISSING,
                "noarch/evil-1.0-0.conda is in a shard, but not in repodata.json: nobody signed it");
        assertEquals(Duration.ofSeconds(45), timer.passed());
    }

    @Test
    void a_record_of_another_package_is_found_in_a_shard() {
        shards.edit(
                "zlib",
                records -> records.with("evil-1.0-0.conda", channel.zlib().with("name", new JsonString("evil"))));
        shards.publish();

        assertEquals(Code.RECORD_MISMATCH, channel.failures().getFirst().code());
    }

    @ParameterizedTest
    @ValueSource(strings = {"depends", "build_number", "sha256", "url", "fn", "version"})
    void a_record_that_was_changed_in_its_shard_is_found(String member) {
        var changed = member.equals("depends") ? JsonArray.ofStrings(List.of("evil")) : new JsonString("00".repeat(32));
        shards.edit("zlib", records -> records.with(ZLIB, channel.zlib().with(member, changed)));
        shards.publish();

        assertFails(Code.RECORD_MISMATCH, "noarch/" + ZLIB + " has another record in its shard than the signed one");
    }

    @Test
    void a_member_that_was_taken_out_of_a_record_is_found() {
        shards.edit("zlib", records -> records.with(ZLIB, channel.zlib().without("depends")));
        shards.publish();

        assertEquals(Code.RECORD_MISMATCH, channel.failures().getFirst().code());
    }

    @Test
    void a_signed_record_that_no_shard_has_is_hidden() {
        shards.edit("zlib", records -> records.without(ZLIB));
        shards.publish();

        assertFails(
                Code.RECORD_MISMATCH, "noarch/" + ZLIB + " is signed in repodata.json, but hidden: it is in no shard");
    }

    @Test
    void a_package_whose_whole_shard_is_missing_in_the_index_is_hidden() {
        shards.drop("zlib");
        shards.publish();

        assertEquals(Code.RECORD_MISMATCH, channel.failures().getFirst().code());
    }

    @Test
    void a_record_that_its_shard_also_calls_removed_is_found() {
        shards.change("zlib", shard -> shard.with("removed", JsonArray.ofStrings(List.of(ZLIB))));
        shards.publish();

        assertEquals(Code.RECORD_MISMATCH, channel.failures().getFirst().code());
        assertEquals(0, timer.pauses());
    }

    @Test
    void a_record_in_the_wrong_map_is_found() {
        shards.change(
                "zlib",
                shard -> JsonObject.of(
                        "packages", JsonObject.of(ZLIB, channel.zlib()), "packages.conda", JsonObject.empty()));
        shards.publish();

        assertEquals(Code.RECORD_MISMATCH, channel.failures().getFirst().code());
    }

    @Test
    void records_that_nobody_can_sign_are_found() {
        shards.change(
                "zlib", shard -> shard.with("v3", JsonObject.of("conda", JsonObject.of("zlib-1.0-0", channel.zlib()))));
        shards.publish();

        assertEquals(Code.SIGNATURE_MISSING, channel.failures().getFirst().code());
    }

    @Test
    void a_shard_whose_bytes_are_not_those_of_the_index_is_found_at_once() {
        sim.server().put(shards.path("zlib"), Packages.zstd(MessagePackBytes.of(JsonObject.empty())));

        assertTrue(channel.failures().getFirst().detail().endsWith("has another SHA-256 than the index says"));
        assertEquals(0, timer.pauses());
    }

    @Test
    void a_shard_that_the_index_names_and_nobody_has_is_found() {
        sim.server().remove(shards.path("zlib"));

        assertTrue(channel.failures().getFirst().detail().contains(" is not there, though the index names it"));
    }

    @ParameterizedTest
    @CsvSource({
        "base_url, http://evil.example/",
        "base_url, ../win-64/",
        "shards_base_url, http://evil.example/shards/",
        "shards_base_url, //evil.example/shards/",
        "shards_base_url, /other/noarch/shards/",
        "shards_base_url, ../../other/noarch/",
        "shards_base_url, shards/../../other/",
        "shards_base_url, %2e%2e/other/",
        "shards_base_url, shards/?x=",
        "subdir, win-64"
    })
    void an_index_that_leads_elsewhere_is_found(String member, String value) {
        shards.info(member, new JsonString(value));
        shards.publish();

        assertEquals(Code.RECORD_MISMATCH, channel.failures().getFirst().code());
        assertEquals(0, timer.pauses());
    }

    @Test
    void an_index_that_names_other_channels_is_found() {
        shards.info("channel_relations", JsonObject.of("base", new JsonString("../evil")));
        shards.publish();

        assertEquals(Code.RECORD_MISMATCH, channel.failures().getFirst().code());
    }

    @Test
    void shards_beside_the_index_are_read_too() {
        shards.info("shards_base_url", new JsonString(""));
        shards.publish();
        var path = shards.path("zlib");
        sim.server().put(path.replace("/shards/", "/"), sim.server().get(path));
        sim.server().remove(path);

        assertTrue(channel.verify().isTrusted());
    }

    @Test
    void a_shard_that_unpacks_to_more_than_the_limit_is_found() {
        shards.put("zlib", Packages.zstd(new byte[(16 << 20) + 1]));

        assertTrue(channel.failures().getFirst().detail().endsWith("unpacks to more than 16777216 bytes"));
    }

    @Test
    void an_index_that_unpacks_to_more_than_the_limit_is_found() {
        sim.server().put(shards.indexPath(), Packages.zstd(new byte[(128 << 20) + 1]));

        assertEquals(Code.METADATA_MALFORMED, channel.failures().getFirst().code());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "anything", "(\u00b5/\u00fd"})
    void an_index_that_is_none_is_found(String bytes) {
        sim.server().put(shards.indexPath(), bytes.getBytes(StandardCharsets.ISO_8859_1));

        assertEquals(Code.METADATA_MALFORMED, channel.failures().getFirst().code());
    }

    @Test
    void an_index_cut_off_anywhere_is_found() {
        var whole = sim.server().get(shards.indexPath());
        for (var length = 0; length < whole.length; length += 7) {
            sim.server().put(shards.indexPath(), Arrays.copyOf(whole, length));
            assertEquals(Code.METADATA_MALFORMED, channel.failures().getFirst().code(), "at " + length);
        }
    }

    @Test
    void a_record_that_failed_in_repodata_is_told_once() {
        sim.tamper(Dialect.CONDA, "noarch", index -> index.replace("\"depends\":[]", "\"depends\":[\"evil\"]"));

        assertEquals(
                List.of(Code.SIGNATURES_TOO_FEW),
                channel.failures().stream().map(Problem::code).toList());
    }

    @Test
    void shards_without_repodata_are_not_trusted() {
        var windows = new ShardSimulator(sim, "win-64");
        windows.edit(
                "evil",
                records -> records.with("evil-1.0-0.conda", channel.zlib().with("name", new JsonString("evil"))));
        windows.publish();

        assertEquals(Code.SIGNATURE_MISSING, channel.failures().getFirst().code());
    }

    @Test
    void with_the_trust_of_libmamba_alone_no_shards_are_believed() {
        var report = new ChannelVerifier(channel.fetcher(), channel.trust(Set.of(Dialect.LIBMAMBA)))
                .verify(channel.options(), VerifyListener.SILENT);

        assertEquals(
                Code.SIGNATURE_MISSING, report.failures().getFirst().problem().code());
    }

    private void assertFails(Code code, String detail) {
        assertEquals(List.of(new Problem(code, detail)), channel.failures());
    }
}
