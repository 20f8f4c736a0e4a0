package dev.bulla.channel.store;

import java.io.IOException;
import java.util.List;

/** Many blobs that become durable together, in a few steps instead of some for each. Not safe to share. */
public interface BlobBatch extends AutoCloseable {
    /**
     * Makes received bytes durable at their addresses; all of them when it returns. Bytes that are there already stay as
     * they are. No address has anything but whole bytes meanwhile.
     *
     * @return those whose file went to its address, so that nothing of it waits any more
     */
    List<Received> keep(List<Received> received) throws IOException;

    @Override
    void close();
}
