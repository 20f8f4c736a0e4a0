package dev.bulla.channel.catalog;

import dev.bulla.conda.archive.AboutJson;
import dev.bulla.conda.archive.PackageContents;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * What a package says beside its record. Nobody signs it.
 *
 * @param runExports the JSON object of {@code run_exports.json} (CEP 12); null when it has none
 * @param about the JSON object of what {@code channeldata.json} repeats (CEP 38); null when it has nothing of it
 */
public record Sayings(@Nullable String runExports, @Nullable String about) {
    /** Of a package that says nothing. */
    public static final Sayings NONE = new Sayings(null, null);

    /** Those of this package. */
    public static Sayings of(PackageContents contents) {
        var about = contents.about();
        return new Sayings(
                contents.runExports().json().map(Sayings::text).orElse(null),
                about.equals(AboutJson.NONE) ? null : text(about.members().utf8()));
    }

    private static String text(byte[] utf8) {
        return new String(utf8, StandardCharsets.UTF_8);
    }
}
