package dev.bulla.server.files;

import dev.bulla.channel.Channel;
import dev.bulla.channel.ServedFile;
import dev.bulla.channel.StoredArtifact;
import dev.bulla.channel.catalog.Visibility;
import dev.bulla.channel.index.Indexes;
import dev.bulla.conda.name.ArchiveName;
import dev.bulla.conda.name.ArchiveType;
import dev.bulla.conda.name.Label;
import dev.bulla.conda.name.Subdir;
import dev.bulla.problem.Code;
import dev.bulla.problem.ProblemException;
import dev.bulla.server.exchange.Answer;
import dev.bulla.server.exchange.Directory;
import dev.bulla.server.exchange.Endpoint;
import dev.bulla.server.exchange.Exchange;
import dev.bulla.server.files.Representation.Validators;
import dev.bulla.trust.json.Dialect;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The files of channels: index files, artifacts and trust metadata, each in the view of one dialect.
 *
 * <p>How long others may keep them: an artifact and a shard for ever, since their names never mean other bytes; an index
 * file 30 seconds, the index of shards a minute; trust metadata not without asking, since an old answer there is an attack. An index file for libmamba not at all, and it is never answered with
 * 304: while its copy holds, libmamba reads its own digest of it instead, in which the dependencies of a record are in
 * another order than the one that was signed. Of a channel that is not public, only the client itself may keep anything.
 */
public final class ChannelFiles {
    private static final String FOR_EVER = "max-age=31536000, immutable";
    private static final String SHORTLY = "max-age=30";
    private static final String A_MINUTE = "max-age=60";
    private static final String ASK_AGAIN = "no-cache";

    /** libmamba reads no other word of this header than {@code max-age}. */
    private static final String LOAD_AGAIN = "max-age=0";

    private final Directory channels;
    private final Encodings encodings = new Encodings();

    /** The files of these channels. */
    public ChannelFiles(Directory channels) {
        this.channels = channels;
    }

    /** {@code {channel}/{subdir}/{file}}, also under {@code label/{label}}. */
    public Endpoint inSubdir(Dialect view) {
        return exchange -> Conditions.answer(exchange, subdirFile(exchange, view));
    }

    /** {@code {channel}/{subdir}/shards/{file}}, also under {@code label/{label}}. */
    public Answer shard(Exchange exchange) throws IOException {
        var channel = channels.named(exchange);
        var shard = channel.shard(subdir(exchange), label(exchange), exchange.parameter("file"))
                .orElseThrow(() -> nothingHere(exchange));
        var validators = new Validators(shard.etag(), shard.lastModified(), true);
        return Conditions.answer(exchange, representation(shard, validators, readers(channel) + FOR_EVER));
    }

    /** {@code {channel}/…/{file}}: the trust metadata of this view. */
    public Endpoint trust(Dialect view) {
        return exchange -> {
            var channel = channels.trusted(exchange);
            if (!channel.hasLabel(label(exchange))) {
                throw nothingHere(exchange);
            }
            var file = channel.trustFile(view, exchange.parameter("file")).orElseThrow(() -> nothingHere(exchange));
            return Conditions.answer(
                    exchange, representation(file, validators(file), everybodyWhoSees(channel) + ASK_AGAIN));
        };
    }

    /** {@code {channel}/…/FILE}: what is said about the whole channel. */
    public Endpoint ofChannel(String fileName) {
        return exchange -> {
            var channel = channels.named(exchange);
            var place = new ArrayList<>(List.of(channel.name().text()));
            exchange.optionalParameter("label").ifPresent(label -> place.addAll(List.of("label", label)));
            var file = channel.channelFile(label(exchange), fileName, exchange.url(place))
                    .orElseThrow(() -> nothingHere(exchange));
            return Conditions.answer(exchange, representation(file, validators(file), readers(channel) + SHORTLY));
        };
    }

