package dev.bulla.testkit;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;

/** A clock that stands still until a test moves it; safe to share between threads. */
public final class SettableClock extends Clock {
    /** Where {@link #atStart()} begins: the first second of 2026, in UTC. */
    public static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

    private volatile Instant now;

    private SettableClock(Instant now) {
        this.now = now;
    }

    /** A clock that shows {@link #START}. */
    public static SettableClock atStart() {
        return new SettableClock(START);
    }

    /** A clock that shows this instant. */
    public static SettableClock at(Instant now) {
        return new SettableClock(now);
    }

    /** A clock that shows this instant, written as in ISO 8601. */
    public static SettableClock at(String now) {
        return at(Instant.parse(now));
    }

    /** Moves it to this instant, also backwards. */
    public void set(Instant instant) {
        now = instant;
    }

    /** Moves it by this much; a negative duration moves it back. */
    public synchronized void advance(Duration by) {
        now = now.plus(by);
    }

    @Override
    public Instant instant() {
        return now;
    }

    @Override
    public ZoneId getZone() {
        return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
        throw new UnsupportedOperationException("tests run in UTC");
    }
}
