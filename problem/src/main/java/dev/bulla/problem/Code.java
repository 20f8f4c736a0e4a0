package dev.bulla.problem;

import static dev.bulla.problem.Kind.CONFLICT;
import static dev.bulla.problem.Kind.FORBIDDEN;
import static dev.bulla.problem.Kind.INVALID;
import static dev.bulla.problem.Kind.NOT_FOUND;
import static dev.bulla.problem.Kind.NOT_TRUSTED;
import static dev.bulla.problem.Kind.TOO_LARGE;
import static dev.bulla.problem.Kind.UNAUTHENTICATED;
import static dev.bulla.problem.Kind.UNAVAILABLE;
import static dev.bulla.problem.Kind.UNKNOWN;
import static dev.bulla.problem.Kind.USAGE;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** The table of all reasons. The constant's name in lower case is the code that people and programs see. */
public enum Code {
    // --- what was asked
    BAD_REQUEST(
            USAGE,
            "The request cannot be understood.",
            "Compare it with /api/v1/openapi.json or the command's --help."),
    BAD_CONFIG(
            USAGE,
            "The configuration has unknown keys or bad values.",
            "bulla config check lists each with its file and line."),
    NOT_HERE(NOT_FOUND, "There is nothing at this address.", "Check the channel, subdir and file name."),
    METHOD_NOT_ALLOWED(USAGE, "This address does not take this method.", "See the Allow header of the answer."),
    CHANNEL_UNKNOWN(NOT_FOUND, "There is no channel of this name.", "bulla channel list shows those you may see."),
    CHANNEL_EXISTS(CONFLICT, "A channel of this name is already there.", "Choose another name."),
    NAME_INVALID(
            INVALID,
            "A name breaks the rules of CEP 26.",
            "Lower-case names of at most 64 characters; the detail says which part."),
    RANGE_NOT_SATISFIABLE(
            USAGE,
            "The range lies outside the file.",
            "Ask for bytes that the file has; Content-Range gives its length."),
    PRECONDITION_FAILED(
            USAGE,
            "The file is not the one that the request names by If-Match or If-Unmodified-Since.",
            "Ask again without the condition."),

    // --- who asked
    TOKEN_MISSING(UNAUTHENTICATED, "This needs a token and none was sent.", "bulla login, or set BULLA_TOKEN."),
    TOKEN_MALFORMED(
            UNAUTHENTICATED, "The credential is not a Bulla token.", "Copy the whole token; it was perhaps cut."),
    TOKEN_UNKNOWN(
            UNAUTHENTICATED,
            "No such token is known here.",
            "Check which server it belongs to; make a new one if it was replaced."),
    SCOPE_DENIED(
            FORBIDDEN,
            "The token does not allow this.",
            "Use a token whose claims cover the channel, package and action."),

    // --- what was sent
    UPLOAD_TRUNCATED(INVALID, "Fewer bytes arrived than were announced.", "Send the file again."),
    UPLOAD_TOO_LARGE(TOO_LARGE, "The upload is over the server's limit.", "Ask the operator to raise upload-limit."),
    HASH_MISMATCH(
            INVALID,
            "The bytes received do not have the SHA-256 that was announced.",
            "The file changed or was damaged on the way; send it again."),
    NAME_CONFLICT(
            CONFLICT,
            "A file of this name with other bytes is already in the channel.",
            "Names are for ever: raise the build number and build again."),
    ARTIFACT_YANKED(
            CONFLICT,
            "This artifact was taken out of the indexes.",
            "Restore it if it shall be listed again, or raise the build number and build again."),
    STORAGE_FULL(
            UNAVAILABLE,
            "The server keeps a reserve of disk space and takes no uploads now.",
            "Reading goes on. Ask the operator to free space; then try again."),
    TOO_BUSY(
            UNAVAILABLE,
            "The server takes as many uploads at once as it may.",
            "Try again in a moment; tell the operator if it lasts."),
    SHUTTING_DOWN(UNAVAILABLE, "The server is stopping.", "Try again in a moment."),
    INTERNAL_ERROR(UNKNOWN, "A fault of the server.", "The request id finds it in the server's log."),

    // --- packages
    ARCHIVE_NOT_A_PACKAGE(
            INVALID, "This is not a conda package.", "Send a .conda or .tar.bz2 file made by a package builder."),
    ARCHIVE_DAMAGED(INVALID, "The archive cannot be read to its end.", "Build or download it again."),
    ARCHIVE_UNSAFE(
            INVALID,
            "The archive has members that could write outside the prefix or hide content.",
            "The detail names the member; rebuild without it."),
    ARCHIVE_TOO_LARGE(TOO_LARGE, "The archive unpacks to more than the limits allow.", "The detail names the limit."),
    METADATA_MISSING(INVALID, "A file that every package must have is not in it.", "The detail names the file."),
    METADATA_INVALID(INVALID, "info/index.json is not as the specification wants it.", "The detail names the field."),
    METADATA_MISMATCH(
            INVALID,
            "The package's metadata and its file name or place disagree.",
            "Name, version, build and subdir must be the same in all of them."),
    PATHS_MISMATCH(
            INVALID, "info/paths.json and the payload disagree.", "The detail names the first paths that differ."),
    REPODATA_INVALID(
            INVALID,
            "An index is not as CEP 36 wants it.",
            "The detail says where; the channel or a mirror serves a broken file."),

