package dev.bulla.client.exports;

import dev.bulla.client.fetch.ChannelUrl;
import dev.bulla.client.fetch.Fetcher;
import dev.bulla.client.fetch.Limit;
import dev.bulla.client.verify.ChannelSubdirs;
import dev.bulla.conda.name.Subdir;
import dev.bulla.conda.shards.ShardIndex;
import dev.bulla.conda.shards.ShardLimits;
import dev.bulla.problem.Code;
import dev.bulla.problem.ProblemException;
import dev.bulla.trust.contenttrust.Role;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;

/** Looks at a channel, several times if need be, and writes what it saw once it held still. Not safe to share. */
final class ExportRound {
    /** More renewals than a channel has in its life. */
    private static final int MAX_ROOTS = 1000;

    private final Fetcher fetcher;
    private final ChannelUrl channel;
    private final ExportPaths paths;
    private final Tree tree;
    private final Tree aside;
    private final Workers workers;
    private final Snapshot snapshot;

    /** Artifacts that were fetched, or found right, with their digests. */
    private final Map<String, String> here = new ConcurrentHashMap<>();

    private int fetched;

    ExportRound(Fetcher fetcher, ChannelUrl channel, ExportPaths paths, Tree tree, Tree aside, Workers workers) {
        this.fetcher = fetcher;
        this.channel = channel;
        this.paths = paths;
        this.tree = tree;
        this.aside = aside;
        this.workers = workers;
        this.snapshot = new Snapshot(fetcher, channel, aside);
    }

    /**
     * What the channel's lists say.
     *
     * @param artifacts by path
     * @param shards their paths
     * @param others paths of all other files that it may have
     */
    private record Contents(Map<String, Listed> artifacts, Set<String> shards, List<String> others) {
        ExportOutcome outcome(int fetched, int otherFiles) {
            var bytes = artifacts.values().stream().mapToLong(Listed::sizeBytes).sum();
            return new ExportOutcome(artifacts.size(), bytes, fetched, otherFiles);
        }
    }

    /** Looks and writes; empty when the channel changed meanwhile, or its lists do not agree yet. */
    Optional<ExportOutcome> run(ExportListener listener) {
        var seen = look();
        if (seen.isEmpty()) {
            return Optional.empty();
        }
        var contents = seen.get();
        fetch(contents.artifacts(), listener);
        if (!snapshot.holds(contents.others(), workers)) {
            return Optional.empty();
        }
        return Optional.of(contents.outcome(fetched, write(contents)));
    }

    /** What a run would do, as far as one look can tell. */
    Optional<ExportOutcome> wouldDo() {
        return look().map(contents -> contents.outcome(
                missing(contents.artifacts()).size(), different(contents).size()));
    }

    private Optional<Contents> look() {
        var subdirs = ChannelSubdirs.of(fetcher);
        var others = new ArrayList<>(trustFiles());
        var lists =
                subdirs.stream().flatMap(subdir -> paths.lists(subdir).stream()).toList();
        workers.each(paths.ofChannel(), path -> snapshot.look(path, Limit.REPODATA));
        workers.each(lists, path -> snapshot.look(path, Limit.REPODATA));
        others.addAll(lists);
        others.addAll(paths.ofChannel());
        if (lists.stream().noneMatch(snapshot::has)) {
            throw new ProblemException(Code.NOT_HERE, channel + " has no lists of the label " + paths.label());
        }
        return contents(subdirs, others);
    }

    /** The trust files of both views, and the root that each does not have yet. */
    private List<String> trustFiles() {
        var files = new ArrayList<String>();
        for (var folder : paths.trust()) {
            for (var role : List.of(Role.KEY_MGR, Role.PKG_MGR)) {
                files.add(folder + role.fileName(1));
                snapshot.look(files.getLast(), Limit.ROLE);
            }
            for (var version = 1; ; version++) {
                if (version > MAX_ROOTS) {
                    throw new ProblemException(
                            Code.SERVER_ANSWER_BAD, channel + " shows more than " + MAX_ROOTS + " roots");
                }
                files.add(folder + Role.ROOT.fileName(version));
                if (!snapshot.look(files.getLast(), Limit.ROLE)) {
                    break;
                }
            }
        }
        return files;
    }

    private Optional<Contents> contents(List<Subdir> subdirs, List<String> others) {
        var artifacts = new TreeMap<String, Listed>();
        var shards = new TreeSet<String>();
        for (var subdir : subdirs) {
            var agreed = new SubdirLists(aside, snapshot, paths, subdir).read(new Shards());
            if (agreed.isEmpty()) {
                return Optional.empty();
            }
            var folder = paths.folder("", subdir);
            agreed.get().artifacts().forEach((name, file) -> artifacts.put(folder + name, file));
            shards.addAll(agreed.get().shards());
        }
        return Optional.of(new Contents(artifacts, shards, others));
    }

