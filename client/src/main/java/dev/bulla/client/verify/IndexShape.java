package dev.bulla.client.verify;

import dev.bulla.conda.name.Subdir;
import dev.bulla.problem.Code;
import dev.bulla.problem.Problem;
import dev.bulla.trust.json.Dialect;
import dev.bulla.trust.json.Json;
import dev.bulla.trust.json.JsonException;
import dev.bulla.trust.json.JsonLimits;
import dev.bulla.trust.json.JsonObject;
import dev.bulla.trust.json.JsonString;
import java.util.Optional;

/** Looks at what stands in an index beside records and signatures, which nobody signs: nothing there may lead clients past them. */
final class IndexShape {
    private static final JsonLimits LIMITS = JsonLimits.METADATA.withMaxBytes(16 << 20);

    private final Dialect view;
    private final Subdir subdir;

    IndexShape(Dialect view, Subdir subdir) {
        this.view = view;
        this.subdir = subdir;
    }

    /** What is wrong with a top-level member. */
    Optional<Problem> problem(String name, byte[] json) {
        try {
            return switch (name) {
                case "info" -> info(Json.parse(json, LIMITS));
                case "v3" -> v3(Json.parse(json, LIMITS));
                case "packages", "packages.conda", "signatures" -> Optional.of(malformed(name + " is no map of files"));
                default -> Optional.empty();
            };
        } catch (JsonException e) {
            return Optional.of(malformed(name + ": " + e.getMessage()));
        }
    }

    /** {@code base_url} (CEP 15) sends clients elsewhere for the artifacts; the subdir must be the one asked for. */
    private Optional<Problem> info(Json info) {
        if (!(info instanceof JsonObject object)) {
            return Optional.of(malformed("info is no object"));
        }
        var named = object.member("subdir");
        if (named.isPresent() && !named.get().equals(new JsonString(subdir.text()))) {
            return Optional.of(mismatch("info.subdir is not " + subdir));
        }
        var base = object.member("base_url");
        if (base.isPresent()
                && !base.get().equals(new JsonString(""))
                && !base.get().equals(new JsonString("./"))) {
            return Optional.of(mismatch("info.base_url sends clients to another place for the artifacts"));
        }
        return Optional.empty();
    }

    /** Records of CEP 48 cannot be signed in this form, but newer clients install them. */
    private Optional<Problem> v3(Json v3) {
        var empty = v3 instanceof JsonObject object
                && object.members().values().stream().allMatch(IndexShape::isEmptyObject);
        return empty
                ? Optional.empty()
                : Optional.of(new Problem(Code.SIGNATURE_MISSING, where() + "v3 has records, which nobody can sign"));
    }

    private static boolean isEmptyObject(Json json) {
        return json instanceof JsonObject object && object.members().isEmpty();
    }

    private Problem malformed(String why) {
        return new Problem(Code.METADATA_MALFORMED, where() + why);
    }

    private Problem mismatch(String why) {
        return new Problem(Code.RECORD_MISMATCH, where() + why);
    }

    private String where() {
        return IndexCopy.folder(view, subdir) + "repodata.json: ";
    }
}