    // --- trust
    SIGNATURE_MISSING(NOT_TRUSTED, "There is no signature for this.", "The publisher must sign it; do not install it."),
    SIGNATURES_TOO_FEW(
            NOT_TRUSTED,
            "Fewer good signatures by trusted keys than the threshold.",
            "It was changed after signing, or signed by a key that is not delegated."),
    METADATA_MALFORMED(NOT_TRUSTED, "Signed metadata is not well-formed.", "The server or a mirror is broken or lies."),
    METADATA_EXPIRED(
            NOT_TRUSTED,
            "Signed metadata has expired.",
            "Its publisher must renew it; until then nothing newer can be told from something old."),
    METADATA_ROLLED_BACK(
            NOT_TRUSTED,
            "The server shows older metadata than was already trusted.",
            "An old copy is being served: a stale mirror, or an attack."),
    ROOT_NOT_CHAINED(
            NOT_TRUSTED,
            "A root does not follow from the trusted one.",
            "Version N+1 must be signed by the thresholds of N and of N+1."),
    ROOT_NOT_PINNED(
            NOT_TRUSTED,
            "No first root is trusted for this channel, or another one than was given.",
            "Give the digest with --root-sha256; the operator publishes it."),
    ARTIFACT_CHANGED(
            NOT_TRUSTED,
            "The artifact does not have the size and SHA-256 that its signed record says.",
            "Do not use it; tell the channel's operator."),
    KEY_FILE_INVALID(USAGE, "The file is not a private key of Bulla.", "Give the file that the server or bulla wrote."),
    RECORD_MISMATCH(
            NOT_TRUSTED, "The index and what was verified disagree.", "Do not use it; tell the channel's operator."),

    // --- the data folder
    BYTES_MISSING(
            UNKNOWN,
            "Bytes that the channel names are not in its data folder.",
            "Bring the file back from a backup, or publish the very same file again; bulla fsck finds all of them."),
    BYTES_DAMAGED(
            UNKNOWN,
            "A stored file does not have the size and SHA-256 that it is named by.",
            "Bring the file back from a backup, or publish the very same file again; clients refuse it until then."),
    BYTES_UNNAMED(
            UNKNOWN,
            "A stored file is named by no artifact.",
            "It takes space and does no harm; an upload was cut short."),
    DATABASE_DAMAGED(
            NOT_TRUSTED, "The database contradicts itself.", "Bring the whole data folder back from a backup."),
    JOURNAL_DAMAGED(
            NOT_TRUSTED,
            "The journal and what is in the channels disagree.",
            "Find out who wrote to the database; bring the whole data folder back from a backup."),
    RECORD_DAMAGED(
            NOT_TRUSTED,
            "A stored record, a signature of it or trust metadata does not fit what it belongs to.",
            "Find out who wrote to the database; bring the whole data folder back from a backup."),
    INDEX_DAMAGED(
            NOT_TRUSTED,
            "A derived file is not what the database makes of it.",
            "bulla fsck --repair removes it, and the next start makes it anew."),
    INDEX_BEHIND(UNKNOWN, "A derived file is missing or not of the newest state.", "The next start makes it."),

    // --- the network and this machine
    SERVER_UNREACHABLE(
            UNKNOWN, "The server did not answer.", "Check --server and the network; nothing was decided about trust."),
    SERVER_ANSWER_BAD(
            UNKNOWN, "The server's answer is not what it must be.", "Check that the address is a Bulla server."),
    DISK_ERROR(UNKNOWN, "Reading or writing a local file failed.", "The detail names the file."),
    FILE_NOT_FOUND(USAGE, "There is no such file here.", "Check the path."),
    DATA_IN_USE(CONFLICT, "Another process uses this data folder.", "Stop it first; one server per folder."),
    PORT_IN_USE(CONFLICT, "Another program listens on this port.", "Choose one with --port."),
    CONFIRMATION_NEEDED(
            USAGE, "This asks before it acts and there is no terminal.", "Look at --dry-run, then add --yes."),
    SETUP_CONFLICT(CONFLICT, "Other settings are in the way.", "The detail names the file; --remove takes ours away.");

    private final Kind kind;
    private final String meaning;
    private final String cure;

    Code(Kind kind, String meaning, String cure) {
        this.kind = kind;
        this.meaning = meaning;
        this.cure = cure;
    }

    /** The code as people and programs see it: lower case, words joined by {@code _}. */
    public String text() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** What sort of answer it is. */
    public Kind kind() {
        return kind;
    }

    /** What it means, in one sentence. */
    public String meaning() {
        return meaning;
    }

    /** What to do about it. */
    public String cure() {
        return cure;
    }

    /** The code of this text, as {@link #text()} writes it. */
    public static Optional<Code> of(String text) {
        return Arrays.stream(values()).filter(code -> code.text().equals(text)).findFirst();
    }
}
