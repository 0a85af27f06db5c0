package dev.rekey.operation.preflight;

import dev.rekey.operation.KmsSettings;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * What must hold before KMS is changed on a cluster. All checks are made at once, so that a person
 * sees everything that is wrong, and not one thing after another. A check that a change doesn't
 * concern gives no finding.
 */
public final class Preflight {

  /**
   * One check.
   *
   * @param token stable, users see it and alerts match it
   * @param sentence what holds where it passes
   * @param answer empty if the change doesn't concern it
   */
  private record Check(
      String token, String sentence, Function<Question, Optional<Answer>> answer) {}

  private static final List<Check> CHECKS =
      List.of(
          // an update on top of a failed one hides which of the two moved the key
          new Check(
              "provisioning-succeeded",
              "the cluster's last change has succeeded",
              ClusterChecks::provisioned),
          // ARM takes one operation at a time and answers 409 to the next
          new Check(
              "no-operation-in-progress", "no operation of AKS is under way", ClusterChecks::idle),
          // a stopped cluster has no API server that could rewrite a Secret
          new Check("cluster-running", "the cluster is running", ClusterChecks::running),
          // KMS v1 shows no key id: nothing could be proved
          new Check("kms-v2", "KMS v2 serves the cluster", ClusterChecks::kmsV2),
          // AKS rotates such a key itself, and would fight whoever rotates too
          new Check(
              "versioned-key-experience",
              "the cluster is on the experience that Rekey changes",
              ClusterChecks::versionedKey),
          // somebody else has changed the cluster since the plan was made
          new Check(
              "settings-as-expected",
              "the cluster is told of KMS what the change starts from",
              ClusterChecks::asExpected),
          // AKS supports no more with KMS v1
          new Check(
              "secrets-within-kms-v1-limit",
              "the cluster has no more Secrets than KMS v1 supports",
              ClusterChecks::withinLimitOfV1),
          // with every node gone the API server loses its way to the vault for good
          new Check(
              "system-nodes-present",
              "the node pools were not scaled to zero through their scale sets",
              NodeChecks::present),

          // a system-assigned identity exists only after the cluster, too late for its vault
          new Check(
              "user-assigned-identity",
              "the cluster has a user-assigned identity",
              IdentityChecks::userAssigned),
          // without its identity the plugin gets no token, and no Secret is readable
          new Check("identity-exists", "the cluster's identity exists", IdentityChecks::exists),
          // the API servers would come up unready under the new key
          new Check(
              "identity-may-use-key",
              "the cluster's identity may encrypt and decrypt with the key",
              IdentityChecks::mayUseKey),
          // the key so far stays in the previous slot, and is used with every health check
          new Check(
              "identity-may-use-key-so-far",
              "the cluster's identity may encrypt and decrypt with the key so far",
              IdentityChecks::mayUseKeySoFar),
          // the private endpoint that AKS makes would stay pending
          new Check(
              "identity-may-connect-vault",
              "the cluster's identity may connect a private endpoint to the vault",
              IdentityChecks::mayConnect),

          // who deletes the vault takes every Secret along
          new Check("vault-exists", "the vault is there", VaultChecks::exists),
          // AKS doesn't support a vault of another tenant
          new Check(
              "vault-in-same-tenant",
              "the vault is of the cluster's tenant",
              VaultChecks::sameTenant),
          // a firewall blocks the plugin, and no Secret is readable
          new Check(
              "vault-open-to-api-servers",
              "the public vault lets the API servers in",
              VaultChecks::openToApiServers),
          // a vault that is open all the same isn't what its mode says
          new Check(
              "vault-closed-when-private",
              "the private vault is closed to the public",
              VaultChecks::closedIfPrivate),
          // AKS refuses a private vault without it
          new Check(
              "vault-resource-id-named",
              "keyVaultResourceId names the key's vault",
              PrivateVaultChecks::named),
          // Konnectivity doesn't reach a private vault
          new Check(
              "api-server-vnet-integration",
              "the API servers reach the private vault",
              PrivateVaultChecks::reachedFromApiServers),
          // AKS doesn't support to change it while KMS is on
          new Check(
              "vault-mode-kept",
              "the mode of the attached vault is kept",
              PrivateVaultChecks::modeKept),
          // a connection that somebody rejected cuts the plugin off at its next token or restart
          new Check(
              "private-endpoint-approved",
              "a private endpoint connects the cluster to the vault",
              PrivateVaultChecks::connected),
          // a deleted key could not be brought back, nor the Secrets under it
          new Check("vault-soft-delete", "the vault has soft delete", VaultChecks::softDelete),
          // what is deleted could be purged at once
          new Check(
              "vault-purge-protection",
              "the vault has purge protection",
              VaultChecks::purgeProtection),
          // advice: without it nobody can tell afterwards who used or changed the key
          new Check("vault-diagnostics", "the vault's audit events are kept", VaultChecks::logged),

          // a typing error in a version takes the cluster down
          new Check("target-key-found", "the vault has the key version", KeyChecks::found),
          // the plugin is refused by the vault
          new Check("target-key-enabled", "the key version is enabled", KeyChecks::enabled),
          // AKS supports RSA only
          new Check("target-key-type", "the key is an RSA key", KeyChecks::type),
          // the plugin calls both
          new Check(
              "target-key-operations",
              "the key version permits encrypt and decrypt",
              KeyChecks::operations),
          // an expired version makes every API server unready, and can't be rotated away from
          new Check(
              "target-key-validity",
              "the key version is within its dates, for long enough",
              KeyChecks::valid),
          // AKS refuses to rotate away from an unusable version
          new Check(
              "current-key-usable",
              "the version in the current slot can be used",
              SlotChecks::current),
          // the health check encrypts with it too, and unproved Secrets may need it
          new Check(
              "previous-key-usable",
              "the version in the previous slot can be used",
              SlotChecks::previous),
          // it would expire in the previous slot
          new Check(
              "key-outlives-two-rotations",
              "each version of the key outlives two rotations",
              LifetimeChecks::outlivesTwoRotations),

          // the update would be refused after everything was proved
          new Check(
              "own-right-to-update-cluster",
              "Rekey may read and update the cluster",
              RightsChecks::update),
          // advice: a window that can't be read holds whatever Rekey would begin by itself
          new Check(
              "own-right-to-read-maintenance",
              "Rekey may read the cluster's maintenance configurations",
              RightsChecks::readMaintenance),
          // linked access: ARM asks for it on every update of such a cluster
          new Check(
              "own-right-to-assign-identity",
              "Rekey may assign the cluster's identities",
              RightsChecks::assign),
          // linked access: so for every subnet that the body names
          new Check(
              "own-right-to-join-subnets",
              "Rekey may join the cluster's subnets",
              RightsChecks::join),
          // linked access: perhaps for the vault that the body names
          new Check(
              "own-right-to-connect-vault",
              "Rekey may connect a private endpoint to the vault",
              RightsChecks::connect),
          // change-vault-access would stall half way, with KMS off
          new Check(
              "own-right-to-change-vault",
              "Rekey may open or close the vault",
              RightsChecks::changeVault),
          // versions, dates and types could not be checked at all
          new Check(
              "own-right-to-read-keys",
              "Rekey may read the key's versions",
              RightsChecks::readKeys),

          // a pass would end at its first list or patch
          new Check(
              "own-rights-on-api-server",
              "Rekey may list and patch Secrets and read the counters",
              ReachChecks::apiServerAccess),

          // nothing works without it
          new Check("reaches-arm", "Rekey reaches Azure Resource Manager", ReachChecks::arm),
          // a firewall that lets the cluster in may keep Rekey out
          new Check("reaches-vault", "Rekey reaches the vault", ReachChecks::vault),
          // authorised address ranges and private clusters keep Rekey out
          new Check("reaches-api-server", "Rekey reaches the API server", ReachChecks::apiServer));

