package dev.bulla.cli.commands;

import dev.bulla.client.fetch.ChannelUrl;
import dev.bulla.client.fetch.FetchPolicy;
import dev.bulla.client.fetch.Fetcher;
import dev.bulla.client.fetch.Limit;
import dev.bulla.problem.Code;
import dev.bulla.problem.ProblemException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** A channel copied file by file into a folder, where anybody may change it. */
final class DemoCopy {
    private static final List<String> INDEXES = List.of("noarch/repodata.json", "libmamba/noarch/repodata.json");
    private static final List<String> TRUST_FILES = List.of(
            "content-trust/1.root.json",
            "content-trust/key_mgr.json",
            "libmamba/1.root.json",
            "libmamba/key_mgr.json",
            "libmamba/pkg_mgr.json");
    private static final String ARTIFACT = "noarch/" + DemoStory.PACKAGE;

    private final Path folder;
    private final ChannelUrl original;

    DemoCopy(Path folder, ChannelUrl original) {
        this.folder = folder;
        this.original = original;
    }

    /** The copy, as a channel. */
    ChannelUrl channel() {
        return ChannelUrl.ofFolder(folder);
    }

    Fetcher fetcher() {
        return Fetcher.of(channel(), FetchPolicy.standard());
    }

    /** Copies everything anew. */
    void make() throws IOException {
        Fetcher fetcher = Fetcher.of(original, FetchPolicy.standard());
        for (var files : List.of(INDEXES, TRUST_FILES, List.of(ARTIFACT))) {
            for (String file : files) {
                Path copy = folder.resolve(file);
                Files.createDirectories(copy.getParent());
                Files.write(
                        copy,
                        fetcher.bytes(original.resolve(file), Limit.ARTIFACT)
                                .orElseThrow(() -> new ProblemException(
                                        Code.SERVER_ANSWER_BAD, "the server does not serve " + file)));
            }
        }
    }

    /** Replaces words in both indexes. */
    void editIndexes(String words, String others) throws IOException {
        for (String index : INDEXES) {
            Path file = folder.resolve(index);
            String before = Files.readString(file, StandardCharsets.UTF_8);
            if (!before.contains(words)) {
                throw new IllegalStateException(words + " is not in " + index);
            }
            Files.writeString(file, before.replace(words, others), StandardCharsets.UTF_8);
        }
    }

    /** Changes one byte of the package. */
    Path changeArtifact() throws IOException {
        Path file = folder.resolve(ARTIFACT);
        return Files.write(file, DemoStory.changed(Files.readAllBytes(file)));
    }
}
