package dev.bulla.trust.contenttrust;

import dev.bulla.trust.json.JsonNumber;
import dev.bulla.trust.json.JsonObject;
import dev.bulla.trust.json.JsonString;
import java.util.Map;

/** Makes metadata that nobody has signed yet; {@link RoleSigner} signs it. Stateless. */
public final class RoleEditor {
    private RoleEditor() {}

    /** A root of this version, with its own keys and those of key_mgr. */
    public static RoleMetadata root(int version, Validity validity, Delegation root, Delegation keyMgr) {
        return metadata(Role.ROOT, version, validity, Map.of(Role.ROOT, root, Role.KEY_MGR, keyMgr));
    }

    /** A key_mgr of this version, with the keys that sign packages. */
    public static RoleMetadata keyMgr(int version, Validity validity, Delegation pkgMgr) {
        return metadata(Role.KEY_MGR, version, validity, Map.of(Role.PKG_MGR, pkgMgr));
    }

    /** A pkg_mgr of this version, which libmamba wants to see fresh. */
    public static RoleMetadata pkgMgr(int version, Validity validity) {
        return metadata(Role.PKG_MGR, version, validity, Map.of());
    }

    /** The same keys, one version further, valid anew. Members that are unknown here stay as they are. */
    public static RoleMetadata renewed(RoleMetadata before, Validity validity) {
        var version = Math.incrementExact(before.version());
        var json = before.json()
                .with("expiration", new JsonString(UtcSeconds.format(validity.expiration())))
                .with("timestamp", new JsonString(UtcSeconds.format(validity.timestamp())))
                .with("version", JsonNumber.of(version));
        return new RoleMetadata(before.role(), version, validity, before.delegations(), json);
    }

    private static RoleMetadata metadata(Role role, int version, Validity validity, Map<Role, Delegation> delegations) {
        var delegates = JsonObject.builder();
        delegations.forEach((delegate, delegation) -> delegates.put(delegate.text(), delegation.json()));
        var json = JsonObject.builder()
                .put("delegations", delegates.build())
                .put("expiration", UtcSeconds.format(validity.expiration()))
                .put("metadata_spec_version", RoleMetadata.SPEC_VERSION)
                .put("timestamp", UtcSeconds.format(validity.timestamp()))
                .put("type", role.text())
                .put("version", version)
                .build();
        return new RoleMetadata(role, version, validity, delegations, json);
    }
}
