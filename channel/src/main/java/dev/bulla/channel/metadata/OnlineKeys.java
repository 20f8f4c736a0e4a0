package dev.bulla.channel.metadata;

import dev.bulla.channel.store.DataFolder;
import dev.bulla.channel.store.Disk;
import dev.bulla.conda.name.ChannelName;
import dev.bulla.problem.ProblemException;
import dev.bulla.trust.json.Dialect;
import dev.bulla.trust.keys.PublicKey;
import dev.bulla.trust.keys.SigningKey;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.random.RandomGenerator;

/**
 * The keys that a channel's server signs with. Each is a file named by its purpose and its public key, so that no key
 * ever takes another one's place; the database says which of them are in use.
 */
record OnlineKeys(Map<KeyPurpose, SigningKey> keys) {
    private static final List<KeyPurpose> ONLINE =
            List.of(KeyPurpose.KEY_MGR, KeyPurpose.CONDA_PACKAGES, KeyPurpose.LIBMAMBA_PACKAGES);

    OnlineKeys {
        keys = Map.copyOf(keys);
    }

    static OnlineKeys generate(RandomGenerator random) {
        var keys = new EnumMap<KeyPurpose, SigningKey>(KeyPurpose.class);
        ONLINE.forEach(purpose -> keys.put(purpose, SigningKey.generate(random)));
        return new OnlineKeys(keys);
    }

    /** Reads the keys that the database names. */
    static OnlineKeys read(DataFolder data, Map<KeyPurpose, PublicKey> inUse) throws IOException {
        var keys = new EnumMap<KeyPurpose, SigningKey>(KeyPurpose.class);
        for (var purpose : ONLINE) {
            var publicKey = Objects.requireNonNull(inUse.get(purpose), () -> "the channel has no key for " + purpose);
            keys.put(purpose, read(path(data, purpose, publicKey), publicKey));
        }
        return new OnlineKeys(keys);
    }

    private static SigningKey read(Path file, PublicKey expected) throws IOException {
        try {
            var key = KeyFile.parse(Files.readString(file, StandardCharsets.US_ASCII))
                    .key();
            if (!key.publicKey().equals(expected)) {
                throw new IOException(file + " holds another key than its name says");
            }
            return key;
        } catch (CharacterCodingException | ProblemException damaged) {
            throw new IOException(file + " is damaged; bring it back from a backup: " + damaged.getMessage(), damaged);
        }
    }

    /** Makes the files durable. */
    void write(DataFolder data, Disk disk, ChannelName channel) throws IOException {
        for (var entry : keys.entrySet()) {
            var text = new KeyFile(entry.getKey(), channel, entry.getValue()).text();
            var path = path(data, entry.getKey(), entry.getValue().publicKey());
            disk.replace(path, text.getBytes(StandardCharsets.US_ASCII));
        }
    }

    SigningKey keyMgr() {
        return key(KeyPurpose.KEY_MGR);
    }

    SigningKey packages(Dialect dialect) {
        return key(KeyPurpose.packages(dialect));
    }

    private SigningKey key(KeyPurpose purpose) {
        return Objects.requireNonNull(keys.get(purpose), "made and read with a key for each purpose");
    }

    private static Path path(DataFolder data, KeyPurpose purpose, PublicKey publicKey) {
        return data.keys().resolve(purpose.text() + "-" + publicKey.hex() + ".key");
    }
}
