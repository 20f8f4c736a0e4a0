package dev.bulla.channel.metadata;

import dev.bulla.trust.json.Dialect;
import java.util.Locale;

/** What a key signs. The names are stored: they never change. */
public enum KeyPurpose {
    /** Roots; never in the server after the channel was made. */
    ROOT("decides whom this channel's users trust"),
    /** The key_mgr files of both views. */
    KEY_MGR("decides which keys sign this channel's packages until the root takes it away"),
    /** Records as conda reads them. */
    CONDA_PACKAGES("can sign any package of this channel for conda"),
    /** Records as libmamba reads them, and its pkg_mgr file. */
    LIBMAMBA_PACKAGES("can sign any package of this channel for mamba");

    private final String power;

    KeyPurpose(String power) {
        this.power = power;
    }

    /** The key that signs records of this dialect. */
    static KeyPurpose packages(Dialect dialect) {
        return switch (dialect) {
            case CONDA -> CONDA_PACKAGES;
            case LIBMAMBA -> LIBMAMBA_PACKAGES;
        };
    }

    /** What whoever has the key can do. */
    String power() {
        return power;
    }

    /** The name as it is stored. */
    String text() {
        return name().toLowerCase(Locale.ROOT);
    }
}
