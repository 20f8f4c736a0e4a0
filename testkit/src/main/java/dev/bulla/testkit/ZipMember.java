package dev.bulla.testkit;

/** One member of a {@link ZipBytes} as its two headers describe it: stored and truthful until changed. */
public final class ZipMember {
    private final byte[] content;
    private final String name;
    private String localName;
    private int method;
    private int flags;
    private boolean wrongCrc;
    private long localSize;
    private long centralSize;

    /** A stored member of this name. */
    public ZipMember(String name, byte[] content) {
        this.name = name;
        this.localName = name;
        this.content = content.clone();
        this.localSize = content.length;
        this.centralSize = content.length;
    }

    /** Puts another name into the header before the content. */
    public ZipMember localName(String other) {
        localName = other;
        return this;
    }

    /** Announces another method (8: deflated), which the content does not follow. */
    public ZipMember method(int other) {
        method = other;
        return this;
    }

    /** Sets the general purpose bits (0: encrypted, 3: sizes follow the content). */
    public ZipMember flags(int other) {
        flags = other;
        return this;
    }

    /** Spoils the CRC-32. */
    public ZipMember withWrongCrc() {
        wrongCrc = true;
        return this;
    }

    /** Announces another size in the header before the content. */
    public ZipMember localSize(long other) {
        localSize = other;
        return this;
    }

    /** Announces another size in the central directory. */
    public ZipMember centralSize(long other) {
        centralSize = other;
        return this;
    }

    byte[] content() {
        return content;
    }

    String name() {
        return name;
    }

    String localName() {
        return localName;
    }

    int method() {
        return method;
    }

    int flags() {
        return flags;
    }

    boolean wrongCrc() {
        return wrongCrc;
    }

    long localSize() {
        return localSize;
    }

    long centralSize() {
        return centralSize;
    }
}
