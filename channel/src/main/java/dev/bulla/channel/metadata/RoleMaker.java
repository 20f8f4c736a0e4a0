package dev.bulla.channel.metadata;

import dev.bulla.trust.contenttrust.Delegation;
import dev.bulla.trust.contenttrust.Role;
import dev.bulla.trust.contenttrust.RoleEditor;
import dev.bulla.trust.contenttrust.RoleMetadata;
import dev.bulla.trust.contenttrust.RoleSigner;
import dev.bulla.trust.contenttrust.SignedRole;
import dev.bulla.trust.contenttrust.Validity;
import dev.bulla.trust.json.Dialect;
import dev.bulla.trust.keys.SigningKey;
import java.util.List;

/** Makes and signs the files of one channel's roles. */
record RoleMaker(OnlineKeys keys) {
    /** A file that the server renews by itself: of a view, and of a role. */
    record Renewable(View view, Role role) {}

    /** All files that the server renews. conda has no pkg_mgr file. */
    static final List<Renewable> RENEWABLE = List.of(
            new Renewable(View.CONDA, Role.KEY_MGR),
            new Renewable(View.LIBMAMBA, Role.KEY_MGR),
            new Renewable(View.LIBMAMBA, Role.PKG_MGR));

    SignedRole firstRoot(SigningKey rootKey, Validity validity) {
        var root = RoleEditor.root(
                1,
                validity,
                Delegation.of(rootKey.publicKey()),
                Delegation.of(keys.keyMgr().publicKey()));
        return RoleSigner.sign(root, validity.timestamp(), List.of(rootKey));
    }

    SignedRole make(Renewable file, int version, Validity validity) {
        if (file.role() == Role.PKG_MGR) {
            return sign(RoleEditor.pkgMgr(version, validity), keys.packages(Dialect.LIBMAMBA));
        }
        var packages = keys.packages(dialect(file.view())).publicKey();
        return sign(RoleEditor.keyMgr(version, validity, Delegation.of(packages)), keys.keyMgr());
    }

    private static SignedRole sign(RoleMetadata metadata, SigningKey key) {
        return RoleSigner.sign(metadata, metadata.validity().timestamp(), List.of(key));
    }

    private static Dialect dialect(View view) {
        return switch (view) {
            case CONDA -> Dialect.CONDA;
            case LIBMAMBA -> Dialect.LIBMAMBA;
            case BOTH -> throw new IllegalArgumentException("roots are not renewed here");
        };
    }
}
