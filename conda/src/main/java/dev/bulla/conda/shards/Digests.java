package dev.bulla.conda.shards;

import java.util.Map;

/** The members of a record that stand as bytes in a shard. */
final class Digests {
    /** Their names, and how many hexadecimal digits each has as text. */
    static final Map<String, Integer> HEX_DIGITS = Map.of("md5", 32, "legacy_bz2_md5", 32, "sha256", 64);

    private Digests() {}
}
