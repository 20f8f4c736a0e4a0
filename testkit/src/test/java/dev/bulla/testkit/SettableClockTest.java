package dev.bulla.testkit;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class SettableClockTest {
    @Test
    void time_moves_only_when_it_is_moved() {
        var clock = SettableClock.atStart();
        assertEquals(SettableClock.START, clock.instant());
        clock.advance(Duration.ofHours(25));
        assertEquals(Instant.parse("2026-01-02T01:00:00Z"), clock.instant());
        clock.set(SettableClock.START);
        assertEquals(SettableClock.START, clock.instant());
        assertEquals(Instant.EPOCH, SettableClock.at("1970-01-01T00:00:00Z").instant());
    }
}
