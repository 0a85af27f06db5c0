package dev.rekey.operation.preflight;

import dev.rekey.key.KeyId;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** What the cluster's identity must be, and what it must be allowed. */
final class IdentityChecks {
  private static final String APPROVE =
      "Microsoft.KeyVault/vaults/PrivateEndpointConnectionsApproval/action";

  private IdentityChecks() {}

  static Optional<Answer> userAssigned(Question question) {
    Expectation ours =
        new Expectation(
            "a user-assigned managed identity",
            Commands.aks(
                question, "update", "--enable-managed-identity --assign-identity <identity id>"),
            Commands.show(question, "identity"),
            Documented.KMS_LIMITATIONS);
    return ours.judge(
            question
                .cluster()
                .map(ClusterSetup::identity)
                .member("its identity", ClusterIdentity::type),
            type ->
                switch (type) {
                  case USER_ASSIGNED -> ours.passed("a user-assigned managed identity");
                  case SYSTEM_ASSIGNED -> ours.failed("a system-assigned managed identity");
                  case NONE -> ours.failed("no managed identity");
                })
        .map(answer -> question.change().turnsOff() ? answer.orWarning() : answer);
  }

  static Optional<Answer> exists(Question question) {
    Expectation there =
        new Expectation(
            "the identity still exists",
            "az identity create --resource-group <group> --name <name> && "
                + Commands.aks(question, "update", "--assign-identity <identity id>"),
            Commands.show(question, "identity"),
            Documented.KMS_LIMITATIONS);
    List<Reading<AssignedIdentity>> all = question.seen().cluster().identities();
    return all.stream()
        .flatMap(each -> exists(there, each, question.seen().cluster().shown()).stream())
        .min(Comparator.comparing(IdentityChecks::isGood))
        .or(() -> there.cannotTell("no user-assigned identity was seen"));
  }

  private static Optional<Answer> exists(
      Expectation there, Reading<AssignedIdentity> reading, List<AssignedIdentity> shown) {
    if (reading instanceof Reading.Unread<AssignedIdentity> unread && unread.absent()) {
      return there.failed(unread.why());
    }
    return there.judge(
        reading.member("its principal", each -> each.principalId() == null ? null : each),
        identity ->
            shown.stream().anyMatch(identity::isOfSamePrincipal)
                ? there.passed("it exists")
                : there.failed("it was made anew under its old name, with another principal"));
  }

  private static boolean isGood(Answer answer) {
    return answer.verdict() == Verdict.PASSED;
  }

  static Optional<Answer> mayUseKey(Question question) {
    KeyId key = question.change().serving().key();
    return key == null ? Optional.empty() : KeyUse.judge(question, key);
  }

  /** Both slots are used with each health check, wherever their keys lie. */
  static Optional<Answer> mayUseKeySoFar(Question question) {
    KeyId before = question.change().from().key();
    KeyId after = question.change().to().key();
    boolean another = before != null && after != null && !before.isVersionOfSameKey(after);
    return another && before != null ? KeyUse.judge(question, before) : Optional.empty();
  }

  static Optional<Answer> mayConnect(Question question) {
    if (!question.isPrivate() || !question.change().to().isOn()) {
      return Optional.empty();
    }
    String host = Commands.host(question);
    String vaultId = Commands.vaultId(question, host);
    Expectation allowed =
        new Expectation(
            "the right " + APPROVE + " for the cluster's identity",
            Commands.grantIdentity(KeyUse.principal(question), "Key Vault Contributor", vaultId),
            Commands.showRoles(KeyUse.principal(question), vaultId),
            Documented.KMS_PRIVATE);
    // What is attached already is connected; a rotation within the vault makes no connection.
    return allowed
        .judge(
            question.seen().vault(host).setup(),
            vault ->
                allowed.judge(
                    question.seen().vault(host).grants(),
                    grants -> connect(allowed, GrantedAction.inArm(APPROVE), vault, grants)))
        .map(answer -> question.change().isAttached() ? answer.orWarning() : answer);
  }

  private static Optional<Answer> connect(
      Expectation allowed, GrantedAction approve, VaultSetup vault, List<RoleGrant> grants) {
    return switch (approve.by(grants, vault.resourceId())) {
      case YES -> allowed.passed("the identity may approve the private endpoint that AKS makes");
      case NO -> allowed.failed("no role of the identity on the vault holds it");
      case PERHAPS -> allowed.cannotTell("a role that may hold it could not be read or judged");
    };
  }
}
