package dev.bulla.channel.imports;

import dev.bulla.channel.catalog.Catalog;
import dev.bulla.channel.catalog.Place;
import dev.bulla.channel.patch.Patches;
import dev.bulla.channel.publish.Target;
import dev.bulla.channel.store.Job;
import dev.bulla.channel.store.JobQueue;
import dev.bulla.channel.token.ApiToken;
import dev.bulla.conda.name.ArchiveName;
import dev.bulla.conda.name.Label;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;

/** Takes artifacts of other channels in. Safe to share. */
public final class Importer {
    /** The kind of job that checks the payloads of what was imported. */
    public static final String PAYLOADS = "check-payloads";

    private static final Duration UNTIL_IDLE = Duration.ofSeconds(2);

    private final Shop shop;
    private final PayloadChecks payloads;
    private final Patches patches;
    private final AtomicInteger underWay = new AtomicInteger();

    /** An importer of one data folder. */
    public Importer(Shop shop) {
        this.shop = shop;
        this.payloads = new PayloadChecks(shop);
        this.patches = new Patches(shop.database(), shop.clock());
    }

    /** Begins to take files in; a label shows them. */
    public Intake begin(Target target, Label label, ApiToken token) throws IOException {
        var aim = new Aim(target.channel(), label, token.id());
        underWay.incrementAndGet();
        return new Intake(
                shop, aim, new Examination(target.metadata(), patches, shop.clock()), underWay::decrementAndGet);
    }

    /**
     * A name that was asked for and is taken.
     *
     * @param place where
     * @param name which
     * @param sha256 of its bytes, in hexadecimal
     * @param yanked whether indexes leave it out
     * @param labelled whether the label that was asked for shows it
     */
    public record Known(Place place, ArchiveName name, String sha256, boolean yanked, boolean labelled) {}

    /** A name that may be taken. */
    public record Wanted(Place place, ArchiveName name) {}

    /** Those of the names that are taken. */
    public List<Known> known(Label label, List<Wanted> names) {
        return shop.database().read(handle -> {
            var known = new ArrayList<Known>();
            names.stream()
                    .collect(Collectors.groupingBy(
                            Wanted::place, LinkedHashMap::new, Collectors.mapping(Wanted::name, Collectors.toList())))
                    .forEach((place, wanted) -> Catalog.findAll(handle, place, wanted)
                            .forEach((name, found) -> known.add(new Known(
                                    place,
                                    name,
                                    found.sha256().hex(),
                                    found.yanked(),
                                    Catalog.hasLabel(handle, found, label)))));
            return known;
        });
    }

    /** Ends what an earlier process was importing: what it has not made public is not there. */
    public void recover() throws IOException {
        Batch.recover(shop);
    }

    /** Checks payloads that wait, for a while; not while an import is under way, which needs the machine. Safe to do twice. */
    public void checkPayloads() throws IOException {
        if (underWay.get() > 0 || payloads.run()) {
            var again = shop.clock().instant().plus(underWay.get() > 0 ? UNTIL_IDLE : Duration.ZERO);
            shop.database().change(handle -> JobQueue.enqueue(handle, new Job(PAYLOADS, "all"), again));
        }
    }
}
