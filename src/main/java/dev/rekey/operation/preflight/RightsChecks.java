package dev.rekey.operation.preflight;

import static java.util.stream.Collectors.joining;

import dev.rekey.operation.Openness;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What Rekey itself must be allowed: ARM refuses an update for a right on what it links to, too.
 */
final class RightsChecks {
  private static final String CLUSTER = "Microsoft.ContainerService/managedClusters/";
  private static final String ASSIGN =
      "Microsoft.ManagedIdentity/userAssignedIdentities/assign/action";
  private static final String JOIN = "Microsoft.Network/virtualNetworks/subnets/join/action";
  private static final String CONNECT =
      "Microsoft.KeyVault/vaults/PrivateEndpointConnectionsApproval/action";

  private static final String CHANGE = "Microsoft.KeyVault/vaults/write";

  private RightsChecks() {}

  static Optional<Answer> update(Question question) {
    return onCluster(
        question,
        cluster ->
            Reading.of(
                Stream.of("read", "write", "listClusterUserCredential/action")
                    .map(action -> new Right(CLUSTER + action, cluster.resourceId()))
                    .toList()));
  }

  /** Nothing of a change that a person asks for hangs on it, so it warns. */
  static Optional<Answer> readMaintenance(Question question) {
    return onCluster(
            question,
            cluster ->
                Reading.of(
                    List.of(
                        new Right(
                            CLUSTER + "maintenanceConfigurations/read", cluster.resourceId()))))
        .map(
            answer ->
                answer.orWarning("Rekey begins no rotation by itself but by the tag rekey-window"));
  }

  static Optional<Answer> assign(Question question) {
    return onCluster(question, cluster -> identities(cluster.identity()));
  }

  private static Reading<List<Right>> identities(ClusterIdentity identity) {
    return identity.type() == null
        ? Reading.unread("it doesn't show its identity")
        : Reading.of(
            identity.userAssigned().stream()
                .map(each -> new Right(ASSIGN, each.resourceId()))
                .toList());
  }

  static Optional<Answer> join(Question question) {
    return onCluster(
        question, cluster -> Reading.of(subnets(cluster).map(id -> new Right(JOIN, id)).toList()));
  }

  private static Stream<String> subnets(ClusterSetup cluster) {
    return Stream.concat(
            Stream.ofNullable(cluster.apiServer().subnetId()),
            cluster.pools().stream().map(AgentPool::subnetId).filter(Objects::nonNull))
        .distinct();
  }

  /** Not documented to be asked of whoever updates, so it warns. */
  static Optional<Answer> connect(Question question) {
    if (!question.isPrivate() || !question.change().to().isOn()) {
      return Optional.empty();
    }
    String host = Commands.host(question);
    Right right = new Right(CONNECT, Commands.vaultId(question, host));
    Expectation held = expectation(List.of(right), List.of(right));
    return held.judge(
        question.seen().vault(host).ownRights(),
        permissions ->
            isHeld(permissions, right)
                ? held.passed("held")
                : held.warned(
                    "missing: " + right + "; ARM may ask it of who names a private vault"));
  }

  /** KMS is off when it shows otherwise. */
  static Optional<Answer> changeVault(Question question) {
    if (!question.change().changesVault()) {
      return Optional.empty();
    }
    String host = Commands.host(question);
    Right right = new Right(CHANGE, Commands.vaultId(question, host));
    Expectation held = expectation(List.of(right), List.of(right));
    if (isSoAlready(question, host)) {
      return held.passed("the vault is as it shall be already");
    }
    return held.judge(
        question.seen().vault(host).ownRights(),
        permissions ->
            isHeld(permissions, right)
                ? held.passed("held")
                : held.failed("missing: " + sentence(List.of(right))));
  }

  private static boolean isSoAlready(Question question, String host) {
    Openness wanted = question.isPrivate() ? Openness.CLOSED : Openness.ALL_NETWORKS;
    return question
        .seen()
        .vault(host)
        .setup()
        .known()
        .map(VaultSetup::openness)
        .filter(wanted::equals)
        .isPresent();
  }

  static Optional<Answer> readKeys(Question question) {
    return question.seen().keys().stream()
        .flatMap(key -> readKey(question, key).stream())
        .min(Comparator.comparing(answer -> answer.verdict() == Verdict.PASSED));
  }

  private static Optional<Answer> readKey(Question question, KeySide key) {
    String host = key.key().vaultHost();
    Right right =
        new Right("Microsoft.KeyVault/vaults/keys/read", Commands.vaultId(question, host));
    Expectation held =
        new Expectation(
            "the right " + right,
            KeyUse.isByPolicy(question, host)
                ? Commands.setPolicy(host, Commands.REKEY, "get list getrotationpolicy")
                : Commands.grantRekey(right),
            Commands.versions(key.key()),
            Documented.VAULT_ROLES);
    boolean refused =
        key.versions() instanceof Reading.Unread<?> unread && unread.missing() != null;
    return refused
        ? held.failed(((Reading.Unread<?>) key.versions()).why())
        : held.judge(key.versions(), versions -> held.passed("they were read"));
  }

  /** Names the rights that a cluster asks for. */
  @FunctionalInterface
  private interface Needed {
    Reading<List<Right>> of(ClusterSetup cluster);
  }

  private static Optional<Answer> onCluster(Question question, Needed needed) {
    Expectation any =
        new Expectation(
            "the rights that an update of the cluster takes",
            Commands.show(question, "id"),
            Commands.show(question, "id"),
            Documented.ROLE_ASSIGNMENTS);
    return any.judge(
        question.cluster().then(needed::of),
        rights -> rights.isEmpty() ? any.passed("none is asked for") : judge(question, rights));
  }

  private static Optional<Answer> judge(Question question, List<Right> rights) {
    ClusterSide cluster = question.seen().cluster();
    for (Right right : rights) {
      Reading<List<Permission>> own = cluster.ownRightsOn(right.scope());
      if (own.known().isEmpty()) {
        Expectation held = expectation(rights, List.of(right));
        return held.judge(own, never -> held.cannotTell("it was not read"));
      }
    }
    List<Right> missing =
        rights.stream()
            .filter(
                right -> !isHeld(cluster.ownRightsOn(right.scope()).known().orElseThrow(), right))
            .toList();
    return missing.isEmpty()
        ? expectation(rights, rights).passed("held")
        : expectation(rights, missing).failed("missing: " + sentence(missing));
  }

  private static Expectation expectation(List<Right> needed, List<Right> missing) {
    return new Expectation(
        "the right " + sentence(needed),
        grants(missing),
        Commands.showRoles(Commands.REKEY, missing.get(0).scope()),
        Documented.ROLE_ASSIGNMENTS);
  }

  private static String grants(List<Right> missing) {
    return missing.stream().map(Commands::grantRekey).distinct().collect(joining(" && "));
  }

  private static String sentence(List<Right> rights) {
    return String.join("; ", rights.stream().map(Right::toString).toList());
  }

  private static boolean isHeld(List<Permission> permissions, Right right) {
    return permissions.stream().anyMatch(permission -> permission.allows(right.action()));
  }
}
