package dev.rekey.operation.recipe;

/** The beginning of the script: what it is, why in this order, and its variables. */
final class ScriptHead {
  private static final String WHAT_IT_IS =
      """
      #!/usr/bin/env bash
      #
      # A new AKS cluster that encrypts its Secrets with a key of yours: %s.
      # Printed by rekey plan enable --new, which has contacted nothing and changed nothing. Read it, then run
      # it with bash. The same as Bicep: add --bicep.
      #
      # It needs the Azure CLI (its options are those of 2.91), signed in by az login as someone who may make
      # these resources and assign roles: Owner, or Contributor and User Access Administrator.
      # It stops at the first error. Then mend what it names and go on by hand from that command: started again
      # as a whole it stops at the vault, which is there already.
      #
      # Why in this order:
      # - The identity and its rights come before the cluster. AKS takes no system-assigned identity for KMS:
      #   that would be there only once the cluster is.
      """;

  private static final String PUBLIC_ORDER =
      """
      # - AKS tries the identity's rights when the cluster is made, and refuses it where they are missing
      #   (AzureKeyVaultKmsValidateIdentityPermissionCustomerError).
      """;

  private static final String PRIVATE_ORDER =
      """
      # - The key is made before public access to the vault is disabled. Afterwards keys can be made and read
      #   only from a network with a private endpoint to the vault, or through Azure Resource Manager, as the
      #   Bicep does: take that where a policy forbids a vault that is open even for a minute.
      # - AKS can't try the identity's rights on a private vault. So they are given, and given time, before the
      #   cluster is made.
      """;

  private static final String LIFE =
      """
      #
      # The key: the vault makes a new version every %d days, and each expires after %d. AKS needs the
      # current and the previous version, so each has to outlive two rotations; %d days are left for one that
      # comes late. No cluster takes a new version by itself: Rekey's function app gives it, or a person. The
      # version in use must never expire.
      set -euo pipefail

      """;

  private static final String VARIABLES =
      """
      CLUSTER='%s'
      RESOURCE_GROUP='%s'
      LOCATION='%s'
      VAULT='%s'
      KEY='%s'
      IDENTITY='%s'

      say() { printf '\\n== %%s\\n' "$*"; }
      """;

  private ScriptHead() {}

  static String of(NewCluster wanted) {
    return WHAT_IT_IS.formatted(wanted.title())
        + (wanted.isPrivate() ? PRIVATE_ORDER : PUBLIC_ORDER)
        + life(wanted.life())
        + variables(wanted.names());
  }

  private static String life(KeyLife life) {
    return LIFE.formatted(life.rotateAfterDays(), life.expireAfterDays(), life.marginDays());
  }

  /** Single quotes suffice: no name that is let through holds one. */
  private static String variables(Names names) {
    return VARIABLES.formatted(
        names.cluster(),
        names.resourceGroup(),
        names.location(),
        names.vault(),
        names.key(),
        names.identity());
  }
}
