package dev.bulla.client.setup;

import dev.bulla.client.update.DurableFile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * What a setup would change, in the order in which it is done.
 *
 * @param changes empty when everything is as it should be already
 */
public record Plan(List<Change> changes) {
    /** Keeps its own copy. */
    public Plan {
        changes = List.copyOf(changes);
    }

    /** One change of one file or folder. */
    public sealed interface Change {
        /** What is changed. */
        Path path();

        /** What happens, for people: one sentence without the path. */
        String what();
    }

    /**
     * A file written as a whole.
     *
     * @param isPrivate true when it holds a credential, so that only its owner may read it
     */
    public record Write(Path path, String what, Content content, boolean isPrivate) implements Change {}

    /** A file taken away. */
    public record Delete(Path path, String what) implements Change {}

    /** A folder taken away, if nothing is left in it. */
    public record DeleteFolder(Path path, String what) implements Change {}

    /** The bytes of a file. */
    public static final class Content {
        private final byte[] bytes;

        Content(byte[] bytes) {
            this.bytes = bytes.clone();
        }

        /** A copy of them. */
        public byte[] bytes() {
            return bytes.clone();
        }
    }

    /** Does it. Each step is durable before the next; doing it again after a failure is safe. */
    public void apply() {
        changes.forEach(Plan::apply);
    }

    private static void apply(Change change) {
        switch (change) {
            case Write write
            when write.isPrivate() ->
                DurableFile.writePrivate(write.path(), write.content().bytes());
            case Write write -> DurableFile.write(write.path(), write.content().bytes());
            case Delete delete -> DurableFile.delete(delete.path());
            case DeleteFolder folder -> deleteIfEmpty(folder.path());
        }
    }

    private static void deleteIfEmpty(Path folder) {
        try {
            Files.deleteIfExists(folder);
        } catch (DirectoryNotEmptyException e) {
            return; // others have put something there since: it stays
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
