package dev.bulla.client.verify;

import dev.bulla.client.fetch.ChannelUrl;
import dev.bulla.client.fetch.Fetched;
import dev.bulla.client.fetch.Fetcher;
import dev.bulla.client.fetch.Limit;
import dev.bulla.conda.name.Subdir;
import dev.bulla.problem.Code;
import dev.bulla.problem.Problem;
import dev.bulla.trust.json.Dialect;
import java.io.IOException;
import java.io.OutputStream;
import java.security.DigestOutputStream;
import java.util.HexFormat;
import java.util.Optional;

/** Checks that both forms of an index, plain and compressed, are the same document: which one a client reads is its own choice. */
final class IndexForms {
    private static final int MAX_LOOKS = 3;

    private final Fetcher fetcher;
    private final ChannelUrl channel;
    private final Dialect view;
    private final Subdir subdir;

    IndexForms(Fetcher fetcher, ChannelUrl channel, Dialect view, Subdir subdir) {
        this.fetcher = fetcher;
        this.channel = channel;
        this.view = view;
        this.subdir = subdir;
    }

    /** What is wrong; both are fetched anew when they differ, since the channel may have changed between the requests. */
    Optional<Problem> problem(IndexCopy verified) {
        if (same(verified)) {
            return Optional.empty();
        }
        for (var look = 2; look <= MAX_LOOKS; look++) {
            var copy = IndexCopy.fetch(fetcher, channel, view, subdir);
            if (copy.isPresent()) {
                try (var index = copy.get()) {
                    if (same(index)) {
                        return Optional.empty();
                    }
                }
            }
        }
        return Optional.of(new Problem(
                Code.RECORD_MISMATCH,
                IndexCopy.folder(view, subdir) + "repodata.json is not the same document as repodata.json.zst"));
    }

    private boolean same(IndexCopy copy) {
        var json = fetcher.get(IndexCopy.json(channel, view, subdir), Limit.REPODATA, IndexForms::sha256);
        return json.isPresent() && json.get().equals(sha256(copy));
    }

    private static String sha256(Fetched fetched) throws IOException {
        return ArtifactCheck.Digest.of(fetched.body()).sha256();
    }

    private static String sha256(IndexCopy copy) {
        var digest = RecordCheck.sha256();
        copy.writeTo(new DigestOutputStream(OutputStream.nullOutputStream(), digest));
        return HexFormat.of().formatHex(digest.digest());
    }
}
