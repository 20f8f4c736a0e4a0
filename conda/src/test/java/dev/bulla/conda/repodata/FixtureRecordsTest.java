package dev.bulla.conda.repodata;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.bulla.conda.archive.FixturePackages;
import dev.bulla.conda.archive.IndexJson;
import dev.bulla.conda.json.JsonBounds;
import dev.bulla.conda.json.JsonMembers;
import dev.bulla.conda.name.ArchiveName;
import dev.bulla.testkit.Fixtures;
import dev.bulla.testkit.Packages;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Our record of a real package against the record that stands beside it, made by another indexer. */
class FixtureRecordsTest {
    private static final List<String> INDEXES = List.of("repodata_from_packages.json", "repodata.json");

    /** Members in which an indexer that wrote the record beside the package differs from the usual one. */
    private static List<String> ignored(String path) {
        if (path.contains("/mojo-channel/")) {
            return List.of("arch", "platform");
        }
        return path.contains("/_r-mutex") ? List.of("platform", "track_features", "constrains") : List.of();
    }

    @ParameterizedTest
    @MethodSource("withRecord")
    void the_record_equals_the_one_beside_the_package(String path) throws IOException {
        var beside = recordBeside(path).orElseThrow().without(ignored(path));
        var ours = ours(path).without(List.of("indexed_timestamp")).without(ignored(path));
        assertEquals(beside.toString(), ours.toString());
    }

    @Test
    void a_record_stands_beside_55_packages_and_52_of_them_equal_ours_in_every_member() throws IOException {
        assertEquals(55, withRecord().size());
        assertEquals(
                52,
                withRecord().stream().filter(path -> ignored(path).isEmpty()).count());
    }

    private static List<String> withRecord() throws IOException {
        var paths = new ArrayList<String>();
        for (var path : FixturePackages.all()) {
            if (recordBeside(path).isPresent()) {
                paths.add(path);
            }
        }
        return paths;
    }

    private static JsonMembers ours(String path) throws IOException {
        var file = Fixtures.path(path);
        var bytes = Files.readAllBytes(file);
        var name = ArchiveName.parse(file.getFileName().toString());
        var index = IndexJson.parse(FixturePackages.indexJson(file));
        return PackageRecord.of(index, name, bytes.length, Packages.sha256(bytes), Packages.md5(bytes), 1)
                .members();
    }

    private static Optional<JsonMembers> recordBeside(String path) throws IOException {
        var file = Fixtures.path(path);
        for (var index : INDEXES) {
            var beside = file.resolveSibling(index);
            var records = Files.exists(beside) ? records(beside) : Map.<String, byte[]>of();
            if (records.containsKey(file.getFileName().toString())) {
                var record = records.get(file.getFileName().toString());
                return Optional.of(JsonMembers.parse(record, JsonBounds.SMALL));
            }
        }
        return Optional.empty();
    }

    private static Map<String, byte[]> records(Path index) throws IOException {
        var records = new HashMap<String, byte[]>();
        try (var in = Files.newInputStream(index)) {
            RepodataReader.read(in, RepodataLimits.DEFAULT, (section, fileName, json) -> records.put(fileName, json));
        }
        return records;
    }
}
