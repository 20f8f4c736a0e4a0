package dev.bulla.server.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.bulla.server.RunningServer;
import dev.bulla.server.api.ChannelApis;
import dev.bulla.server.api.ImportApi;
import dev.bulla.server.api.StatusApi;
import dev.bulla.server.api.UploadApi;
import dev.bulla.server.api.UploadGate;
import dev.bulla.server.api.UploadLimits;
import dev.bulla.server.exchange.Directory;
import dev.bulla.server.files.ChannelFiles;
import dev.bulla.trust.json.Json;
import dev.bulla.trust.json.JsonLimits;
import dev.bulla.trust.json.JsonObject;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The API's description and the routes say the same. */
class RoutesTest {
    private static final Set<String> METHODS = Set.of("get", "put", "post", "delete", "patch");

    @TempDir
    private Path folder;

    @Test
    void every_route_is_described_and_nothing_else_is() throws IOException, InterruptedException {
        try (var server = RunningServer.in(folder)) {
            var described = new TreeSet<String>();
            object(description(server), "paths")
                    .members()
                    .forEach((path, item) -> ((JsonObject) item)
                            .members().sequencedKeySet().stream()
                                    .filter(METHODS::contains)
                                    .forEach(method -> described.add(method.toUpperCase(Locale.ROOT) + " " + path)));
            var routed = new TreeSet<String>();
            routes(server).all().forEach(route -> routed.add(route.method() + " " + route.path()));
            assertEquals(routed, described);
        }
    }

    @Test
    void every_parameter_of_a_path_is_described() throws IOException, InterruptedException {
        try (var server = RunningServer.in(folder)) {
            var description = description(server);
            var known = object(object(description, "components"), "parameters")
                    .members()
                    .sequencedKeySet();
            for (var route : routes(server).all()) {
                for (var segment : route.segments()) {
                    assertTrue(
                            !segment.startsWith("{") || known.contains(segment.substring(1, segment.length() - 1)),
                            segment);
                }
            }
        }
    }

    @Test
    void every_reference_in_the_description_leads_somewhere() throws IOException, InterruptedException {
        try (var server = RunningServer.in(folder)) {
            var description = description(server);
            var text = new String(description.compact(), StandardCharsets.UTF_8);
            var references = Pattern.compile("\"\\$ref\":\"#/([^\"]+)\"").matcher(text);
            int found = 0;
            while (references.find()) {
                var at = description;
                for (var name : List.of(references.group(1).split("/", -1))) {
                    at = object(at, name);
                }
                found++;
            }
            assertTrue(found > 50, "only " + found + " references");
        }
    }

    private static Routes routes(RunningServer server) {
        var directory = new Directory(server.channels());
        var gate = new UploadGate(UploadLimits.DEFAULT);
        return Routes.of(
                new ChannelFiles(directory),
                new UploadApi(directory, server.channels().tokens(), UploadLimits.DEFAULT, gate),
                ChannelApis.of(server.channels(), Clock.systemUTC()),
                new ImportApi(server.channels(), UploadLimits.DEFAULT, gate),
                new StatusApi(server.channels(), gate, "test"));
    }

    private static JsonObject description(RunningServer server) throws IOException, InterruptedException {
        var response = server.get("/api/v1/openapi.json");
        assertEquals(200, response.statusCode());
        return (JsonObject) Json.parse(response.body(), JsonLimits.METADATA);
    }

    private static JsonObject object(JsonObject in, String name) {
        return (JsonObject) in.member(name).orElseThrow(() -> new AssertionError("there is no " + name));
    }
}
