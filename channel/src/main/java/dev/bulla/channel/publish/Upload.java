package dev.bulla.channel.publish;

import dev.bulla.conda.name.Label;
import dev.bulla.conda.name.Subdir;
import java.io.InputStream;
import org.jspecify.annotations.Nullable;

/**
 * A file that someone wants to publish.
 *
 * @param fileName the archive's name, as the caller gave it
 * @param sha256 what the caller says its SHA-256 is, in hexadecimal, if it says so
 * @param place the subdir the caller named, if it named one; the package's own metadata must agree
 * @param label the label the caller named, if it named one
 * @param body the bytes; read once, to the end, and not closed
 * @param lengthBytes how many bytes were announced, or -1
 */
public record Upload(
        String fileName,
        @Nullable String sha256,
        @Nullable Subdir place,
        @Nullable Label label,
        InputStream body,
        long lengthBytes) {
    /** The label that shows it: the one that was named, else {@code main}. */
    public Label shownUnder() {
        return label == null ? Label.MAIN : label;
    }
}
