package dev.bulla.trust.keys;

/** Whoever can sign with one key: a key in memory, later a token or an agent. Safe to share between threads. */
public interface Signer {
    /** The key that its signatures verify under. */
    PublicKey publicKey();

    /** Its Ed25519 signature of these bytes. */
    Signature sign(byte[] message);
}
