package dev.bulla.channel.patch;

import dev.bulla.channel.catalog.Catalog;
import dev.bulla.channel.catalog.Place;
import dev.bulla.channel.ledger.Action;
import dev.bulla.channel.ledger.Entry;
import dev.bulla.channel.ledger.Journal;
import dev.bulla.channel.metadata.ChannelMetadata;
import dev.bulla.channel.store.Database;
import dev.bulla.channel.store.Sha256;
import dev.bulla.conda.patch.PatchInstructions;
import dev.bulla.problem.ProblemException;
import java.time.Clock;
import java.time.Instant;
import java.util.Arrays;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/** The patch instructions of all subdirs. Safe to share. */
public final class Patches {
    /** The name under which a subdir's instructions are served. */
    public static final String FILE = "patch_instructions.json";

    private final Database database;
    private final Clock clock;
    private final ConcurrentHashMap<Place, Rules> parsed = new ConcurrentHashMap<>();

    /** Those that are in this database. */
    public Patches(Database database, Clock clock) {
        this.database = database;
        this.clock = clock;
    }

    /** Those that hold for a subdir now. Whoever promotes by them checks in its transaction that they still do. */
    public Rules rules(Place place) {
        return database.read(handle -> rules(handle, place));
    }

    private Rules rules(Handle handle, Place place) {
        var position = Catalog.patchPosition(handle, place);
        if (position == 0) {
            return Rules.NONE;
        }
        var known = parsed.get(place);
        if (known != null && known.position() == position) {
            return known;
        }
        var document = Catalog.patchInstructions(handle, place).orElseThrow();
        var rules = new Rules(position, PatchInstructions.parse(document));
        parsed.put(place, rules);
        return rules;
    }

    /**
     * Instructions as they were sent.
     *
     * @param bytes the document
     * @param since when
     */
    @SuppressWarnings("ArrayRecordComponent") // handed out to be sent, never compared or changed
    public record Document(byte[] bytes, Instant since) {}

    /** A subdir's instructions; empty when it never had any. */
    public Optional<Document> document(Place place) {
        return database.read(handle -> {
            var position = Catalog.patchPosition(handle, place);
            return Catalog.patchInstructions(handle, place)
                    .map(bytes -> new Document(bytes, Journal.at(handle, position)));
        });
    }

    /**
     * What is to be set.
     *
     * @param place for which subdir
     * @param document {@code patch_instructions.json}
     * @param tokenId as whom
     */
    @SuppressWarnings("ArrayRecordComponent") // handed over to be kept, never compared or changed
    public record Order(
            Place place, byte[] document, @Nullable String tokenId) {}

    /**
     * What an order would change now.
     *
     * @throws ProblemException {@code REPODATA_INVALID} as {@link #set}
     */
    public PatchResult preview(Order order, ChannelMetadata metadata) {
        var plan = plan(order, metadata);
        return database.read(handle -> {
            plan.make(handle);
            return plan.result(false, Catalog.patchPosition(handle, order.place()));
        });
    }

    /**
     * Sets a subdir's instructions and changes its records accordingly, in one transaction.
     *
     * @throws ProblemException {@code REPODATA_INVALID} when they are none, or make a record that clients refuse
     */
    public PatchResult set(Order order, ChannelMetadata metadata) {
        for (var result = trySet(order, metadata); ; result = trySet(order, metadata)) {
            if (result.isPresent()) {
                return result.get();
            }
        }
    }

    private Optional<PatchResult> trySet(Order order, ChannelMetadata metadata) {
        var plan = plan(order, metadata);
        database.read(handle -> {
            plan.make(handle);
            return true;
        });
        return database.write(
                handle -> plan.complete(handle) ? Optional.of(set(handle, order, plan)) : Optional.empty());
    }

    private PatchResult set(Handle handle, Order order, Plan plan) {
        var place = order.place();
        var before = Catalog.patchInstructions(handle, place);
        if (before.isPresent()
                && Arrays.equals(before.get(), order.document())
                && plan.corrections().isEmpty()) {
            return plan.result(true, Catalog.patchPosition(handle, place));
        }
        var entry = new Entry(
                clock.instant(),
                Action.PATCHED,
                place.channel().text(),
                place.subdir().text(),
                Sha256.digest(order.document()),
                order.tokenId(),
                plan.result(true, 0).toString());
        var position = Journal.append(handle, entry);
        Catalog.patch(handle, place, order.document(), plan.corrections(), position);
        return plan.result(true, position);
    }

    private static Plan plan(Order order, ChannelMetadata metadata) {
        return new Plan(order.place(), new Rules(0, PatchInstructions.parse(order.document())), metadata);
    }
}
