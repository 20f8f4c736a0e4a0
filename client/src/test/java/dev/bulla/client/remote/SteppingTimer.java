package dev.bulla.client.remote;

import dev.bulla.client.fetch.Patience;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;

/** Time that passes only in pauses, and at once; things may happen in them. Not safe to share. */
public final class SteppingTimer implements Patience.Timer {
    private final Map<Integer, Runnable> events = new HashMap<>();
    private Duration passed = Duration.ZERO;
    private int pauses;

    /** Does this in the pause of this number, the first being 1. */
    public void atPause(int number, Runnable event) {
        events.put(number, event);
    }

    /** The usual patience by this timer. */
    public Patience patience() {
        return new Patience(Patience.standard().longest(), Patience.standard().pause(), this);
    }

    /** How much has passed. */
    public Duration passed() {
        return passed;
    }

    /** How many pauses there were. */
    public int pauses() {
        return pauses;
    }

    @Override
    public long nanos() {
        return passed.toNanos();
    }

    @Override
    public void pause(Duration pause) {
        passed = passed.plus(pause);
        events.getOrDefault(++pauses, () -> {}).run();
    }
}
