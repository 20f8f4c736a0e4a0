package dev.bulla.channel.metadata;

import dev.bulla.conda.name.ChannelName;
import dev.bulla.problem.Code;
import dev.bulla.problem.ProblemException;
import dev.bulla.trust.keys.SigningKey;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;

/**
 * The text form of a private key, as the package's description shows it.
 *
 * @param purpose what the key signs
 * @param channel for which channel
 * @param key the key
 */
public record KeyFile(KeyPurpose purpose, ChannelName channel, SigningKey key) {
    private static final int MAX_CHARACTERS = 10_000;

    /** The text to be kept where only its owner can read it. */
    String text() {
        return """
                # Bulla %s key: whoever has it %s.
                bulla-key: 1
                purpose: %s
                channel: %s
                public: %s
                seed: %s
                """.formatted(
                        purpose.text(),
                        purpose.power(),
                        purpose.text(),
                        channel,
                        key.publicKey().hex(),
                        key.seedHex());
    }

    /**
     * Reads a key file. No message repeats what is in it.
     *
     * @throws ProblemException {@link Code#KEY_FILE_INVALID}
     */
    public static KeyFile parse(String text) {
        if (text.length() > MAX_CHARACTERS) {
            throw invalid("it is longer than a key file can be");
        }
        var fields = fields(text);
        if (!field(fields, "bulla-key").equals("1")) {
            throw invalid("its format is not version 1");
        }
        var key = key(field(fields, "seed"));
        if (!field(fields, "public").equals(key.publicKey().hex())) {
            throw invalid("the public key does not belong to the seed");
        }
        return new KeyFile(purpose(field(fields, "purpose")), ChannelName.parse(field(fields, "channel")), key);
    }

    private static Map<String, String> fields(String text) {
        var fields = new HashMap<String, String>();
        for (var line : text.lines().toList()) {
            var colon = line.indexOf(": ");
            if (line.isBlank() || line.startsWith("#")) {
                continue;
            }
            if (colon < 0
                    || fields.put(
                                    line.substring(0, colon),
                                    line.substring(colon + 2).strip())
                            != null) {
                throw invalid("a line is not \"name: value\", or a name is there twice");
            }
        }
        return fields;
    }

    private static String field(Map<String, String> fields, String name) {
        var value = fields.get(name);
        if (value == null) {
            throw invalid("the line \"" + name + "\" is missing");
        }
        return value;
    }

    private static SigningKey key(String seed) {
        try {
            return SigningKey.parse(seed);
        } catch (IllegalArgumentException _) {
            throw invalid("the seed is not 64 lower-case hexadecimal characters");
        }
    }

    private static KeyPurpose purpose(String text) {
        for (var purpose : KeyPurpose.values()) {
            if (purpose.text().equals(text.toLowerCase(Locale.ROOT))) {
                return purpose;
            }
        }
        throw invalid("its purpose is not one that is known here");
    }

    private static ProblemException invalid(String why) {
        return new ProblemException(Code.KEY_FILE_INVALID, "the file is not a key file of Bulla: " + why);
    }

    /** Silent about the key. */
    @Override
    public String toString() {
        return purpose.text() + " key of channel " + channel;
    }
}
