package dev.rekey.operation.preflight;

import java.util.Optional;

/** Whether Rekey reaches whom it needs from where it runs. */
final class ReachChecks {
  private ReachChecks() {}

  static Optional<Answer> arm(Question question) {
    return judge(
        question.seen().reach().arm(),
        new Expectation(
            "Azure Resource Manager answers",
            "az account show",
            "az account show",
            Documented.ROLE_ASSIGNMENTS),
        "");
  }

  static Optional<Answer> vault(Question question) {
    if (!question.change().serving().isOn()) {
      return Optional.empty();
    }
    return judge(
        question.seen().reach().vault(),
        new Expectation(
            "the vault answers Rekey; a private one only where its network is reached",
            question.isPrivate()
                ? "az network private-endpoint create --connection-name rekey --name rekey"
                    + " --resource-group <group> --subnet <subnet id of Rekey> --group-id vault"
                    + " --private-connection-resource-id "
                    + Commands.vaultId(question, Commands.host(question))
                : Commands.vault(
                    question, "--public-network-access Enabled --default-action Allow"),
            Commands.showVault(Commands.host(question), "[publicNetworkAccess,networkAcls]"),
            Documented.VAULT_NETWORK),
        "");
  }

  static Optional<Answer> apiServerAccess(Question question) {
    Expectation allowed =
        new Expectation(
            "list and patch of Secrets, list of namespaces and leases, and the metrics",
            "kubectl create clusterrolebinding rekey --clusterrole <role that holds them>"
                + " --user \"$REKEY_PRINCIPAL_ID\"",
            "kubectl auth can-i --list --as \"$REKEY_PRINCIPAL_ID\"",
            Documented.CLUSTER_ACCESS);
    Reach.Contact contact = question.seen().reach().apiServer();
    return switch (contact.state()) {
      case ANSWERED -> allowed.passed("each was tried");
      case REFUSED -> allowed.failed(contact.sentence());
      case UNUSABLE -> counters().failed(contact.sentence());
      case SILENT, NOT_TRIED -> allowed.cannotTell(contact.sentence());
    };
  }

  private static Expectation counters() {
    String look = "kubectl get --raw /metrics | grep apiserver_envelope_encryption";
    return new Expectation(
        "counters that tell under which key each Secret lies", look, look, Documented.KMS);
  }

  static Optional<Answer> apiServer(Question question) {
    Optional<ApiServerAccess> access = question.cluster().known().map(ClusterSetup::apiServer);
    boolean isPrivate = access.filter(ApiServerAccess::privateCluster).isPresent();
    String remedy =
        isPrivate
            ? "az network vnet peering create --name rekey --resource-group <group> --vnet-name"
                + " <network of Rekey> --remote-vnet <network of the cluster> --allow-vnet-access"
            : Commands.aks(
                question,
                "update",
                "--api-server-authorized-ip-ranges <ranges so far>,<Rekey's address>/32");
    Reach.Contact contact = question.seen().reach().apiServer();
    boolean refused =
        contact.state() == Reach.State.REFUSED || contact.state() == Reach.State.UNUSABLE;
    return judge(
        refused ? Reach.Contact.ANSWERED : contact,
        new Expectation(
            "the API server answers Rekey",
            remedy,
            Commands.show(question, "apiServerAccessProfile"),
            Documented.AUTHORIZED_RANGES),
        access.map(ReachChecks::restrictions).orElse(""));
  }

  private static String restrictions(ApiServerAccess access) {
    if (access.privateCluster()) {
      return "; the cluster is private";
    }
    return access.authorizedRanges().isEmpty()
        ? ""
        : "; it takes requests from " + String.join(", ", access.authorizedRanges()) + " only";
  }

  private static Optional<Answer> judge(
      Reach.Contact contact, Expectation answers, String besides) {
    String seen = contact.sentence() + besides;
    return switch (contact.state()) {
      case ANSWERED, UNUSABLE -> answers.passed(seen);
      // a firewall refuses as a missing right does
      case REFUSED -> answers.cannotTell(seen);
      case SILENT -> answers.failed(seen);
      case NOT_TRIED -> answers.cannotTell(seen);
    };
  }
}
