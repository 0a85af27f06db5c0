package dev.rekey.operation.recipe;

import dev.rekey.operation.NetworkAccess;

/** The four cases of AKS' page, each with the usual names. */
final class Wanted {
  static final NewCluster PUBLIC_RBAC = of(NetworkAccess.PUBLIC, VaultRights.RBAC);
  static final NewCluster PUBLIC_POLICIES = of(NetworkAccess.PUBLIC, VaultRights.POLICIES);
  static final NewCluster PRIVATE_RBAC = of(NetworkAccess.PRIVATE, VaultRights.RBAC);
  static final NewCluster PRIVATE_POLICIES = of(NetworkAccess.PRIVATE, VaultRights.POLICIES);

  private Wanted() {}

  private static NewCluster of(NetworkAccess access, VaultRights rights) {
    return new NewCluster(Names.of("prod", "westeurope"), access, rights, KeyLife.DEFAULT);
  }
}