    private Representation subdirFile(Exchange exchange, Dialect view) throws IOException {
        var channel = channels.named(exchange);
        var subdir = subdir(exchange);
        var label = label(exchange);
        var fileName = exchange.parameter("file");
        if (isArtifact(fileName)) {
            return valid(ArchiveName::parse, fileName)
                    .filter(name -> channel.hasLabel(label))
                    .flatMap(name -> channel.artifact(subdir, name))
                    .map(artifact -> representation(artifact, readers(channel) + FOR_EVER))
                    .orElseThrow(() -> nothingHere(exchange));
        }
        var plain = indexFile(channel, view, subdir, label, fileName).orElseThrow(() -> nothingHere(exchange));
        return encodings.chosen(
                exchange, fileName, plain, () -> indexFile(channel, view, subdir, label, fileName + ".zst"));
    }

    private static Optional<Representation> indexFile(
            Channel channel, Dialect view, Subdir subdir, Label label, String fileName) {
        return channel.indexFile(view, subdir, label, fileName).map(file -> switch (view) {
            case CONDA -> representation(file, validators(file), readers(channel) + kept(fileName));
            case LIBMAMBA -> representation(file, null, readers(channel) + LOAD_AGAIN);
        });
    }

    /** CEP 16: the index of shards is kept for a minute or more. */
    private static String kept(String indexFileName) {
        return indexFileName.equals(Indexes.SHARD_INDEX) ? A_MINUTE : SHORTLY;
    }

    /** Whose caches may keep it: those between us and a client give it to others, who may not read every channel. */
    private static String readers(Channel channel) {
        return channel.visibility() == Visibility.PUBLIC ? "public, " : "private, ";
    }

    /** The same for trust metadata, which a private channel has for everybody. */
    private static String everybodyWhoSees(Channel channel) {
        return channel.visibility() == Visibility.HIDDEN ? "private, " : "public, ";
    }

    private static Subdir subdir(Exchange exchange) {
        return valid(Subdir::parse, exchange.parameter("subdir")).orElseThrow(() -> nothingHere(exchange));
    }

    /** The label that the address names; main when it names none. */
    private static Label label(Exchange exchange) {
        var label = exchange.optionalParameter("label");
        return label.isEmpty() ? Label.MAIN : valid(Label::parse, label.get()).orElseThrow(() -> nothingHere(exchange));
    }

    private static boolean isArtifact(String fileName) {
        return Arrays.stream(ArchiveType.values()).anyMatch(type -> fileName.endsWith(type.extension()));
    }

    private static Representation representation(StoredArtifact artifact, String cacheControl) {
        return new Representation(
                new Representation.InFile(artifact.path(), artifact.sha256(), artifact.sizeBytes()),
                new Validators('"' + artifact.sha256().hex() + '"', artifact.publishedAt(), true),
                "application/octet-stream",
                cacheControl);
    }

    private static Validators validators(ServedFile file) {
        return new Validators(file.etag(), file.lastModified(), false);
    }

    private static Representation representation(
            ServedFile file, @Nullable Validators validators, String cacheControl) {
        var content =
                switch (file) {
                    case ServedFile.OnDisk onDisk ->
                        new Representation.InFile(onDisk.path(), onDisk.sha256(), onDisk.sizeBytes());
                    case ServedFile.InMemory inMemory -> new Representation.InMemory(inMemory.content());
                };
        return new Representation(content, validators, file.contentType(), cacheControl);
    }

    /** A name in an address that cannot be a name is an address where nothing is. */
    private static <T> Optional<T> valid(Function<String, T> parser, String text) {
        try {
            return Optional.of(parser.apply(text));
        } catch (ProblemException e) {
            if (e.problem().code() != Code.NAME_INVALID) {
                throw e;
            }
            return Optional.empty();
        }
    }

    private static ProblemException nothingHere(Exchange exchange) {
        return new ProblemException(
                Code.NOT_HERE, "There is nothing at " + exchange.path().masked() + ".");
    }
}
