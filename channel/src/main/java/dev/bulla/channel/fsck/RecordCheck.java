package dev.bulla.channel.fsck;

import dev.bulla.channel.catalog.ArtifactRow;
import dev.bulla.channel.catalog.Catalog;
import dev.bulla.channel.ledger.Journal;
import dev.bulla.channel.store.Database;
import dev.bulla.channel.store.Sha256;
import dev.bulla.conda.name.ChannelName;
import dev.bulla.problem.Code;
import dev.bulla.trust.contenttrust.ContentTrustException;
import dev.bulla.trust.contenttrust.TrustedRoles;
import dev.bulla.trust.json.Dialect;
import dev.bulla.trust.json.Json;
import dev.bulla.trust.json.JsonException;
import dev.bulla.trust.json.JsonLimits;
import dev.bulla.trust.json.JsonNumber;
import dev.bulla.trust.json.JsonObject;
import dev.bulla.trust.json.JsonString;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.SortedMap;

/**
 * Looks at every artifact's row: that the journal has its promotion, that the record is of these bytes and this name, and
 * that the channel's keys vouch for it in both views.
 *
 * @param database where the rows are
 * @param trusted whom each channel trusts in each view; a channel whose trust files are damaged is not among them
 * @param findings gets what is seen
 */
record RecordCheck(Database database, Map<Signers, TrustedRoles> trusted, Findings findings) {
    private static final int PAGE = 500;

    /**
     * Who signs.
     *
     * @param channel in which channel
     * @param dialect for whom
     */
    record Signers(ChannelName channel, Dialect dialect) {}

    void run(Crew crew) throws IOException {
        var position = 0L;
        for (var page = page(position); !page.isEmpty(); page = page(position)) {
            var records = page;
            var after = position;
            var last = records.getLast().position();
            crew.submit(() -> check(records, after, last));
            position = last;
        }
        var end = position;
        promoted(end, Long.MAX_VALUE).forEach(this::lost);
        crew.finish();
    }

    private List<ArtifactRow> page(long after) {
        return database.read(handle -> Catalog.recordsAfter(handle, after, PAGE));
    }

    private SortedMap<Long, Sha256> promoted(long after, long upTo) {
        return database.read(handle -> Journal.promoted(handle, after, upTo));
    }

    private void check(List<ArtifactRow> records, long after, long upTo) {
        var promoted = promoted(after, upTo);
        for (var stored : records) {
            var sha256 = promoted.remove(stored.position());
            if (!stored.sha256().equals(sha256)) {
                findings.found(Finding.damage(
                        Code.JOURNAL_DAMAGED,
                        "%s has SHA-256 %s, entry %d of the journal %s"
                                .formatted(
                                        stored,
                                        stored.sha256(),
                                        stored.position(),
                                        sha256 == null ? "is no promotion" : "promoted " + sha256)));
            }
            check(stored);
        }
        promoted.forEach(this::lost);
        findings.records(records.size());
    }

    private void lost(long position, Sha256 sha256) {
        findings.found(Finding.damage(
                Code.JOURNAL_DAMAGED,
                "entry " + position + " of the journal promoted bytes " + sha256 + ", but there is no such artifact"));
    }

    private void check(ArtifactRow stored) {
        try {
            var record = (JsonObject) Json.parse(stored.record(), JsonLimits.RECORD);
            difference(stored, record).ifPresent(what -> damage(stored, what));
            var original = stored.originalRecord();
            if (original != null) {
                difference(stored, (JsonObject) Json.parse(original, JsonLimits.RECORD))
                        .ifPresent(what -> damage(stored, "without patch instructions, " + what));
            }
            verify(stored, record, Dialect.CONDA, stored.condaSignatures());
            verify(stored, record, Dialect.LIBMAMBA, stored.libmambaSignatures());
        } catch (JsonException | ClassCastException malformed) {
            damage(stored, "its record is no JSON object: " + malformed.getMessage());
        }
    }

    private static Optional<String> difference(ArtifactRow stored, JsonObject record) {
        var expected = Map.of(
                "name", stored.packageName(),
                "subdir", stored.place().subdir().text(),
                "sha256", stored.sha256().hex(),
                "md5", stored.md5(),
                "size", Long.toString(stored.sizeBytes()));
        return expected.entrySet().stream()
                .filter(member -> !Objects.equals(text(record, member.getKey()), member.getValue()))
                .map(member -> "its record has the %s %s, its row %s"
                        .formatted(member.getKey(), text(record, member.getKey()), member.getValue()))
                .sorted()
                .findFirst();
    }

    private static String text(JsonObject record, String name) {
        return switch (record.member(name).orElse(null)) {
            case JsonString string -> string.value();
            case JsonNumber number -> number.text();
            case null, default -> "none";
        };
    }

    private void verify(ArtifactRow stored, JsonObject record, Dialect dialect, byte[] signatures) {
        var roles = trusted.get(new Signers(stored.place().channel(), dialect));
        if (roles == null) {
            return;
        }
        try {
            var _ = roles.verifyPackage(stored.fileName(), record, Json.parse(signatures, JsonLimits.RECORD));
        } catch (ContentTrustException | JsonException wrong) {
            damage(stored, "for " + dialect.name().toLowerCase(Locale.ROOT) + ", " + wrong.getMessage());
        }
    }

    private void damage(ArtifactRow stored, String what) {
        findings.found(Finding.damage(Code.RECORD_DAMAGED, stored + ": " + what));
    }
}
