package dev.bulla.cli.commands;

import dev.bulla.channel.ChannelsConfig;
import dev.bulla.cli.config.Key;
import dev.bulla.cli.config.Settings;
import dev.bulla.cli.config.Size;
import dev.bulla.problem.Code;
import dev.bulla.problem.ProblemException;
import dev.bulla.server.ServerConfig;
import dev.bulla.server.api.UploadLimits;
import dev.bulla.server.exchange.AddressRange;
import dev.bulla.server.http.Listen;
import dev.bulla.server.http.Tls;
import java.net.URI;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The flags of {@code serve}, one for each of its keys, and what the settings make of them. */
final class ServeOptions {
    private static final List<Key> KEYS = List.of(
            Key.DATA,
            Key.HOST,
            Key.PORT,
            Key.PUBLIC_URL,
            Key.TRUSTED_PROXY,
            Key.TLS_CERT,
            Key.TLS_KEY,
            Key.UPLOAD_LIMIT,
            Key.DISK_RESERVE);

    private final Map<Key, Input<String>> flags = new LinkedHashMap<>();

    ServeOptions() {
        for (Key key : KEYS) {
            String label =
                    switch (key) {
                        case DATA -> "DIR";
                        case PORT -> "N";
                        case PUBLIC_URL -> "URL";
                        case TLS_CERT, TLS_KEY -> "FILE";
                        case UPLOAD_LIMIT, DISK_RESERVE -> "SIZE";
                        default -> "ADDRESS";
                    };
            String meaning = key.meaning().substring("serve: ".length());
            String end = key.defaultValue().isEmpty() ? "." : "; by default " + key.defaultValue() + ".";
            flags.put(
                    key,
                    Input.option(
                            "--" + key.text(),
                            String.class,
                            label,
                            Character.toUpperCase(meaning.charAt(0)) + meaning.substring(1) + end));
        }
    }

    Input<?>[] inputs() {
        return flags.values().toArray(Input<?>[]::new);
    }

    /** What holds for this start. */
    Settings settings(BullaCommand bulla) {
        var given = new LinkedHashMap<Key, String>();
        flags.forEach((key, flag) -> flag.value().ifPresent(text -> given.put(key, text)));
        return bulla.settings(given);
    }

    /** The data folder that a command other than {@code serve} works on. */
    static Path folder(BullaCommand bulla, Input<Path> flag) {
        return flag.value()
                .orElseGet(() -> Path.of(bulla.settings().value(Key.DATA).text()));
    }

    static ChannelsConfig channels(Settings settings) {
        ChannelsConfig defaults = ChannelsConfig.DEFAULT;
        return new ChannelsConfig(
                Size.bytes(settings.value(Key.UPLOAD_LIMIT).text()),
                Size.bytes(settings.value(Key.DISK_RESERVE).text()),
                defaults.rootLifetime(),
                defaults.metadataLifetime());
    }

    static ServerConfig server(Settings settings) {
        var config = ServerConfig.DEFAULT
                .withListen(new Listen(
                        settings.value(Key.HOST).text(),
                        Integer.parseInt(settings.value(Key.PORT).text()),
                        null,
                        Listen.DEFAULT.idle()))
                .withUploads(UploadLimits.DEFAULT.withMaxBytes(
                        Size.bytes(settings.value(Key.UPLOAD_LIMIT).text())))
                .withTrustedProxies(proxies(settings))
                .withVersion(Version.text());
        if (settings.value(Key.PUBLIC_URL).isSet()) {
            config = config.withPublicUrl(
                    URI.create(settings.value(Key.PUBLIC_URL).text()));
        }
        return withTls(config, settings);
    }

    /**
     * What only the start would find: values that do not fit each other, and files that cannot be used.
     *
     * @throws ProblemException BAD_CONFIG
     */
    static void check(Settings settings) {
        var tls = server(settings).listen().tls();
        if (tls != null) {
            tls.contextFactory();
        }
    }

    private static ServerConfig withTls(ServerConfig config, Settings settings) {
        boolean certificate = settings.value(Key.TLS_CERT).isSet();
        if (certificate != settings.value(Key.TLS_KEY).isSet()) {
            throw new ProblemException(Code.BAD_CONFIG, "tls-cert and tls-key belong together; one of them is not set");
        }
        return certificate
                ? config.withTls(new Tls(
                        Path.of(settings.value(Key.TLS_CERT).text()),
                        Path.of(settings.value(Key.TLS_KEY).text())))
                : config;
    }

    private static List<AddressRange> proxies(Settings settings) {
        try {
            return Arrays.stream(settings.value(Key.TRUSTED_PROXY).text().split(","))
                    .map(String::strip)
                    .filter(text -> !text.isEmpty())
                    .map(AddressRange::parse)
                    .toList();
        } catch (IllegalArgumentException e) {
            throw new ProblemException(Code.BAD_CONFIG, "trusted-proxy: " + e.getMessage(), e);
        }
    }
}
