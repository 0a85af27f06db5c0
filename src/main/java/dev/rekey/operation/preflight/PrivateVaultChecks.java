package dev.rekey.operation.preflight;

import dev.rekey.operation.KmsSettings;
import java.util.List;
import java.util.Optional;

/** What a private vault needs, and what a vault's mode allows. */
final class PrivateVaultChecks {
  private PrivateVaultChecks() {}

  static Optional<Answer> named(Question question) {
    if (!question.isPrivate()) {
      return Optional.empty();
    }
    String host = Commands.host(question);
    Expectation named =
        new Expectation(
            "keyVaultResourceId names the vault of the key",
            Commands.aks(
                question,
                "update",
                "--enable-azure-keyvault-kms --azure-keyvault-kms-key-id "
                    + question.change().serving().key()
                    + " --azure-keyvault-kms-key-vault-network-access Private"
                    + " --azure-keyvault-kms-key-vault-resource-id "
                    + Commands.vaultId(question, host)),
            "az keyvault show --query id --name " + Commands.name(host),
            Documented.KMS_PRIVATE);
    String id = question.change().serving().vaultResourceId();
    if (id == null || id.isBlank()) {
      return named.failed("no keyVaultResourceId");
    }
    return named.judge(
        question.seen().vault(host).setup(),
        vault -> {
          boolean same = id.equalsIgnoreCase(vault.resourceId()) && host.equals(vault.host());
          return named.passedIf(same, id);
        });
  }

  static Optional<Answer> reachedFromApiServers(Question question) {
    if (!question.isPrivate()) {
      return Optional.empty();
    }
    Expectation integrated =
        new Expectation(
            "API Server VNet Integration, without which nothing reaches a private vault",
            Commands.aks(
                question,
                "update",
                "--enable-apiserver-vnet-integration --apiserver-subnet-id <subnet id>"),
            Commands.show(question, "apiServerAccessProfile"),
            Documented.VNET_INTEGRATION);
    return integrated
        .judge(
            question.cluster().map(ClusterSetup::apiServer),
            access ->
                integrated.passedIf(
                    access.vnetIntegration(),
                    access.vnetIntegration() ? "API Server VNet Integration" : "Konnectivity"))
        .map(answer -> question.change().turnsOff() ? answer.orWarning() : answer);
  }

  static Optional<Answer> modeKept(Question question) {
    KmsSettings from = question.change().from();
    KmsSettings to = question.change().to();
    if (!question.change().keepsVault()) {
      return Optional.empty();
    }
    Expectation kept =
        new Expectation(
            "the mode of the attached vault stays as it is while KMS is on",
            "rekey change-vault-access",
            Commands.show(question, "securityProfile.azureKeyVaultKms"),
            Documented.KMS_LIMITATIONS);
    return kept.passedIf(
        from.access() == to.access(), from.access().token() + " to " + to.access().token());
  }

  /** Where the vault is attached already; for another one AKS makes the connection itself. */
  static Optional<Answer> connected(Question question) {
    Change change = question.change();
    boolean attached =
        question.isPrivate()
            && change.from().isOn()
            && (change.keepsVault() || !change.to().isOn());
    if (!attached) {
      return Optional.empty();
    }
    Expectation approved =
        new Expectation(
            "an approved private endpoint connection to the vault",
            "az network private-endpoint-connection approve --id <connection id>",
            "az network private-endpoint-connection list --id "
                + Commands.vaultId(question, Commands.host(question)),
            Documented.PRIVATE_LINK);
    return approved.judge(
        question.seen().vault(Commands.host(question)).setup().map(VaultSetup::connections),
        connections -> judge(approved, connections));
  }

  private static Optional<Answer> judge(Expectation approved, List<PrivateConnection> all) {
    long good = all.stream().filter(PrivateConnection::isApproved).count();
    return approved.passedIf(good > 0, good + " of " + all.size() + " connections approved");
  }
}
