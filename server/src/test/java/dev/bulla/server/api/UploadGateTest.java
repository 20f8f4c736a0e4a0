package dev.bulla.server.api;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.bulla.problem.Code;
import dev.bulla.problem.ProblemException;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class UploadGateTest {
    private final UploadGate gate = new UploadGate(UploadLimits.DEFAULT.withPlaces(2, Duration.ofMillis(1)));

    @Test
    void there_are_as_many_places_as_the_limit_says() {
        var first = gate.enter();
        try (var _ = gate.enter()) {
            assertEquals(Code.TOO_BUSY, refusal());
            first.close();
            gate.enter().close();
        }
    }

    @Test
    void a_closed_gate_lets_nobody_in_and_waits_for_those_inside() throws InterruptedException {
        var place = gate.enter();
        gate.close();
        assertEquals(Code.SHUTTING_DOWN, refusal());
        assertFalse(gate.awaitEmpty(Duration.ofMillis(1)));
        place.close();
        assertTrue(gate.awaitEmpty(Duration.ZERO));
        assertFalse(gate.isOpen());
    }

    private Code refusal() {
        return assertThrows(ProblemException.class, gate::enter).problem().code();
    }
}
