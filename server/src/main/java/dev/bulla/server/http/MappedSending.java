package dev.bulla.server.http;

import dev.bulla.server.exchange.Answer;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.nio.channels.FileChannel;
import java.nio.channels.FileChannel.MapMode;
import java.nio.file.FileSystemException;
import java.nio.file.StandardOpenOption;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.util.IO;
import org.eclipse.jetty.util.IteratingNestedCallback;
import org.jspecify.annotations.Nullable;

/**
 * Sends a part of a file from the page cache to the socket, one window of the file mapped at a time: the heap holds
 * none of it, and no thread waits for a slow client.
 */
final class MappedSending extends IteratingNestedCallback {
    private static final long WINDOW_BYTES = 64L << 20;

    private final FileChannel file;
    private final Content.Sink sink;
    private final long endBytes;
    private long positionBytes;
    private @Nullable Arena window;

    private MappedSending(FileChannel file, Answer.FilePart part, Content.Sink sink, Callback callback) {
        super(callback);
        this.file = file;
        this.sink = sink;
        this.positionBytes = part.offsetBytes();
        this.endBytes = part.offsetBytes() + part.lengthBytes();
    }

    /** Opens the file, which throws before anything is sent; {@link #iterate} starts the sending. */
    static MappedSending open(Answer.FilePart part, Content.Sink sink, Callback callback) throws IOException {
        var file = FileChannel.open(part.path(), StandardOpenOption.READ);
        var sending = new MappedSending(file, part, sink, callback);
        if (file.size() < sending.endBytes) {
            file.close();
            throw new FileSystemException(part.path().toString(), null, "it is shorter than it was written");
        }
        return sending;
    }

    @Override
    protected Action process() throws IOException {
        release();
        if (positionBytes == endBytes) {
            return Action.SUCCEEDED;
        }
        long length = Math.min(WINDOW_BYTES, endBytes - positionBytes);
        window = Arena.ofShared();
        var bytes = file.map(MapMode.READ_ONLY, positionBytes, length, window).asByteBuffer();
        positionBytes += length;
        sink.write(positionBytes == endBytes, bytes, this);
        return Action.SCHEDULED;
    }

    /** Whatever happened, nothing uses the window any more. */
    @Override
    protected void onCompleted(@Nullable Throwable failure) {
        release();
        IO.close(file);
        super.onCompleted(failure);
    }

    private void release() {
        if (window != null) {
            window.close();
            window = null;
        }
    }
}
