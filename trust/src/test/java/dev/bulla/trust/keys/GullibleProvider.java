package dev.bulla.trust.keys;

import java.security.InvalidKeyException;
import java.security.NoSuchAlgorithmException;
import java.security.PrivateKey;
import java.security.Provider;
import java.security.PublicKey;
import java.security.Security;
import java.security.Signature;
import java.security.SignatureException;
import java.security.SignatureSpi;
import org.jspecify.annotations.Nullable;

/** Signs like the JDK and accepts every signature. */
final class GullibleProvider extends Provider {
    private static final long serialVersionUID = 1L;

    GullibleProvider() {
        super("Gullible", "1", "accepts anything");
        put("Signature.Ed25519", Gullible.class.getName());
    }

    /** Made by JCA through its name. */
    public static final class Gullible extends SignatureSpi {
        private final Signature signature;

        /** Wraps the JDK's. */
        public Gullible() throws NoSuchAlgorithmException {
            signature = Signature.getInstance("Ed25519", Security.getProvider("SunEC"));
        }

        @Override
        protected void engineInitVerify(PublicKey key) throws InvalidKeyException {
            signature.initVerify(key);
        }

        @Override
        protected void engineInitSign(PrivateKey key) throws InvalidKeyException {
            signature.initSign(key);
        }

        @Override
        protected void engineUpdate(byte b) throws SignatureException {
            signature.update(b);
        }

        @Override
        protected void engineUpdate(byte[] bytes, int from, int length) throws SignatureException {
            signature.update(bytes, from, length);
        }

        @Override
        protected byte[] engineSign() throws SignatureException {
            return signature.sign();
        }

        @Override
        protected boolean engineVerify(byte[] signed) {
            return true;
        }

        @Override
        @Deprecated
        protected void engineSetParameter(String name, @Nullable Object value) {
            throw new UnsupportedOperationException(name);
        }

        @Override
        @Deprecated
        protected Object engineGetParameter(String name) {
            throw new UnsupportedOperationException(name);
        }
    }
}
