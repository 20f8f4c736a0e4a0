package dev.bulla.channel.fsck;

import dev.bulla.problem.Code;
import dev.bulla.problem.Problem;

/**
 * Something that is not as it should be.
 *
 * @param weight how bad it is
 * @param problem what, in which place
 */
public record Finding(Weight weight, Problem problem) {
    /** How bad it is. */
    public enum Weight {
        /** It needs nobody: the next start ends it, or it only takes space. */
        NOTE,
        /** A derived file is wrong: it can be made again from the store. */
        DERIVED,
        /** The store itself is wrong: only a backup or another upload of the same bytes heals it. */
        DAMAGE
    }

    static Finding damage(Code code, String detail) {
        return new Finding(Weight.DAMAGE, new Problem(code, detail));
    }

    static Finding note(Code code, String detail) {
        return new Finding(Weight.NOTE, new Problem(code, detail));
    }

    static Finding derived(String detail) {
        return new Finding(Weight.DERIVED, new Problem(Code.INDEX_DAMAGED, detail));
    }
}
