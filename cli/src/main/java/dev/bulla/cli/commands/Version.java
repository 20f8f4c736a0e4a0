package dev.bulla.cli.commands;

import dev.bulla.cli.output.JsonText;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import picocli.CommandLine.IVersionProvider;

/** Which Bulla this is: the build writes it into a resource. */
final class Version implements IVersionProvider {
    private final BullaCommand bulla;

    /** For {@code --version}, in the form that the rest of the line asks for. */
    Version(BullaCommand bulla) {
        this.bulla = bulla;
    }

    /** Such as {@code 0.1.0}. */
    static String text() {
        try (var in = Version.class.getResourceAsStream("/dev/bulla/cli/version.txt")) {
            if (in == null) {
                throw new IllegalStateException("version.txt is not on the class path");
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8).strip();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public String[] getVersion() {
        return bulla.output().style().json()
                ? JsonText.of(json()).lines().toArray(String[]::new)
                : new String[] {"bulla " + text()};
    }

    /** It, and the Java that it runs on. */
    static Map<String, Object> json() {
        var members = new LinkedHashMap<String, Object>();
        members.put("version", text());
        members.put("java", Runtime.version().toString());
        return members;
    }
}
