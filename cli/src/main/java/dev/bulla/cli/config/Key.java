package dev.bulla.cli.config;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** Everything that can be configured. The constant's name in lower case, with dashes, is the key. */
public enum Key {
    /** The server that commands talk to. */
    SERVER("http://127.0.0.1:8080", "the server that commands talk to"),
    /** The credential for it. */
    TOKEN("", "the token to send; bulla login stores one per server, so this is for CI"),
    /** When to use colour. */
    COLOR("auto", "auto, always or never"),
    /** The data folder of {@code serve}. */
    DATA("./bulla-data", "serve: the folder that holds database, packages and keys"),
    /** The address to listen on. */
    HOST("127.0.0.1", "serve: the address to listen on"),
    /** The port to listen on. */
    PORT("8080", "serve: the port to listen on; 0 takes a free one"),
    /** How clients reach the server. */
    PUBLIC_URL("", "serve: how clients reach it, where a proxy stands before it"),
    /** Which proxies are believed. */
    TRUSTED_PROXY("", "serve: addresses of proxies whose X-Forwarded headers are believed, by comma"),
    /** The certificate chain. */
    TLS_CERT("", "serve: PEM file with the certificate chain"),
    /** The certificate's key. */
    TLS_KEY("", "serve: PEM file with its private key"),
    /** The largest upload. */
    UPLOAD_LIMIT("5GiB", "serve: the largest file that may be uploaded"),
    /** The space that stays free. */
    DISK_RESERVE("1GiB", "serve: uploads stop when less than this is free");

    private final String text;
    private final String defaultValue;
    private final String meaning;

    Key(String defaultValue, String meaning) {
        this.text = name().toLowerCase(Locale.ROOT).replace('_', '-');
        this.defaultValue = defaultValue;
        this.meaning = meaning;
    }

    /** The key as a file has it, and with {@code --} before it the flag. */
    public String text() {
        return text;
    }

    /** The environment variable. */
    public String variable() {
        return "BULLA_" + name();
    }

    /** The value where nothing says otherwise; empty means unset. */
    public String defaultValue() {
        return defaultValue;
    }

    /** What it is for, without a full stop. */
    public String meaning() {
        return meaning;
    }

    /** What a value must be, if {@code value} is not. */
    public Optional<String> expected(String value) {
        return switch (this) {
            case COLOR -> unless(value.matches("auto|always|never"), "auto, always or never");
            case PORT -> unless(value.matches("[0-9]{1,5}") && Integer.parseInt(value) <= 65535, "0 to 65535");
            case SERVER -> unless(value.matches("https?://[^\\s/]+(/\\S*)?"), "an http or https address");
            case PUBLIC_URL ->
                unless(value.isEmpty() || value.matches("https?://[^\\s/]+/?"), "an http or https origin");
            case UPLOAD_LIMIT, DISK_RESERVE -> unless(Size.matches(value), "a size such as 512MiB or 4GiB");
            case TOKEN, DATA, HOST, TRUSTED_PROXY, TLS_CERT, TLS_KEY -> Optional.empty();
        };
    }

    private static Optional<String> unless(boolean good, String expected) {
        return good ? Optional.empty() : Optional.of(expected);
    }

    /** Whether the value must never be shown; such a key has a twin {@code …-file} that names a file holding it. */
    public boolean secret() {
        return this == TOKEN;
    }

    /** The key of this text. */
    public static Optional<Key> of(String text) {
        return Arrays.stream(values()).filter(key -> key.text.equals(text)).findFirst();
    }
}