  /** What the change before a later one makes true of it, and {@code update-vault} in between. */
  private static final Set<String> BROUGHT_ABOUT =
      Set.of(
          "settings-as-expected",
          "vault-closed-when-private",
          "private-endpoint-approved",
          "reaches-vault");

  private static final Set<String> OF_API_SERVER =
      Set.of("own-rights-on-api-server", "reaches-api-server");

  private Preflight() {}

  /** The findings of every check that a change concerns, in the order of the list. */
  public static List<Finding> findings(Question question) {
    return findings(CHECKS.stream(), question);
  }

  /**
   * The findings of some checks.
   *
   * @param tokens which
   */
  public static List<Finding> findings(Question question, Set<String> tokens) {
    return findings(CHECKS.stream().filter(check -> tokens.contains(check.token())), question);
  }

  private static List<Finding> findings(Stream<Check> checks, Question question) {
    return checks.flatMap(check -> finding(check, question).stream()).toList();
  }

  /**
   * The findings of changes that are made one after another, such as by way of KMS being off. Each
   * is asked of what is there now, but a later one not for what an earlier one brings about. Of two
   * findings of one check the worse stands.
   */
  public static List<Finding> findings(List<Change> changes, Surroundings seen, Instant now) {
    Map<String, Finding> found = new LinkedHashMap<>();
    for (int number = 0; number < changes.size(); number++) {
      boolean later = number > 0;
      findings(new Question(changes.get(number), seen, now)).stream()
          .filter(finding -> !later || !BROUGHT_ABOUT.contains(finding.check()))
          .forEach(finding -> found.merge(finding.check(), finding, Finding::orWorse));
    }
    return List.copyOf(found.values());
  }

  /** The findings about an API server alone, where there is only a kubeconfig. */
  public static List<Finding> ofApiServer(Reach.Contact contact, Instant now) {
    Reading<Object> unread = Reading.unread("only a kubeconfig was given");
    Reach reach = new Reach(Reach.Contact.NOT_TRIED, Reach.Contact.NOT_TRIED, contact);
    Surroundings nothing =
        new Surroundings(
            ClusterSide.unread(unread), List.of(), List.of(), reach, ClusterSide.why(unread));
    Change none = new Change(KmsSettings.OFF, KmsSettings.OFF, null);
    return findings(new Question(none, nothing, now), OF_API_SERVER);
  }

  /** The tokens of all checks there are. */
  public static List<String> tokens() {
    return CHECKS.stream().map(Check::token).toList();
  }

  private static Optional<Finding> finding(Check check, Question question) {
    return check
        .answer()
        .apply(question)
        .map(answer -> answer.named(check.token(), check.sentence()));
  }
}
