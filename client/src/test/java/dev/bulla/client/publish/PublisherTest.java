package dev.bulla.client.publish;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.net.httpserver.HttpExchange;
import dev.bulla.client.fetch.ChannelUrl;
import dev.bulla.client.fetch.FetchPolicy;
import dev.bulla.client.fetch.Fetcher;
import dev.bulla.client.fetch.HttpUpload;
import dev.bulla.client.publish.Outcome.Published;
import dev.bulla.client.publish.Outcome.Refused;
import dev.bulla.client.remote.ChannelSimulator;
import dev.bulla.client.remote.SteppingTimer;
import dev.bulla.client.update.ChannelTrust;
import dev.bulla.client.update.Pin;
import dev.bulla.client.update.Updater;
import dev.bulla.conda.name.ChannelName;
import dev.bulla.conda.name.Label;
import dev.bulla.problem.Code;
import dev.bulla.problem.ProblemException;
import dev.bulla.testkit.Packages;
import dev.bulla.testkit.TinyPackage;
import dev.bulla.trust.json.Dialect;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class PublisherTest {
    private static final String UPLOAD = "/api/v1/upload/main";
    private static final FetchPolicy QUICK =
            new FetchPolicy(Duration.ofSeconds(5), Duration.ofSeconds(5), 1000, 3, Duration.ZERO, "admin-secret");

    private final ChannelSimulator sim = ChannelSimulator.start();
    private final List<byte[]> received = new ArrayList<>();
    private final SteppingTimer timer = new SteppingTimer();
    private final AtomicInteger waits = new AtomicInteger();

    @TempDir
    private Path folder;

    /** The server takes an upload of the package that is asked for, and publishes it honestly. */
    @BeforeEach
    void takeUploads() {
        sim.server().handle(UPLOAD, exchange -> take(exchange, Packages.tiny("bzip2")));
    }

    @AfterEach
    void stop() {
        sim.close();
    }

    @Test
    void a_file_is_uploaded_read_back_and_its_record_verified() throws Exception {
        var file = write(Packages.tiny("bzip2"));

        var published = assertInstanceOf(Published.class, publish(file).getFirst());

        assertEquals("noarch", published.subdir().text());
        assertEquals("bzip2-1.0-0.conda", published.fileName());
        assertEquals(Packages.sha256(Files.readAllBytes(file)), published.sha256());
        assertTrue(Objects.requireNonNull(published.evidence()).artifactChecked());
        assertArrayEquals(Files.readAllBytes(file), received.getFirst());
    }

    @Test
    void what_is_there_by_hash_is_not_sent_again() throws Exception {
        var file = write(Packages.tiny("bzip2"));
        publish(file);
        answerWithEtag("/main/noarch/bzip2-1.0-0.conda", Packages.sha256(Files.readAllBytes(file)));
        var labelled = new ArrayList<String>();
        sim.server().handle("/api/v1/channels/main/label", exchange -> {
            labelled.add(new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
            answer(exchange, 200, "{}");
        });

        var published = assertInstanceOf(Published.class, publish(file).getFirst());

        assertTrue(published.alreadyThere());
        assertEquals(1, received.size());
        assertEquals(
                List.of("{\"subdir\":\"noarch\",\"file_name\":\"bzip2-1.0-0.conda\",\"label\":\"main\"}"), labelled);
    }

    @Test
    void what_is_there_by_hash_but_lost_is_sent_again() throws Exception {
        var file = write(Packages.tiny("bzip2"));
        publish(file);
        sim.server().handle("/api/v1/channels/main/label", exchange -> answer(exchange, 200, "{}"));
        sim.server().handle("/main/noarch/bzip2-1.0-0.conda", exchange -> {
            exchange.getResponseHeaders().set("ETag", '"' + Packages.sha256(Files.readAllBytes(file)) + '"');
            if (exchange.getRequestMethod().equals("HEAD")) {
                exchange.sendResponseHeaders(200, -1);
                return;
            }
            if (received.size() == 1) {
                exchange.sendResponseHeaders(500, -1);
                return;
            }
            var bytes = Files.readAllBytes(file);
            exchange.sendResponseHeaders(200, bytes.length);
            exchange.getResponseBody().write(bytes);
        });

        var outcome = publish(file).getFirst();

        assertInstanceOf(Published.class, outcome, outcome::toString);
        assertEquals(2, received.size());
    }

    @Test
    void other_bytes_under_a_name_that_is_taken_are_refused_before_they_are_sent() throws Exception {
        var file = write(Packages.tiny("bzip2"));
        answerWithEtag("/main/noarch/bzip2-1.0-0.conda", "0".repeat(64));

        assertEquals(Code.NAME_CONFLICT, refusal(publish(file).getFirst()));
        assertTrue(received.isEmpty());
    }

    @Test
    void an_upload_is_repeated_after_an_outage() throws Exception {
        var calls = new AtomicInteger();
        sim.server().handle(UPLOAD, exchange -> {
            if (calls.incrementAndGet() < 3) {
                exchange.getRequestBody().readAllBytes();
                exchange.sendResponseHeaders(503, -1);
                return;
            }
            take(exchange, Packages.tiny("bzip2"));
        });

        assertInstanceOf(Published.class, publish(write(Packages.tiny("bzip2"))).getFirst());
        assertEquals(3, calls.get());
    }

    @ParameterizedTest
    @CsvSource({
        "401, token_unknown, TOKEN_UNKNOWN",
        "403, scope_denied, SCOPE_DENIED",
        "409, name_conflict, NAME_CONFLICT",
        "413, upload_too_large, UPLOAD_TOO_LARGE",
        "507, storage_full, STORAGE_FULL",
        "401, '', TOKEN_MISSING"
    })
    void the_servers_reason_reaches_the_user(int status, String code, Code expected) throws Exception {
        sim.server().handle(UPLOAD, exchange -> {
            exchange.getRequestBody().readAllBytes();
            answer(exchange, status, "{\"code\":\"" + code + "\",\"detail\":\"because\"}");
        });

        var refused = assertInstanceOf(
                Refused.class, publish(write(Packages.tiny("bzip2"))).getFirst());

        assertEquals(expected, refused.problems().getFirst().code());
        assertTrue(refused.problems().getFirst().detail().endsWith("because"));
    }

    @Test
    void one_bad_file_does_not_stop_the_rest() throws Exception {
        var broken = Files.write(folder.resolve("broken-1.0-0.conda"), new byte[] {1, 2, 3});
        var good = write(Packages.tiny("bzip2"));
        var missing = folder.resolve("missing-1.0-0.conda");
        var unnamed = Files.write(folder.resolve("notes.txt"), new byte[] {1});

        var outcomes = publish(broken, good, missing, unnamed);

        assertEquals(Code.ARCHIVE_NOT_A_PACKAGE, refusal(outcomes.get(0)));
        assertInstanceOf(Published.class, outcomes.get(1));
        assertEquals(Code.FILE_NOT_FOUND, refusal(outcomes.get(2)));
        assertEquals(Code.NAME_INVALID, refusal(outcomes.get(3)));
    }

    @Test
    void bytes_that_come_back_changed_are_noticed() throws Exception {
        sim.server().handle(UPLOAD, exchange -> {
            take(exchange, Packages.tiny("bzip2"));
            sim.server()
                    .put("/main/noarch/bzip2-1.0-0.conda", Packages.tiny("evil").conda());
        });

        assertEquals(
                Code.ARTIFACT_CHANGED,
                refusal(publish(write(Packages.tiny("bzip2"))).getFirst()));
    }

    @Test
    void a_file_that_is_taken_but_not_served_is_no_success() throws Exception {
        sim.server().handle(UPLOAD, exchange -> {
            take(exchange, Packages.tiny("bzip2"));
            sim.server().remove("/main/noarch/bzip2-1.0-0.conda");
        });

        assertEquals(
                Code.SERVER_ANSWER_BAD,
                refusal(publish(write(Packages.tiny("bzip2"))).getFirst()));
    }

    @Test
    void a_record_that_is_not_signed_is_no_success() throws Exception {
        sim.server().handle(UPLOAD, exchange -> {
            take(exchange, Packages.tiny("bzip2"));
            sim.tamper(Dialect.CONDA, "noarch", index -> index.replaceFirst(",\"signatures\":.*", "}"));
        });

        assertEquals(
                Code.SIGNATURE_MISSING,
                refusal(publish(write(Packages.tiny("bzip2"))).getFirst()));
    }

    @ParameterizedTest
    @EnumSource(Dialect.class)
    void an_index_that_lists_the_file_only_later_is_waited_for(Dialect late) throws Exception {
        takeAndKeepBack(late);
        timer.atPause(3, () -> sim.publish());

        var published = assertInstanceOf(
                Published.class, publish(write(Packages.tiny("bzip2"))).getFirst());

        assertTrue(Objects.requireNonNull(published.evidence()).artifactChecked());
        assertEquals(3, waits.get());
    }

    @Test
    void an_index_that_lists_the_file_at_once_is_not_waited_for() throws Exception {
        publish(write(Packages.tiny("bzip2")));

        assertEquals(0, waits.get());
    }

    @Test
    void a_file_that_no_index_ever_lists_is_no_success_and_the_refusal_says_what_was_missing() throws Exception {
        takeAndKeepBack(Dialect.values());

        var refused = assertInstanceOf(
                Refused.class, publish(write(Packages.tiny("bzip2"))).getFirst());

        assertEquals(
                "bzip2-1.0-0.conda is not listed in noarch/repodata.json and libmamba/noarch/repodata.json of "
                        + sim.url() + " after 45 s",
                refused.problems().getFirst().detail());
        assertEquals(Duration.ofSeconds(45), timer.passed());
    }

    @Test
    void a_file_that_one_view_never_lists_is_no_success_and_the_refusal_names_that_index() throws Exception {
        takeAndKeepBack(Dialect.LIBMAMBA);

        var problem = assertInstanceOf(
                        Refused.class, publish(write(Packages.tiny("bzip2"))).getFirst())
                .problems()
                .getFirst();

        assertEquals(Code.RECORD_MISMATCH, problem.code());
        assertTrue(problem.detail().endsWith("missing in libmamba/noarch/repodata.json"), problem::detail);
    }

    @Test
    void an_outage_while_the_index_is_waited_for_leaves_it_untold() throws Exception {
        takeAndKeepBack(Dialect.values());
        timer.atPause(2, () -> sim.server().fail("/main/noarch/repodata.json", 503));

        assertEquals(
                Code.SERVER_UNREACHABLE,
                refusal(publish(write(Packages.tiny("bzip2"))).getFirst()));
    }

    @Test
    void no_cache_may_answer_for_the_channel() throws Exception {
        var seen = new ArrayList<String>();
        takeAndKeepBack(Dialect.values());
        timer.atPause(
                1,
                () -> sim.server().handle("/main/noarch/repodata.json", exchange -> {
                    seen.add(exchange.getRequestHeaders().getFirst("Cache-Control"));
                    sim.server().heal("/main/noarch/repodata.json");
                    sim.publish();
                    exchange.sendResponseHeaders(404, -1);
                }));

        assertInstanceOf(Published.class, publish(write(Packages.tiny("bzip2"))).getFirst());
        assertEquals(List.of("no-cache"), seen);
    }

    /** The server takes an upload, but leaves these views' indexes as they were. */
    private void takeAndKeepBack(Dialect... views) {
        sim.server().handle(UPLOAD, exchange -> {
            var before = Stream.of(views).collect(Collectors.toMap(view -> view, this::index));
            take(exchange, Packages.tiny("bzip2"));
            before.forEach((view, bytes) -> sim.server().put(ChannelSimulator.indexPath(view, "noarch"), bytes));
        });
    }

    private byte[] index(Dialect view) {
        return sim.server().get(ChannelSimulator.indexPath(view, "noarch"));
    }

    @Test
    void an_answer_about_another_file_is_no_success() throws Exception {
        sim.server().handle(UPLOAD, exchange -> {
            exchange.getRequestBody().readAllBytes();
            answer(exchange, 201, "{\"sha256\":\"" + "0".repeat(64) + "\"}");
        });

        assertEquals(
                Code.SERVER_ANSWER_BAD,
                refusal(publish(write(Packages.tiny("bzip2"))).getFirst()));
    }

    @Test
    void without_a_pinned_root_only_the_bytes_are_compared() throws Exception {
        var outcome = publisher().publish(List.of(write(Packages.tiny("bzip2"))), null, PublishListener.SILENT);

        assertEquals(null, assertInstanceOf(Published.class, outcome.getFirst()).evidence());
    }

    @Test
    void an_early_refusal_is_heard_while_the_body_still_goes_out() throws Exception {
        try (var early = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            var sent = new AtomicInteger();
            Thread.ofVirtual().start(() -> refuseEarly(early));
            var server = ChannelUrl.parse("http://127.0.0.1:" + early.getLocalPort());
            var big = Files.write(folder.resolve("big.bin"), new byte[64 << 20]);

            var upload = new HttpUpload(QUICK);
            var problem = assertThrows(
                    ProblemException.class,
                    () -> upload.post(server.resolve("x"), Map.of(), big, bytes -> sent.set(Math.toIntExact(bytes))));

            assertEquals(Code.SCOPE_DENIED, problem.problem().code());
            assertTrue(sent.get() < 64 << 20, "stopped after " + sent.get());
        }
    }

    /** Answers once the head has come, half-closes, and never reads the body. */
    private static void refuseEarly(ServerSocket server) {
        try (var socket = server.accept()) {
            socket.getInputStream().read(new byte[4096]);
            socket.getOutputStream()
                    .write(
                            ("HTTP/1.1 403 Forbidden\r\nContent-Type: application/problem+json\r\nConnection: close\r\n\r\n"
                                            + "{\"code\":\"scope_denied\",\"detail\":\"no\"}")
                                    .getBytes(StandardCharsets.UTF_8));
            socket.shutdownOutput();
            socket.getInputStream().transferTo(OutputStream.nullOutputStream());
        } catch (IOException e) {
            return; // the client has hung up, as it should
        }
    }

    private void take(HttpExchange exchange, TinyPackage tiny) throws IOException {
        assertEquals("Bearer admin-secret", exchange.getRequestHeaders().getFirst("Authorization"));
        received.add(exchange.getRequestBody().readAllBytes());
        sim.add(tiny, "noarch");
        sim.publish();
        var bytes = tiny.conda();
        answer(exchange, 201, """
                {"channel":"main","subdir":"noarch","file_name":"%s","sha256":"%s","size":%d,"already_there":false}
                """.formatted(tiny.condaName(), Packages.sha256(bytes), bytes.length));
    }

    private static void answer(HttpExchange exchange, int status, String json) throws IOException {
        var bytes = json.getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(status, bytes.length);
        exchange.getResponseBody().write(bytes);
    }

    private void answerWithEtag(String path, String sha256) {
        sim.server().handle(path, exchange -> {
            exchange.getResponseHeaders().set("ETag", '"' + sha256 + '"');
            if (exchange.getRequestMethod().equals("HEAD")) {
                exchange.sendResponseHeaders(200, -1);
                return;
            }
            var bytes = sim.artifact("noarch/bzip2-1.0-0.conda");
            exchange.sendResponseHeaders(200, bytes.length);
            exchange.getResponseBody().write(bytes);
        });
    }

    private Path write(TinyPackage tiny) throws IOException {
        return Files.write(folder.resolve(tiny.condaName()), tiny.conda());
    }

    private Publisher publisher() {
        var main = new Destination(ChannelUrl.parse(sim.server().url()), ChannelName.MAIN, Label.MAIN);
        return new Publisher(main, QUICK, timer.patience());
    }

    private List<Outcome> publish(Path... files) {
        Supplier<ChannelTrust> trust = () -> new Updater(
                        Fetcher.of(sim.url(), QUICK), sim.url(), folder.resolve("state"), ChannelSimulator.NOW)
                .update(new Pin.Digest(sim.rootSha256()), Set.of(Dialect.values()));
        var listener = new PublishListener() {
            @Override
            public void waitingForIndex() {
                waits.incrementAndGet();
            }
        };
        return publisher().publish(List.of(files), trust, listener);
    }

    private static Code refusal(Outcome outcome) {
        return assertInstanceOf(Refused.class, outcome).problems().getFirst().code();
    }
}
