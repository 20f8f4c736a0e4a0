package dev.bulla.trust.keys;

import java.security.GeneralSecurityException;
import java.security.SignatureException;
import java.util.concurrent.ConcurrentLinkedQueue;

/**
 * JCA signature objects that are ready for one key. Making one ready costs as much as a signature, so those not in use
 * wait here for the next one; there are never more than were once in use at the same time. Safe to share.
 */
final class Prepared {
    private final Maker maker;
    private final ConcurrentLinkedQueue<java.security.Signature> idle = new ConcurrentLinkedQueue<>();

    Prepared(Maker maker) {
        this.maker = maker;
    }

    /** Makes one ready for its key. */
    @FunctionalInterface
    interface Maker {
        java.security.Signature make() throws GeneralSecurityException;
    }

    byte[] sign(byte[] message) throws GeneralSecurityException {
        var signature = take();
        signature.update(message);
        var signed = signature.sign();
        idle.add(signature);
        return signed;
    }

    boolean verify(byte[] message, byte[] signed) throws GeneralSecurityException {
        var signature = take();
        signature.update(message);
        boolean valid;
        try {
            valid = signature.verify(signed);
        } catch (SignatureException encoding) {
            return false; // A point that is not on the curve; the object's state is unknown, so it is dropped.
        }
        idle.add(signature);
        return valid;
    }

    private java.security.Signature take() throws GeneralSecurityException {
        var waiting = idle.poll();
        return waiting != null ? waiting : maker.make();
    }
}
