package dev.bulla.client.fetch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.bulla.client.remote.SteppingTimer;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class PatienceTest {
    private final SteppingTimer timer = new SteppingTimer();
    private final AtomicInteger looks = new AtomicInteger();
    private final AtomicInteger waits = new AtomicInteger();

    @Test
    void what_is_there_at_once_is_not_waited_for() {
        assertEquals(1, look(timer.patience(), 1));
        assertEquals(0, waits.get());
    }

    @Test
    void it_is_looked_again_until_enough_is_seen() {
        assertEquals(4, look(timer.patience(), 4));
        assertEquals(3, waits.get());
        assertEquals(Duration.ofMillis(250 + 500 + 1000), timer.passed());
    }

    @Test
    void the_last_look_is_at_the_end_and_counts() {
        look(timer.patience(), Integer.MAX_VALUE);

        assertEquals(Duration.ofSeconds(45), timer.passed());
        assertEquals(timer.pauses() + 1, looks.get());
    }

    @Test
    void without_patience_there_is_one_look() {
        assertEquals(1, look(new Patience(Duration.ZERO, Duration.ofMillis(1), timer), 2));
    }

    @Test
    void a_pause_of_no_length_is_refused() {
        assertThrows(IllegalArgumentException.class, () -> new Patience(Duration.ofSeconds(1), Duration.ZERO, timer));
    }

    private int look(Patience patience, int enough) {
        return patience.until(looks::incrementAndGet, seen -> seen >= enough, waits::incrementAndGet);
    }
}
