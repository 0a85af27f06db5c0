package dev.rekey.operation.preflight;

import dev.rekey.key.KeyId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Whether the cluster's identity may encrypt and decrypt with a key, by role or access policy. */
final class KeyUse {
  private static final List<String> OPERATIONS = List.of("encrypt", "decrypt");

  private KeyUse() {}

  static Optional<Answer> judge(Question question, KeyId key) {
    String host = key.key().vaultHost();
    VaultSide vault = question.seen().vault(host);
    Expectation allowed = expectation(question, host);
    if (question.seen().cluster().principals().isEmpty()) {
      return allowed.cannotTell("the cluster's identity could not be read");
    }
    Reading<VaultSetup> setup = vault.setup();
    return allowed.judge(
        setup.member("whether roles or access policies decide", VaultSetup::rbac),
        rbac ->
            allowed.judge(
                setup,
                shown ->
                    rbac
                        ? allowed.judge(
                            vault.grants(), grants -> byRole(question, key, shown, grants))
                        : byPolicy(question, host, shown)));
  }

  private static Expectation expectation(Question question, String host) {
    boolean byPolicy = isByPolicy(question, host);
    String principal = principal(question);
    String vaultId = Commands.vaultId(question, host);
    return new Expectation(
        "encrypt and decrypt with the vault's keys for the cluster's identity",
        byPolicy
            ? Commands.setPolicy(host, principal, "decrypt encrypt")
            : Commands.grantIdentity(principal, "Key Vault Crypto User", vaultId),
        byPolicy
            ? Commands.showVault(host, "accessPolicies")
            : Commands.showRoles(principal, vaultId),
        Documented.KMS);
  }

  /** Whether a vault's access policies decide who may use its keys. */
  static boolean isByPolicy(Question question, String host) {
    return question
        .seen()
        .vault(host)
        .setup()
        .known()
        .map(VaultSetup::rbac)
        .equals(Optional.of(false));
  }

  /** Whom a role would be assigned to. */
  static String principal(Question question) {
    List<String> all = question.seen().cluster().principals();
    return all.isEmpty() ? "<principal id of the cluster's identity>" : all.get(0);
  }

  private static Optional<Answer> byRole(
      Question question, KeyId key, VaultSetup vault, List<RoleGrant> grants) {
    Expectation allowed = expectation(question, key.key().vaultHost());
    String resource = vault.resourceId() + "/keys/" + key.key().name();
    List<String> missing = new ArrayList<>();
    boolean perhaps = false;
    for (String operation : OPERATIONS) {
      String action = "Microsoft.KeyVault/vaults/keys/" + operation + "/action";
      GrantedAction.Given given = GrantedAction.onContent(action).by(grants, resource);
      perhaps |= given == GrantedAction.Given.PERHAPS;
      if (given == GrantedAction.Given.NO) {
        missing.add(action);
      }
    }
    if (!missing.isEmpty()) {
      return allowed.failed("missing: " + String.join(", ", missing) + " on " + vault.resourceId());
    }
    return perhaps
        ? allowed.cannotTell("a role that may hold it could not be read or judged")
        : allowed.passed("a role holds both" + unseenByAks(question));
  }

  /**
   * A policy may name a group that the identity is in, which nothing here tells: then another
   * policy that permits both leaves it open.
   */
  private static Optional<Answer> byPolicy(Question question, String host, VaultSetup vault) {
    Expectation allowed = expectation(question, host);
    List<String> principals = question.seen().cluster().principals();
    List<AccessPolicy> own =
        vault.policies().stream().filter(policy -> isOf(policy, principals)).toList();
    List<String> missing =
        OPERATIONS.stream()
            .filter(operation -> own.stream().noneMatch(policy -> policy.permits(operation)))
            .toList();
    if (missing.isEmpty()) {
      return allowed.passed("an access policy permits both" + unseenByAks(question));
    }
    boolean maybeOfGroup =
        vault.policies().stream().anyMatch(policy -> OPERATIONS.stream().allMatch(policy::permits));
    return maybeOfGroup
        ? allowed.cannotTell("no access policy names the identity, one of a group's isn't seen")
        : allowed.failed("no access policy permits " + String.join(" and ", missing));
  }

  private static boolean isOf(AccessPolicy policy, List<String> principals) {
    return principals.stream().anyMatch(policy.principalId()::equalsIgnoreCase);
  }

  private static String unseenByAks(Question question) {
    return question.isPrivate() ? "; AKS itself can't verify it for a private vault" : "";
  }
}
