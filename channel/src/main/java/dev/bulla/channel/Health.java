package dev.bulla.channel;

import java.util.List;

/**
 * How a data folder is.
 *
 * @param takesUploads false while the disk reserve is touched
 * @param warnings what an operator should do
 */
public record Health(boolean takesUploads, List<Warning> warnings) {
    /** Keeps its own copy. */
    public Health {
        warnings = List.copyOf(warnings);
    }
}
