package dev.bulla.client.imports;

import dev.bulla.client.fetch.HttpUpload;
import dev.bulla.client.imports.ImportOutcome.Refused;
import dev.bulla.problem.Code;
import dev.bulla.problem.Problem;
import dev.bulla.problem.ProblemException;
import dev.bulla.trust.json.Json;
import dev.bulla.trust.json.JsonArray;
import dev.bulla.trust.json.JsonNumber;
import dev.bulla.trust.json.JsonObject;
import dev.bulla.trust.json.JsonString;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * Files that go to the server in one request.
 *
 * @param source where they are
 * @param upload how they are sent
 * @param uri where to
 * @param files which
 */
record Shipment(ImportSource source, HttpUpload upload, URI uri, List<SourceFile> files) {
    private static final int MOST_FILES = 2000;
    private static final long MOST_BYTES = 256L << 20;

    /** What the server says of it. */
    record Result(int imported, int alreadyThere, List<Refused> refused, long payloadUnchecked) {}

    /** A file that is here, or why it is not. */
    private record Opened(SourceFile file, Optional<TarBody.Entry> entry, Optional<Refused> refused) {}

    /** Cuts a list into parts that are sent by themselves. */
    static List<List<SourceFile>> split(List<SourceFile> files) {
        var parts = new ArrayList<List<SourceFile>>();
        var from = 0;
        var bytes = 0L;
        for (var i = 0; i < files.size(); i++) {
            var size = files.get(i).sizeBytes();
            if (i > from && (i - from >= MOST_FILES || bytes + size > MOST_BYTES)) {
                parts.add(files.subList(from, i));
                from = i;
                bytes = 0;
            }
            bytes += size;
        }
        if (from < files.size()) {
            parts.add(files.subList(from, files.size()));
        }
        return parts;
    }

    Result send(ImportListener listener) {
        var opened = open();
        try {
            var entries = opened.stream().flatMap(one -> one.entry().stream()).toList();
            var refused = opened.stream().flatMap(one -> one.refused().stream()).toList();
            if (entries.isEmpty()) {
                return new Result(0, 0, refused, 0);
            }
            var sent = new long[1];
            var answer = upload.post(uri, Map.of(), new TarBody(entries), bytes -> {
                if (bytes > sent[0]) { // a further try begins anew
                    listener.sent(bytes - sent[0]);
                    sent[0] = bytes;
                }
            });
            return result(answer, refused);
        } finally {
            opened.forEach(one -> one.entry().ifPresent(entry -> source.done(one.file(), entry.file())));
        }
    }

    private List<Opened> open() {
        if (source.openAtOnce() == 1) {
            return files.stream().map(this::open).toList();
        }
        try (var threads = Executors.newFixedThreadPool(source.openAtOnce())) {
            var opening = new ArrayList<Future<Opened>>();
            files.forEach(file -> opening.add(threads.submit(() -> open(file))));
            return opening.stream().map(Shipment::await).toList();
        }
    }

    private static Opened await(Future<Opened> opening) {
        try {
            return opening.get();
        } catch (ExecutionException e) {
            throw e.getCause() instanceof RuntimeException failure
                    ? failure
                    : new IllegalStateException("a download did not end", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new ProblemException(Code.SERVER_UNREACHABLE, "the import was interrupted", e);
        }
    }

    /** One that cannot be had does not stop the others. */
    private Opened open(SourceFile file) {
        try {
            var local = source.open(file);
            return new Opened(
                    file, Optional.of(new TarBody.Entry(file.path(), local, Files.size(local))), Optional.empty());
        } catch (ProblemException e) {
            return new Opened(file, Optional.empty(), Optional.of(new Refused(file.path(), List.of(e.problem()))));
        } catch (IOException e) {
            var problem = new Problem(Code.DISK_ERROR, "cannot read " + file.path() + ": " + e.getMessage());
            return new Opened(file, Optional.empty(), Optional.of(new Refused(file.path(), List.of(problem))));
        }
    }

    private static Result result(JsonObject answer, List<Refused> before) {
        var refused = new ArrayList<>(before);
        for (var one : list(answer, "refused")) {
            if (one instanceof JsonObject object) {
                var problems =
                        list(object, "problems").stream().map(Shipment::problem).toList();
                refused.add(new Refused(text(object, "path"), problems));
            }
        }
        return new Result(
                (int) number(answer, "imported"),
                (int) number(answer, "already_there"),
                refused,
                number(answer, "payload_unchecked"));
    }

    private static Problem problem(Json json) {
        if (!(json instanceof JsonObject object)) {
            throw bad("problems");
        }
        var code = Code.of(text(object, "code")).orElse(Code.SERVER_ANSWER_BAD);
        return new Problem(code, text(object, "detail"));
    }

    private static List<Json> list(JsonObject object, String member) {
        if (object.member(member).orElse(null) instanceof JsonArray list) {
            return list.elements();
        }
        throw bad(member);
    }

    private static String text(JsonObject object, String member) {
        if (object.member(member).orElse(null) instanceof JsonString string) {
            return string.value();
        }
        throw bad(member);
    }

    private static long number(JsonObject object, String member) {
        if (object.member(member).orElse(null) instanceof JsonNumber number
                && number.text().matches("[0-9]{1,18}")) {
            return Long.parseLong(number.text());
        }
        throw bad(member);
    }

    private static ProblemException bad(String member) {
        return new ProblemException(Code.SERVER_ANSWER_BAD, "the server took the files, but does not say " + member);
    }
}
