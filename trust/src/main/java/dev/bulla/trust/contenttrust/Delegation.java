package dev.bulla.trust.contenttrust;

import dev.bulla.trust.json.JsonArray;
import dev.bulla.trust.json.JsonNumber;
import dev.bulla.trust.json.JsonObject;
import dev.bulla.trust.keys.PublicKey;
import java.util.HashSet;
import java.util.List;
import java.util.Map;

/**
 * Which keys speak for a role, and how many of them must.
 *
 * @param pubkeys the keys, at least one, none twice
 * @param threshold how many of them must sign, from 1 to all
 */
public record Delegation(List<PublicKey> pubkeys, int threshold) {
    /**
     * Checks and copies.
     *
     * @throws IllegalArgumentException when a key is there twice, or the threshold can always or never be met
     */
    public Delegation {
        pubkeys = List.copyOf(pubkeys);
        if (new HashSet<>(pubkeys).size() != pubkeys.size()) {
            throw new IllegalArgumentException("a key is named twice");
        }
        if (threshold < 1 || threshold > pubkeys.size()) {
            throw new IllegalArgumentException(
                    "threshold " + threshold + " of " + pubkeys.size() + " keys, expected from 1 to all of them");
        }
    }

    /** One key that is enough. */
    public static Delegation of(PublicKey key) {
        return new Delegation(List.of(key), 1);
    }

    /**
     * Those of these keys that have validly signed, each once. An entry by another key, or not of the form in which
     * this role signs, counts for nothing.
     */
    List<PublicKey> signers(Role role, byte[] canonical, Map<PublicKey, SignatureEntry> entries) {
        return pubkeys.stream()
                .filter(key -> {
                    var entry = entries.get(key);
                    return entry != null && entry.isOfFormFor(role) && entry.isValid(key, canonical);
                })
                .toList();
    }

    JsonObject json() {
        var keys = pubkeys.stream().map(PublicKey::hex).toList();
        return JsonObject.of("pubkeys", JsonArray.ofStrings(keys), "threshold", JsonNumber.of(threshold));
    }
}
