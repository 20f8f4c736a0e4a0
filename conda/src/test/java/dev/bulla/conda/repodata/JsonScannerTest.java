package dev.bulla.conda.repodata;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.core.JsonFactory;
import dev.bulla.problem.ProblemException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.random.RandomGeneratorFactory;
import org.junit.jupiter.api.Test;

/** The scanner against another parser: on documents changed at random, both must give the same verdict. */
class JsonScannerTest {
    private static final int ROUNDS = 20_000;
    private static final String ALPHABET = "{}[]\",:\\ue0159-+.Eetrufalsn \u00e9\u0001\t";
    private static final String SEED_TEXT =
            "{\"a\":[1,-2.5e+3,true,false,null,\"\\u00e9\\n\\\"é\",{}],\"b\":{\"c\":\"\"}}";

    @Test
    void the_scanner_accepts_what_another_strict_parser_accepts_and_nothing_else() throws IOException {
        var accepted = 0;
        for (var round = 0; round < ROUNDS; round++) {
            var random = RandomGeneratorFactory.of("L64X128MixRandom").create(round);
            var text = new StringBuilder(SEED_TEXT);
            for (var changes = random.nextInt(1, 4); changes > 0; changes--) {
                var at = random.nextInt(text.length());
                var next = ALPHABET.charAt(random.nextInt(ALPHABET.length()));
                switch (random.nextInt(3)) {
                    case 0 -> text.setCharAt(at, next);
                    case 1 -> text.insert(at, next);
                    default -> text.deleteCharAt(at);
                }
            }
            var bytes = text.toString().getBytes(UTF_8);
            assertEquals(isAcceptedByOther(bytes), isAccepted(bytes), "round " + round + ": " + text);
            accepted += isAccepted(bytes) ? 1 : 0;
        }
        assertTrue(accepted > ROUNDS / 20, "only " + accepted + " were accepted: the comparison says little");
    }

    private static boolean isAccepted(byte[] bytes) throws IOException {
        var scanner = new JsonScanner(new ByteArrayInputStream(bytes), 1 << 20);
        try {
            scanner.value(1 << 20);
            return scanner.peek() < 0;
        } catch (ProblemException e) {
            return false;
        }
    }

    private static boolean isAcceptedByOther(byte[] bytes) {
        try (var parser = new JsonFactory()
                .createParser(UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString())) {
            if (parser.nextToken() == null) {
                return false;
            }
            parser.skipChildren();
            parser.getText();
            return parser.nextToken() == null;
        } catch (IOException e) {
            return false;
        }
    }
}
