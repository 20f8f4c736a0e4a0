package dev.bulla.client.setup;

import dev.bulla.client.fetch.ChannelUrl;
import java.util.Optional;

/** Looks for a channel's plain address in settings, however it is written: with a slash at its end, a label, or as a name under {@code channel_alias}. */
final class PlainAddress {
    private PlainAddress() {}

    /** The word that leads to the plain address, as it stands in the file. */
    static Optional<String> in(RcFile file, ChannelUrl channel) {
        var alias = file.value("channel_alias").map(PlainAddress::withSlash).orElse("");
        return file.words().stream()
                .filter(word -> isPlain(withSlash(word), channel)
                        || (!alias.isEmpty() && !word.contains("://") && isPlain(alias + withSlash(word), channel)))
                .findFirst();
    }

    /** Whether a list setting has this address, however it is written. */
    static boolean isListed(RcFile file, String key, String address) {
        var alias = file.value("channel_alias").map(PlainAddress::withSlash).orElse("");
        return file.list(key).stream()
                .map(PlainAddress::withSlash)
                .anyMatch(entry -> entry.equals(withSlash(address)) || (alias + entry).equals(withSlash(address)));
    }

    private static boolean isPlain(String address, ChannelUrl channel) {
        var plain = withSlash(channel.uri().toString());
        return address.startsWith(plain) && !address.startsWith(plain + "libmamba/");
    }

    private static String withSlash(String text) {
        return text.endsWith("/") ? text : text + "/";
    }
}
