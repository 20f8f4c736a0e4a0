package dev.bulla.trust.contenttrust;

import dev.bulla.trust.contenttrust.ContentTrustException.Malformed;
import dev.bulla.trust.contenttrust.ContentTrustException.SpecVersionUnknown;
import dev.bulla.trust.contenttrust.ContentTrustException.WrongRole;
import dev.bulla.trust.json.Excerpt;
import dev.bulla.trust.json.JsonObject;
import dev.bulla.trust.json.JsonString;
import dev.bulla.trust.keys.PublicKey;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.Map;
import java.util.Set;

/**
 * The signed part of a root, key_mgr or pkg_mgr file, well-formed:
 *
 * <pre>{@code
 * {"delegations": {"pkg_mgr": {"pubkeys": ["<64 hex>"], "threshold": 1}}, "expiration": "2026-12-22T08:30:00Z",
 *  "metadata_spec_version": "0.6.0", "timestamp": "2026-11-22T08:30:00Z", "type": "key_mgr", "version": 1}
 * }</pre>
 *
 * All six members are required, as the strictest client does; others are kept, since they are signed.
 *
 * @param role who it speaks for
 * @param version from 1 up
 * @param validity {@code timestamp} and {@code expiration}
 * @param delegations to exactly the roles of {@link Role#delegates()}
 * @param json all of it, as it is signed
 */
public record RoleMetadata(
        Role role, int version, Validity validity, Map<Role, Delegation> delegations, JsonObject json) {
    /** The specification version that every file names. libmamba wants the same text in all of them. */
    public static final String SPEC_VERSION = "0.6.0";

    private static final Set<String> DELEGATION_MEMBERS = Set.of("pubkeys", "threshold");

    /**
     * Checks and copies.
     *
     * @throws IllegalArgumentException when the version is below 1 or the delegations are not those of the role
     */
    public RoleMetadata {
        delegations = Map.copyOf(delegations);
        if (version < 1) {
            throw new IllegalArgumentException("version " + version + ", expected from 1 up");
        }
        if (!delegations.keySet().equals(role.delegates())) {
            throw new IllegalArgumentException(role + " delegates to " + role.delegates());
        }
    }

    /**
     * Reads the signed part of an envelope.
     *
     * @throws WrongRole when it is metadata of another role
     * @throws SpecVersionUnknown when it is of another specification version
     * @throws Malformed when it is not as above
     */
    static RoleMetadata parse(Role role, Envelope envelope) {
        var fields = new Fields(Excerpt.of(envelope.fileName()), envelope.signed());
        requireRole(role, fields);
        requireSpecVersion(fields);
        var timestamp = fields.parsed("timestamp", UtcSeconds::parse);
        var expiration = fields.parsed("expiration", UtcSeconds::parse);
        var validity = fields.legal("validity", () -> new Validity(timestamp, expiration));
        return new RoleMetadata(
                role, fields.positive("version"), validity, delegations(role, fields), envelope.signed());
    }

    private static void requireRole(Role role, Fields fields) {
        var type = fields.text("type");
        if (!type.equals(role.text())) {
            throw new WrongRole(fields.what(), "is of type \"" + Excerpt.of(type) + "\", expected \"" + role + "\"");
        }
    }

    private static void requireSpecVersion(Fields fields) {
        var version = fields.text("metadata_spec_version");
        if (!version.equals(SPEC_VERSION)) {
            throw new SpecVersionUnknown(
                    fields.what(), "metadata_spec_version " + Excerpt.of(version) + ", expected " + SPEC_VERSION);
        }
    }

    private static Map<Role, Delegation> delegations(Role role, Fields fields) {
        var given = fields.object("delegations");
        var delegations = new EnumMap<Role, Delegation>(Role.class);
        for (var delegate : role.delegates()) {
            delegations.put(delegate, delegation(given.object(delegate.text())));
        }
        if (given.object().members().size() != delegations.size()) {
            throw new Malformed(given.what(), "delegates to others than " + role.delegates());
        }
        return delegations;
    }

    private static Delegation delegation(Fields fields) {
        if (!fields.object().members().keySet().equals(DELEGATION_MEMBERS)) {
            throw new Malformed(fields.what(), "exactly \"pubkeys\" and \"threshold\" expected");
        }
        var keys = new ArrayList<PublicKey>();
        for (var key : fields.array("pubkeys").elements()) {
            if (!(key instanceof JsonString hex)) {
                throw new Malformed(fields.what(), "a key is no string");
            }
            keys.add(fields.legal("a key", () -> PublicKey.parse(hex.value())));
        }
        var threshold = fields.positive("threshold");
        return fields.legal("the delegation", () -> new Delegation(keys, threshold));
    }

    /**
     * Whom it trusts for this role.
     *
     * @throws IllegalArgumentException when this role has no say about that one
     */
    public Delegation delegation(Role delegate) {
        var delegation = delegations.get(delegate);
        if (delegation == null) {
            throw new IllegalArgumentException(role + " does not delegate to " + delegate);
        }
        return delegation;
    }

    /** The name under which it is published. */
    public String fileName() {
        return role.fileName(version);
    }
}
