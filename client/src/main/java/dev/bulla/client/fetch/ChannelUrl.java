package dev.bulla.client.fetch;

import dev.bulla.problem.Code;
import dev.bulla.problem.ProblemException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.regex.Pattern;

/**
 * Where a channel is: an {@code http}, {@code https} or {@code file} URL without a slash at its end. It may hold a token
 * ({@code /t/TOKEN/}) or a user and password, which {@link #toString()} masks and {@link #identity()} leaves out.
 */
public record ChannelUrl(URI uri) {
    private static final Pattern TOKEN_PART = Pattern.compile("/t/[^/]+(?=/)");
    private static final Pattern USER = Pattern.compile("://[^/@\\s]*@");
    private static final int MAX_LENGTH = 1024;

    /** Checks the scheme and that a host is named; a query or fragment is refused. */
    public ChannelUrl {
        var scheme = String.valueOf(uri.getScheme());
        var web = scheme.equals("http") || scheme.equals("https");
        if (!web && !scheme.equals("file")) {
            throw bad(uri, "it must start with http://, https:// or file://");
        }
        if (web && (uri.getHost() == null || uri.getPort() > 65535)) {
            throw bad(uri, "it names no host");
        }
        if (uri.getRawQuery() != null || uri.getRawFragment() != null) {
            throw bad(uri, "it must have no query and no fragment");
        }
        uri = withoutEndSlash(uri);
    }

    /** Reads a URL, or the path of a folder that holds a channel. */
    public static ChannelUrl parse(String text) {
        if (text.length() > MAX_LENGTH) {
            throw new ProblemException(Code.BAD_REQUEST, "a channel address has at most " + MAX_LENGTH + " characters");
        }
        if (!text.contains("://")) {
            return ofFolder(Path.of(text));
        }
        try {
            return new ChannelUrl(new URI(text).normalize());
        } catch (URISyntaxException e) {
            throw new ProblemException(Code.BAD_REQUEST, "not a channel address: " + e.getReason(), e);
        }
    }

    /** The channel in this folder. */
    public static ChannelUrl ofFolder(Path folder) {
        return new ChannelUrl(folder.toAbsolutePath().normalize().toUri());
    }

    /** The address of a file of the channel; {@code path} is relative, made of safe characters. */
    public URI resolve(String path) {
        return URI.create(uri + "/" + path);
    }

    /** True where the channel is a folder on this machine. */
    public boolean isFolder() {
        return uri.getScheme().equals("file");
    }

    /** The channel's name: the last part of the path. */
    public String name() {
        var path = uri.getRawPath();
        return path.substring(path.lastIndexOf('/') + 1);
    }

    /** The address without any credential: the same for every user of the channel. */
    public String identity() {
        var port = uri.getPort() == -1 ? "" : ":" + uri.getPort();
        var host = uri.getHost() == null ? "" : uri.getHost();
        return uri.getScheme() + "://" + host + port
                + TOKEN_PART.matcher(uri.getRawPath()).replaceAll("");
    }

    /** True when the address holds a token, or a user and password. */
    public boolean hasCredentials() {
        return uri.getRawUserInfo() != null
                || TOKEN_PART.matcher(uri.getRawPath()).find();
    }

    /** A folder name for what is kept about this channel: the first 32 hex digits of the identity's SHA-256. */
    public String id() {
        try {
            var digest = MessageDigest.getInstance("SHA-256").digest(identity().getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest, 0, 16);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }

    /** For people: with the token and password masked. */
    @Override
    public String toString() {
        return shown(uri);
    }

    /** Any URL of a channel as it may be shown. */
    static String shown(URI uri) {
        return masked(uri.toString());
    }

    /** A text that may hold an address, with {@code *****} for a token and without user and password. */
    public static String masked(String text) {
        return USER.matcher(TOKEN_PART.matcher(text).replaceAll("/t/*****")).replaceAll("://");
    }

    private static URI withoutEndSlash(URI uri) {
        var text = uri.toString();
        while (text.endsWith("/")) {
            text = text.substring(0, text.length() - 1);
        }
        return URI.create(text);
    }

    private static ProblemException bad(URI uri, String why) {
        return new ProblemException(Code.BAD_REQUEST, "not a channel address: " + shown(uri) + ": " + why);
    }
}
