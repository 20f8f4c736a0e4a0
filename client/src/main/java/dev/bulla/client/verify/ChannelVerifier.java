package dev.bulla.client.verify;

import dev.bulla.client.fetch.Fetcher;
import dev.bulla.client.update.ChannelTrust;
import dev.bulla.client.verify.ChannelReport.SubdirCount;
import dev.bulla.client.verify.Verdict.Failed;
import dev.bulla.client.verify.Verdict.Verified;
import dev.bulla.conda.name.Subdir;
import dev.bulla.problem.Code;
import dev.bulla.problem.ProblemException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** Verifies a whole channel: every record of every subdir, in every view of the trust it is given. */
public final class ChannelVerifier {
    private final Fetcher fetcher;
    private final ChannelTrust trust;

    /** A verifier that believes this and reads through this door. */
    public ChannelVerifier(Fetcher fetcher, ChannelTrust trust) {
        this.fetcher = fetcher;
        this.trust = trust;
    }

    /**
     * Verifies.
     *
     * @return what was found; a channel with a failure in it is not trusted
     * @throws ProblemException SERVER_…, DISK_ERROR when it could not be told; REPODATA_INVALID when an index is none
     */
    public ChannelReport verify(VerifyOptions options, VerifyListener listener) {
        var subdirs = options.subdirs().isEmpty() ? ChannelSubdirs.of(fetcher) : options.subdirs();
        var failures = new ArrayList<Failed>();
        var counts = new ArrayList<SubdirCount>();
        var threads = Executors.newFixedThreadPool(
                options.threads(), Thread.ofPlatform().daemon().factory());
        try {
            for (var subdir : subdirs) {
                listener.started(subdir);
                verify(subdir, options, threads, new Tally(subdir, failures, listener))
                        .ifPresent(counts::add);
            }
        } finally {
            threads.shutdownNow(); // nothing is left to do, unless something was thrown
        }
        return new ChannelReport(trust.rootVersion(), counts, failures);
    }

    private Optional<SubdirCount> verify(Subdir subdir, VerifyOptions options, ExecutorService threads, Tally tally) {
        var there = new SubdirVerifier(fetcher, trust, subdir, options, threads, tally).run();
        if (!there && subdir.equals(Subdir.NOARCH)) {
            throw new ProblemException(
                    Code.SERVER_ANSWER_BAD, trust.channel() + " has no noarch/repodata.json: it is no channel");
        }
        return there ? Optional.of(tally.count()) : Optional.empty();
    }

    /** Counts the verdicts of one subdir and passes them on. */
    private static final class Tally implements VerifyListener {
        private final Subdir subdir;
        private final List<Failed> failures;
        private final VerifyListener listener;
        private long verified;
        private long failed;

        Tally(Subdir subdir, List<Failed> failures, VerifyListener listener) {
            this.subdir = subdir;
            this.failures = failures;
            this.listener = listener;
        }

        @Override
        public void waiting(Subdir where) {
            listener.waiting(where);
        }

        @Override
        public void verdict(Verdict verdict) {
            switch (verdict) {
                case Verified _ -> verified++;
                case Failed failure -> {
                    failed++;
                    if (failures.size() < ChannelReport.MAX_FAILURES) {
                        failures.add(failure);
                    }
                }
            }
            listener.verdict(verdict);
        }

        SubdirCount count() {
            return new SubdirCount(subdir, verified, failed);
        }
    }
}
