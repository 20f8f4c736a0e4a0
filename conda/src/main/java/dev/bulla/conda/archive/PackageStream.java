package dev.bulla.conda.archive;

import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;

/**
 * Files of a channel one behind the other, as a tar archive of files and directories: {@code SUBDIR/FILE}. What is in
 * the files is not looked at. Not safe to share between threads.
 */
public final class PackageStream {
    private static final ArchiveLimits LIMITS =
            new ArchiveLimits(Long.MAX_VALUE, Integer.MAX_VALUE, 1_000_000, 1024, 1, 256 << 20);

    private final TarReader tar;

    private PackageStream(TarReader tar) {
        this.tar = tar;
    }

    /**
     * A file that comes next.
     *
     * @param path relative, without a part that leads up
     * @param sizeBytes how long it is
     */
    public record Member(String path, long sizeBytes) {}

    /** Reads from this stream, which it does not close. */
    public static PackageStream of(InputStream in) {
        return new PackageStream(new TarReader(in, new Budget(LIMITS, Long.MAX_VALUE)));
    }

    /**
     * The next file; what was not read of the one before is passed over. Empty at the end, of which nothing is behind.
     *
     * @throws ArchiveException when the archive is damaged, or has a link or a path that leads out
     */
    public Optional<Member> next() throws IOException {
        for (var member = tar.next(); member.isPresent(); member = tar.next()) {
            var found = member.get();
            switch (found.type()) {
                case FILE -> {
                    return Optional.of(new Member(found.path(), found.sizeBytes()));
                }
                case DIRECTORY -> {
                    // It says nothing that its files do not say.
                }
                case HARD_LINK, SOFT_LINK ->
                    throw TarHeader.damaged("has the link " + found.path() + ", where only files may be");
            }
        }
        return Optional.empty();
    }

    /** What is in the file; each call goes on where the last one has ended. */
    public InputStream content() {
        return new Content(tar);
    }

    private static final class Content extends InputStream {
        private final TarReader tar;

        Content(TarReader tar) {
            this.tar = tar;
        }

        @Override
        public int read() throws IOException {
            var one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
        }

        @Override
        public int read(byte[] bytes, int offset, int length) throws IOException {
            return length == 0 ? 0 : tar.read(bytes, offset, length);
        }
    }
}
