package dev.bulla.channel.summary;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.bulla.channel.catalog.SummarizedArtifact;
import dev.bulla.conda.json.InvalidJsonException;
import dev.bulla.conda.json.JsonBounds;
import dev.bulla.conda.json.JsonMembers;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;

/** {@code rss.xml}: what was published last, as RSS 2.0. */
final class RssFeed {
    /** How many artifacts it tells. */
    static final int MOST = 100;

    private final StringBuilder out = new StringBuilder();
    private final String url;

    private RssFeed(String url) {
        this.url = url;
    }

    /**
     * The bytes of the feed.
     *
     * @param title what it is about
     * @param url where the subdirs are
     * @param newest the artifacts, the newest first
     */
    static byte[] of(String title, String url, List<SummarizedArtifact> newest) {
        return new RssFeed(url).write(title, newest);
    }

    private byte[] write(String title, List<SummarizedArtifact> newest) {
        out.append("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<rss version=\"2.0\">\n<channel>\n");
        element("title", title);
        element("link", url);
        element("description", "What was published last.");
        if (!newest.isEmpty()) {
            element("lastBuildDate", date(newest.getFirst().publishedAt()));
        }
        newest.forEach(this::item);
        return out.append("</channel>\n</rss>\n").toString().getBytes(UTF_8);
    }

    private void item(SummarizedArtifact artifact) {
        var name = artifact.name();
        out.append("<item>\n");
        element("title", "%s %s %s (%s)".formatted(name.name(), name.version(), name.build(), artifact.subdir()));
        element("link", url + "/" + artifact.subdir() + "/" + name);
        summary(artifact).ifPresent(text -> element("description", text));
        element("pubDate", date(artifact.publishedAt()));
        out.append("<guid isPermaLink=\"false\">sha256:")
                .append(HexFormat.of().formatHex(artifact.sha256()))
                .append("</guid>\n</item>\n");
    }

    private static Optional<String> summary(SummarizedArtifact artifact) {
        if (artifact.about() == null) {
            return Optional.empty();
        }
        try {
            return JsonMembers.parse(artifact.about(), JsonBounds.SMALL).string("summary");
        } catch (InvalidJsonException e) {
            return Optional.empty(); // a summary that is a list is for channeldata.json only
        }
    }

    private static String date(Instant at) {
        return DateTimeFormatter.RFC_1123_DATE_TIME.format(at.atOffset(ZoneOffset.UTC));
    }

    private void element(String name, String text) {
        out.append('<').append(name).append('>');
        text.codePoints().forEach(this::escape);
        out.append("</").append(name).append(">\n");
    }

    private void escape(int c) {
        switch (c) {
            case '<' -> out.append("&lt;");
            case '>' -> out.append("&gt;");
            case '&' -> out.append("&amp;");
            default -> out.appendCodePoint(isCharacter(c) ? c : '\uFFFD');
        }
    }

    /** XML 1.0, production 2. */
    private static boolean isCharacter(int c) {
        return c == '\t'
                || c == '\n'
                || c == '\r'
                || (c >= 0x20 && c <= 0xD7FF)
                || (c >= 0xE000 && c <= 0xFFFD)
                || c >= 0x10000;
    }
}
