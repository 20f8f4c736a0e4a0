package dev.bulla.channel.token;

/**
 * A credential just made. Its secret is known now and never again.
 *
 * @param token what it is
 * @param secret what its holder presents
 */
public record NewToken(ApiToken token, String secret) {
    /** Without the secret. */
    @Override
    public String toString() {
        return "NewToken[" + token + "]";
    }
}
