package dev.rekey.operation.preflight;

import dev.rekey.operation.Openness;
import java.util.Optional;

/** What the vault must be like, whoever uses it. */
final class VaultChecks {
  private VaultChecks() {}

  private static VaultSide side(Question question) {
    return question.seen().vault(Commands.host(question));
  }

  private static Reading<VaultSetup> vault(Question question) {
    return side(question).setup();
  }

  private static String look(Question question, String query) {
    return Commands.showVault(Commands.host(question), query);
  }

  private static boolean isOff(Question question) {
    return !question.change().serving().isOn();
  }

  static Optional<Answer> exists(Question question) {
    if (isOff(question)) {
      return Optional.empty();
    }
    Expectation there =
        new Expectation(
            "the vault exists",
            "az keyvault recover --name " + Commands.vaultName(question),
            look(question, "provisioningState"),
            Documented.VAULT_RECOVERY);
    if (vault(question) instanceof Reading.Unread<VaultSetup> unread && unread.absent()) {
      return there.failed(unread.why());
    }
    return there.judge(vault(question), vault -> there.passed(vault.resourceId()));
  }

  static Optional<Answer> sameTenant(Question question) {
    if (isOff(question)) {
      return Optional.empty();
    }
    Expectation same =
        new Expectation(
            "the tenant of the cluster's subscription",
            "az keyvault create --name <vault> --resource-group <group>",
            look(question, "tenantId"),
            Documented.KMS_LIMITATIONS);
    return same.judge(
            question.seen().cluster().tenant(),
            own ->
                same.judge(
                    vault(question).member("its tenant", VaultSetup::tenant),
                    tenant -> same.passedIf(tenant.equalsIgnoreCase(own), "tenant " + tenant)))
        .map(answer -> question.change().turnsOff() ? answer.orWarning() : answer);
  }

  static Optional<Answer> softDelete(Question question) {
    if (isOff(question)) {
      return Optional.empty();
    }
    Expectation on =
        new Expectation(
            "soft delete on",
            "az resource update --set properties.enableSoftDelete=true --ids "
                + Commands.vaultId(question, Commands.host(question)),
            look(question, "enableSoftDelete"),
            Documented.VAULT_RECOVERY);
    return on.judge(
        vault(question).member("whether soft delete is on", VaultSetup::softDelete),
        soft -> soft ? on.passed("soft delete is on") : on.warned("soft delete is off"));
  }

  static Optional<Answer> purgeProtection(Question question) {
    if (isOff(question)) {
      return Optional.empty();
    }
    Expectation on =
        new Expectation(
            "purge protection on",
            Commands.vault(question, "--enable-purge-protection true"),
            look(question, "enablePurgeProtection"),
            Documented.VAULT_RECOVERY);
    return on.judge(
        vault(question).member("whether purge protection is on", VaultSetup::purgeProtection),
        kept -> kept ? on.passed("purge protection is on") : on.warned("purge protection is off"));
  }

  static Optional<Answer> logged(Question question) {
    if (isOff(question)) {
      return Optional.empty();
    }
    Expectation kept =
        new Expectation(
            "a diagnostic setting that keeps the vault's audit events",
            "az monitor diagnostic-settings create --name kms --resource "
                + Commands.vaultId(question, Commands.host(question))
                + " --workspace <workspace id>"
                + " --logs '[{\"categoryGroup\":\"audit\",\"enabled\":true}]'",
            "az monitor diagnostic-settings list --resource "
                + Commands.vaultId(question, Commands.host(question)),
            Documented.VAULT_LOGGING);
    return kept.judge(
        side(question).logged(),
        logged ->
            logged
                ? kept.passed("audit events are kept")
                : kept.warned("nobody keeps the vault's audit events"));
  }

  static Optional<Answer> openToApiServers(Question question) {
    if (isOff(question) || question.isPrivate()) {
      return Optional.empty();
    }
    Expectation open =
        new Expectation(
            "a public vault that is open to all networks",
            Commands.vault(question, "--public-network-access Enabled --default-action Allow"),
            look(question, "[publicNetworkAccess,networkAcls]"),
            Documented.KMS_LIMITATIONS);
    return open.judge(
        vault(question).member("its network rules", VaultSetup::openness),
        openness -> {
          // One that is closed will be opened; a firewall's networks somebody has chosen.
          boolean opened = question.change().changesVault() && openness == Openness.CLOSED;
          return open.passedIf(
              opened || openness == Openness.ALL_NETWORKS,
              openness.sentence() + (opened ? ", and to be opened" : ""));
        });
  }

  static Optional<Answer> closedIfPrivate(Question question) {
    if (!question.isPrivate()) {
      return Optional.empty();
    }
    Expectation closed =
        new Expectation(
            "a private vault that is closed to the public",
            Commands.vault(question, "--public-network-access Disabled"),
            look(question, "[publicNetworkAccess,networkAcls]"),
            Documented.KMS_PRIVATE);
    return closed.judge(
        vault(question).member("its network rules", VaultSetup::openness),
        openness ->
            openness == Openness.CLOSED
                ? closed.passed(openness.sentence())
                : closed.warned(openness.sentence()));
  }
}
