package dev.bulla.trust.contenttrust;

import dev.bulla.trust.keys.PublicKey;
import java.util.List;
import java.util.Objects;

/** Something that was verified; only this package can make one. Immutable. */
public final class Verified<T> {
    private final T value;
    private final List<PublicKey> signers;
    private final Delegation delegation;

    Verified(T value, List<PublicKey> signers, Delegation delegation) {
        this.value = value;
        this.signers = List.copyOf(signers);
        this.delegation = delegation;
    }

    /** What the signatures cover, and nothing else. */
    public T value() {
        return value;
    }

    /** The keys whose signatures are valid; at least as many as the threshold. */
    public List<PublicKey> signers() {
        return signers;
    }

    /** The keys that could have signed, and how many had to. */
    public Delegation delegation() {
        return delegation;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Verified<?> that
                && value.equals(that.value)
                && signers.equals(that.signers)
                && delegation.equals(that.delegation);
    }

    @Override
    public int hashCode() {
        return Objects.hash(value, signers, delegation);
    }

    /** As people read it: {@code 2 of 3 keys}. */
    @Override
    public String toString() {
        return signers.size() + " of " + delegation.pubkeys().size() + " keys";
    }
}