    /** Shards in the folder, else fetched: their names are their digests. */
    private final class Shards implements SubdirLists.Shards {
        @Override
        public boolean bring(Map<String, String> sha256ByPath) {
            var complete = new AtomicBoolean(true);
            workers.each(sha256ByPath.entrySet(), shard -> {
                if (complete.get() && !bring(shard.getKey(), shard.getValue())) {
                    complete.set(false);
                }
            });
            return complete.get();
        }

        private boolean bring(String path, String sha256) {
            if (aside.isFile(path) || tree.has(path, sha256)) {
                return true;
            }
            var got = fetcher.get(channel.resolve(path), Limit.SHARD, answer -> aside.save(answer, path));
            if (got.isPresent() && !got.get().equals(sha256)) {
                aside.remove(path);
                throw new ProblemException(
                        Code.RECORD_MISMATCH, channel + "/" + path + " comes with the SHA-256 " + got.get());
            }
            return got.isPresent();
        }

        @Override
        public byte[] bytes(String path) {
            return aside.isFile(path) ? aside.bytes(path) : tree.bytes(path);
        }
    }

    private Map<String, Listed> missing(Map<String, Listed> artifacts) {
        var missing = new ConcurrentHashMap<String, Listed>();
        workers.each(artifacts.entrySet(), entry -> {
            var path = entry.getKey();
            var file = entry.getValue();
            if (file.sha256().equals(here.get(path)) || tree.has(path, file)) {
                here.put(path, file.sha256());
            } else {
                missing.put(path, file);
            }
        });
        return missing;
    }

    private void fetch(Map<String, Listed> artifacts, ExportListener listener) {
        var missing = new TreeMap<>(missing(artifacts));
        if (missing.isEmpty()) {
            return;
        }
        listener.fetching(
                missing.size(),
                missing.values().stream().mapToLong(Listed::sizeBytes).sum());
        workers.each(missing.entrySet(), entry -> {
            fetch(entry.getKey(), entry.getValue());
            listener.fetched(entry.getValue().sizeBytes());
        });
        fetched += missing.size();
    }

    private void fetch(String path, Listed file) {
        var limit = new Limit("artifact", file.sizeBytes());
        var sha256 = fetcher.get(channel.resolve(path), limit, answer -> aside.save(answer, path))
                .orElseThrow(() ->
                        new ProblemException(Code.NOT_HERE, channel + " lists " + path + ", but has no such file"));
        if (!sha256.equals(file.sha256())) {
            aside.remove(path);
            throw new ProblemException(
                    Code.ARTIFACT_CHANGED,
                    channel + "/" + path + " comes with the SHA-256 " + sha256 + ", its record says " + file.sha256());
        }
        tree.take(aside, path, path);
        here.put(path, sha256);
    }

    /** The files beside artifacts that are not in the folder as the channel has them. */
    private List<String> different(Contents contents) {
        var different = new ArrayList<>(contents.shards().stream()
                .filter(shard -> !tree.isFile(shard) || aside.isFile(shard))
                .toList());
        contents.others().stream()
                .filter(path -> snapshot.has(path) && !tree.has(path, snapshot.sha256(path)))
                .forEach(different::add);
        return different;
    }

    /** Brings what was seen to its place: what is pointed to before what points. */
    private int write(Contents contents) {
        contents.artifacts().forEach((path, file) -> tree.link(ExportPaths.LIBMAMBA + path, path, file, aside));
        var named = new HashSet<>(contents.shards());
        contents.others().forEach(path -> named.addAll(namedShards(path)));
        var different = different(contents);
        different.stream().filter(contents.shards()::contains).forEach(this::take);
        tree.sync();
        different.stream().filter(path -> !contents.shards().contains(path)).forEach(this::take);
        contents.others().stream().filter(path -> !snapshot.has(path)).forEach(tree::remove);
        contents.others().forEach(path -> removeOldShards(path, named));
        tree.sync();
        return different.size();
    }

    private void take(String path) {
        tree.take(aside, path, path);
    }

    /** The shards that an index in the folder names: clients that have read it still ask for them. */
    private Set<String> namedShards(String path) {
        if (!path.endsWith(ExportPaths.SHARDS) || !tree.isFile(path)) {
            return Set.of();
        }
        var named = new HashSet<String>();
        try {
            var index = ShardIndex.parse(tree.bytes(path), ShardLimits.DEFAULT);
            index.shards()
                    .forEach((_, hash) ->
                            named.add(shardFolder(path) + HexFormat.of().formatHex(hash) + ".msgpack.zst"));
        } catch (ProblemException e) {
            return Set.of(); // somebody damaged it; what it named is nobody's any more
        }
        return named;
    }

    private void removeOldShards(String path, Set<String> named) {
        if (path.endsWith(ExportPaths.SHARDS)) {
            var folder = shardFolder(path);
            tree.names(folder).stream()
                    .map(name -> folder + name)
                    .filter(shard -> !named.contains(shard))
                    .forEach(tree::remove);
        }
    }

    private static String shardFolder(String indexPath) {
        return indexPath.substring(0, indexPath.length() - ExportPaths.SHARDS.length()) + "shards/";
    }
}
