package dev.bulla.channel.metadata;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.bulla.conda.name.ChannelName;
import dev.bulla.problem.Code;
import dev.bulla.problem.ProblemException;
import dev.bulla.trust.keys.SigningKey;
import java.util.Random;
import org.junit.jupiter.api.Test;

final class KeyFileTest {
    private static final SigningKey KEY = SigningKey.generate(new Random(1));
    private static final KeyFile FILE = new KeyFile(KeyPurpose.ROOT, ChannelName.MAIN, KEY);

    @Test
    void what_was_written_is_read() {
        var read = KeyFile.parse(FILE.text());

        assertEquals(KeyPurpose.ROOT, read.purpose());
        assertEquals(ChannelName.MAIN, read.channel());
        assertEquals(KEY.seedHex(), read.key().seedHex());
    }

    @Test
    void a_key_file_does_not_show_its_key_in_words() {
        assertFalse(FILE.toString().contains(KEY.seedHex()));
    }

    @Test
    void what_is_no_key_file_is_refused_without_repeating_it() {
        var text = FILE.text();
        var other = SigningKey.generate(new Random(2));
        for (var bad : new String[] {
            "",
            KEY.seedHex(),
            text.replace("bulla-key: 1", "bulla-key: 2"),
            text.replace("seed: ", "sead: "),
            text.replace("purpose: root", "purpose: rout"),
            text.replace(KEY.seedHex(), KEY.seedHex().substring(1)),
            text.replace(KEY.seedHex(), other.seedHex()),
            text + "seed: " + KEY.seedHex() + "\n",
            text + "no colon here\n",
            text + "# ".repeat(10_000),
        }) {
            var refusal = assertThrows(ProblemException.class, () -> KeyFile.parse(bad), bad);
            assertEquals(Code.KEY_FILE_INVALID, refusal.problem().code());
            assertFalse(refusal.toString().contains(KEY.seedHex().substring(1)));
        }
    }
}
