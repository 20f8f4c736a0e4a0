package dev.bulla.channel.store;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;

/**
 * Who in this process is about to name an address. Bytes may be deleted only when nobody here holds their address and
 * no row names it; both are looked at in one step, so that an upload of the same bytes cannot slip in between.
 */
public final class BlobPins {
    private final ConcurrentHashMap<Sha256, Integer> holders = new ConcurrentHashMap<>();
    private final Blobs blobs;
    private final Predicate<Sha256> named;

    /** Pins of these blobs; {@code named} says whether a committed row names an address. */
    public BlobPins(Blobs blobs, Predicate<Sha256> named) {
        this.blobs = blobs;
        this.named = named;
    }

    /** Holds the address until the pin is closed. */
    public Pin pin(Sha256 address) {
        holders.merge(address, 1, Integer::sum);
        return new Pin(this, address);
    }

    private void release(Sha256 address, boolean isNamed) throws IOException {
        try {
            holders.compute(address, (key, count) -> {
                if (count != null && count > 1) {
                    return count - 1;
                }
                if (!isNamed) {
                    deleteUnnamed(key);
                }
                return null;
            });
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
    }

    private void deleteUnnamed(Sha256 address) {
        try {
            if (blobs.contains(address) && !named.test(address)) {
                blobs.delete(address);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** An address held, by one thread. */
    public static final class Pin implements AutoCloseable {
        private final BlobPins pins;
        private final Sha256 address;
        private boolean named;

        private Pin(BlobPins pins, Sha256 address) {
            this.pins = pins;
            this.address = address;
        }

        /** Says that a committed row names the address now, so that nobody has to look. */
        public void named() {
            named = true;
        }

        /** Lets go; bytes that nobody holds and no row names are removed. */
        @Override
        public void close() throws IOException {
            pins.release(address, named);
        }
    }
}
