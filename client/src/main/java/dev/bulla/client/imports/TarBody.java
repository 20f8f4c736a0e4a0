package dev.bulla.client.imports;

import dev.bulla.client.fetch.HttpUpload;
import dev.bulla.conda.archive.PackageStreamHeader;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.List;

/**
 * Files as one tar stream, read while it is sent. One whose length has changed meanwhile breaks it off.
 *
 * @param entries in the order in which they are sent
 */
record TarBody(List<Entry> entries) implements HttpUpload.Body {
    /**
     * A file of the stream.
     *
     * @param path its name there
     * @param file where its bytes are
     * @param sizeBytes how many
     */
    record Entry(String path, Path file, long sizeBytes) {
        long streamBytes() {
            return PackageStreamHeader.before(path, sizeBytes).length
                    + sizeBytes
                    + PackageStreamHeader.behind(sizeBytes).length;
        }
    }

    TarBody {
        entries = List.copyOf(entries);
    }

    @Override
    public long lengthBytes() {
        return entries.stream().mapToLong(Entry::streamBytes).sum() + PackageStreamHeader.end().length;
    }

    @Override
    public InputStream open() {
        return new Stream(entries.iterator());
    }

    private static final class Stream extends InputStream {
        private final Iterator<Entry> entries;
        private InputStream part = InputStream.nullInputStream();
        private State state = State.BETWEEN;
        private long left;
        private String path = "";
        private byte[] behind = new byte[0];

        private enum State {
            BETWEEN,
            HEADER,
            CONTENT,
            BEHIND,
            END
        }

        private InputStream content = InputStream.nullInputStream();

        Stream(Iterator<Entry> entries) {
            this.entries = entries;
        }

        @Override
        public int read() throws IOException {
            var one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
        }

        @Override
        public int read(byte[] bytes, int offset, int length) throws IOException {
            var filled = 0;
            while (filled < length) {
                var count = part.read(bytes, offset + filled, length - filled);
                if (count > 0) {
                    filled += count;
                    took(count);
                } else if (!nextPart()) {
                    break;
                }
            }
            return filled == 0 && length > 0 ? -1 : filled;
        }

        private void took(int count) throws IOException {
            if (state == State.CONTENT) {
                left -= count;
                if (left < 0) {
                    throw new IOException(path + " became longer while it was sent");
                }
            }
        }

        private boolean nextPart() throws IOException {
            switch (state) {
                case BETWEEN -> begin();
                case HEADER -> to(State.CONTENT, content);
                case CONTENT -> endContent();
                case BEHIND -> begin();
                case END -> {
                    return false;
                }
            }
            return true;
        }

        private void begin() throws IOException {
            if (!entries.hasNext()) {
                to(State.END, new ByteArrayInputStream(PackageStreamHeader.end()));
                return;
            }
            var entry = entries.next();
            path = entry.path();
            left = entry.sizeBytes();
            behind = PackageStreamHeader.behind(left);
            content = Files.newInputStream(entry.file());
            to(State.HEADER, new ByteArrayInputStream(PackageStreamHeader.before(path, left)));
        }

        private void endContent() throws IOException {
            content.close();
            if (left > 0) {
                throw new IOException(path + " became shorter while it was sent");
            }
            to(State.BEHIND, new ByteArrayInputStream(behind));
        }

        private void to(State next, InputStream bytes) {
            state = next;
            part = bytes;
        }

        @Override
        public void close() throws IOException {
            content.close();
        }
    }
}
