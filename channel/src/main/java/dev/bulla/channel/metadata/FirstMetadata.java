package dev.bulla.channel.metadata;

import dev.bulla.channel.store.DataFolder;
import dev.bulla.channel.store.Disk;
import dev.bulla.channel.store.Folders;
import dev.bulla.channel.store.Job;
import dev.bulla.channel.store.JobQueue;
import dev.bulla.conda.name.ChannelName;
import dev.bulla.problem.Code;
import dev.bulla.problem.ProblemException;
import dev.bulla.trust.contenttrust.SignedRole;
import dev.bulla.trust.contenttrust.Validity;
import dev.bulla.trust.keys.SigningKey;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.function.Predicate;
import java.util.random.RandomGenerator;
import org.jdbi.v3.core.Handle;

/**
 * The keys and trust files of a channel that is being made, in three steps: {@link #prepare} writes the key files, the
 * root's beside its place; {@link #insert} puts everything else into the transaction that makes the channel; {@link
 * #finish} lets the root key's file take its name. {@link #recover} ends what a crash cut short: with the channel
 * committed the file takes its name, without it the file goes and the channel is made anew with other keys.
 */
public final class FirstMetadata {
    private static final String PENDING_START = "root-";
    private static final String PENDING_END = ".pending";

    private final ChannelName channel;
    private final OnlineKeys keys;
    private final SignedRole root;
    private final List<SignedRole> others;

    private FirstMetadata(ChannelName channel, OnlineKeys keys, SignedRole root, List<SignedRole> others) {
        this.channel = channel;
        this.keys = keys;
        this.root = root;
        this.others = List.copyOf(others);
    }

    /**
     * Makes all keys and files of a channel and writes the private keys.
     *
     * @throws ProblemException {@link Code#SETUP_CONFLICT} when the root key of an earlier channel is in the way
     */
    public static FirstMetadata prepare(Keeping keeping, ChannelName channel, Validity rootValidity, Duration lifetime)
            throws IOException {
        var place = keeping.data().rootKey(channel.text());
        if (Files.exists(place)) {
            throw new ProblemException(
                    Code.SETUP_CONFLICT,
                    place.getFileName()
                            + " holds the root key of an earlier channel; take it away, it is not replaced");
        }
        var keys = OnlineKeys.generate(keeping.random());
        keys.write(keeping.data(), keeping.disk(), channel);
        var rootKey = SigningKey.generate(keeping.random());
        var text = new KeyFile(KeyPurpose.ROOT, channel, rootKey).text();
        keeping.disk().write(pending(keeping.data(), channel), text.getBytes(StandardCharsets.US_ASCII));
        var maker = new RoleMaker(keys);
        var validity = Validity.from(rootValidity.timestamp(), lifetime);
        var others = RoleMaker.RENEWABLE.stream()
                .map(file -> maker.make(file, 1, validity))
                .toList();
        return new FirstMetadata(channel, keys, maker.firstRoot(rootKey, rootValidity), others);
    }

    /** In the transaction that makes the channel. */
    public void insert(Handle handle) {
        keys.keys().forEach((purpose, key) -> OnlineKeyTable.insert(handle, channel, purpose, key.publicKey()));
        RoleTable.insert(handle, channel, View.BOTH, root);
        for (var i = 0; i < others.size(); i++) {
            RoleTable.insert(handle, channel, RoleMaker.RENEWABLE.get(i).view(), others.get(i));
        }
        var files = TrustFiles.read(handle, channel);
        JobQueue.enqueue(handle, new Job(ChannelMetadata.RENEWAL, channel.text()), ChannelMetadata.nextRenewal(files));
    }

    /** After that transaction. */
    public void finish(DataFolder data, Disk disk) throws IOException {
        finish(data, disk, channel);
    }

    private static void finish(DataFolder data, Disk disk, ChannelName channel) throws IOException {
        var place = data.rootKey(channel.text());
        disk.move(pending(data, channel), place);
        disk.syncFolder(Folders.parent(place));
    }

    /** At start: ends what a crash cut short. */
    public static void recover(DataFolder data, Disk disk, Predicate<ChannelName> exists) throws IOException {
        try (var files = Files.newDirectoryStream(data.keys())) {
            for (var file : files) {
                recover(data, disk, file, exists);
            }
        }
    }

    private static void recover(DataFolder data, Disk disk, Path file, Predicate<ChannelName> exists)
            throws IOException {
        var name = file.getFileName().toString();
        if (name.endsWith(".new")) {
            disk.delete(file);
        }
        if (!name.startsWith(PENDING_START) || !name.endsWith(PENDING_END)) {
            return;
        }
        var channel = ChannelName.parse(name.substring(PENDING_START.length(), name.length() - PENDING_END.length()));
        if (exists.test(channel)) {
            finish(data, disk, channel);
        } else {
            disk.delete(file);
        }
    }

    private static Path pending(DataFolder data, ChannelName channel) {
        return data.keys().resolve(PENDING_START + channel + PENDING_END);
    }

    /**
     * Where and with what keys are kept and made.
     *
     * @param data the data folder
     * @param disk the effects on it
     * @param random a secure source
     */
    public record Keeping(DataFolder data, Disk disk, RandomGenerator random) {}
}
