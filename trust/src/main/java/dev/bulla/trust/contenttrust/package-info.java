/**
 * conda content trust 0.6.0: who may say that a package record is genuine, as conda and as libmamba read it.
 *
 * <p>{@code N.root.json} names the root keys of version N + 1 and the key_mgr keys; {@code key_mgr.json} names the
 * pkg_mgr keys; these sign each record of {@code repodata.json}. Every file is an {@link
 * dev.bulla.trust.contenttrust.Envelope}: {@code {"signatures": {key: entry}, "signed": {…}}}. Start reading at {@link
 * dev.bulla.trust.contenttrust.TrustedRoles}, which believes these files in their legal order or throws a {@link
 * dev.bulla.trust.contenttrust.ContentTrustException} that names the rule; {@link
 * dev.bulla.trust.contenttrust.RoleEditor} and {@link dev.bulla.trust.contenttrust.RoleSigner} make them, {@link
 * dev.bulla.trust.contenttrust.RecordSignatures} signs records. What is accepted here, every known client accepts. The
 * formats, byte by byte: {@code docs/spec/content-trust.md}.
 */
@NullMarked
package dev.bulla.trust.contenttrust;

import org.jspecify.annotations.NullMarked;
