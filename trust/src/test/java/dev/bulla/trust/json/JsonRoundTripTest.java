package dev.bulla.trust.json;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Properties that hold for any value; a failure names the seed that shows it again. */
class JsonRoundTripTest {
    private static final int CASES = 3_000;

    @Test
    void what_was_written_is_read_back_as_the_same() {
        for (var seed = 0; seed < CASES; seed++) {
            var value = new Values(seed).value(0);
            assertEquals(value, Json.parse(value.compact(), JsonLimits.RECORD), "seed " + seed);
        }
    }

    @Test
    void canonical_bytes_are_json_and_their_own_canonical_form() {
        for (var seed = 0; seed < CASES; seed++) {
            var value = new Values(seed).value(0);
            for (var dialect : Dialect.values()) {
                var canonical = dialect.canonical(value);
                var again = dialect.canonical(Json.parse(canonical, JsonLimits.RECORD));
                assertArrayEquals(canonical, again, "seed " + seed);
            }
        }
    }

    @Test
    void canonical_bytes_do_not_depend_on_the_order_of_members() {
        for (var seed = 0; seed < CASES; seed++) {
            var random = new Random(seed);
            var value = new Values(seed).value(0);
            var shuffled = shuffled(value, random);
            for (var dialect : Dialect.values()) {
                assertArrayEquals(dialect.canonical(value), dialect.canonical(shuffled), "seed " + seed);
            }
        }
    }

    private static Json shuffled(Json value, Random random) {
        return switch (value) {
            case JsonObject object -> {
                var names = new ArrayList<>(object.members().keySet());
                Collections.shuffle(names, random);
                var members = new LinkedHashMap<String, Json>();
                names.forEach(
                        name -> members.put(name, shuffled(object.member(name).orElseThrow(), random)));
                yield new JsonObject(members);
            }
            case JsonArray array ->
                new JsonArray(array.elements().stream()
                        .map(element -> shuffled(element, random))
                        .toList());
            case JsonString _, JsonNumber _, JsonBoolean _, JsonNull _ -> value;
        };
    }

    /** Random values that both dialects can sign. */
    private static final class Values {
        private static final List<Integer> CHARACTERS = List.of(
                0, 0x1F, 0x22, 0x5C, 0x2F, 0x61, 0x7A, 0x7F, 0x80, 0x7FF, 0x800, 0xD7FF, 0xE000, 0xFFFF, 0x10000,
                0x10FFFF);

        private final Random random;

        Values(long seed) {
            random = new Random(seed);
        }

        Json value(int depth) {
            return switch (random.nextInt(depth < 4 ? 7 : 5)) {
                case 0 -> new JsonString(text());
                case 1 -> JsonNumber.of(random.nextLong() >> random.nextInt(64));
                case 2 -> new JsonNumber(number());
                case 3 -> new JsonBoolean(random.nextBoolean());
                case 4 -> new JsonNull();
                case 5 -> array(depth);
                default -> object(depth);
            };
        }

        private JsonArray array(int depth) {
            var elements = new ArrayList<Json>();
            for (var i = random.nextInt(5); i > 0; i--) {
                elements.add(value(depth + 1));
            }
            return new JsonArray(elements);
        }

        private JsonObject object(int depth) {
            var members = new LinkedHashMap<String, Json>();
            for (var i = random.nextInt(5); i > 0; i--) {
                members.put(text(), value(depth + 1));
            }
            return new JsonObject(members);
        }

        private String text() {
            var text = new StringBuilder();
            for (var i = random.nextInt(6); i > 0; i--) {
                text.appendCodePoint(CHARACTERS.get(random.nextInt(CHARACTERS.size())));
            }
            return text.toString();
        }

        private String number() {
            var mantissa = random.nextInt(-9999, 9999) + "." + random.nextInt(100_000);
            return random.nextBoolean() ? mantissa : mantissa + "e" + random.nextInt(-320, 304);
        }
    }
}
