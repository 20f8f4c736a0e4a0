package dev.bulla.problem;

/**
 * One reason, as it occurred.
 *
 * @param code the stable code
 * @param detail one sentence: what, which and expected; safe to show, without secrets or paths of the server
 */
public record Problem(Code code, String detail) {
    /** The form people read: {@code detail [code]}. */
    @Override
    public String toString() {
        return detail + " [" + code.text() + "]";
    }
}
