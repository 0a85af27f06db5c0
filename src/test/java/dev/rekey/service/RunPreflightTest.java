package dev.rekey.service;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rekey.key.KeyId;
import dev.rekey.key.VaultKey;
import dev.rekey.operation.ClusterName;
import dev.rekey.operation.KmsSettings;
import dev.rekey.operation.preflight.Change;
import dev.rekey.operation.preflight.ClusterSide;
import dev.rekey.operation.preflight.Finding;
import dev.rekey.operation.preflight.Reading;
import dev.rekey.operation.preflight.VaultSide;
import dev.rekey.operation.preflight.Verdict;
import dev.rekey.service.port.ClusterSurroundings;
import dev.rekey.service.port.OutsideFault;
import dev.rekey.service.port.OutsideFault.Kind;
import dev.rekey.service.port.OutsideSystem;
import dev.rekey.simulation.azure.SimulatedVault;
import dev.rekey.simulation.azure.VaultRight;
import dev.rekey.simulation.time.VirtualTime;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** What is read for which change, and what becomes of what can't be read. */
class RunPreflightTest {
  private static final ClusterName PROD = new ClusterName("prod");
  private static final VaultKey KEY = new VaultKey("sample-kv.vault.azure.net", "secrets");
  private static final VaultKey ELSEWHERE = new VaultKey("other-kv.vault.azure.net", "secrets");
  private static final String VAULT_ID =
      "/subscriptions/s/resourceGroups/g/providers/Microsoft.KeyVault/vaults/sample-kv";

  private final VirtualTime time = new VirtualTime(Instant.parse("2026-03-01T10:00:00Z"));
  private final SimulatedVault vault = new SimulatedVault(time, new Random(1));
  private final KeyId first = vault.createVersion(KEY);
  private final KeyId second = vault.createVersion(KEY);
  private final KeyId elsewhere = vault.createVersion(ELSEWHERE);
  private final List<String> asked = new ArrayList<>();
  private boolean silent;
  private OutsideFault connect = fault(OutsideSystem.API_SERVER, Kind.UNREACHABLE);

  @Test
  void rotation_asksForItsVaultOnceByTheIdThatIsNamed() {
    findings(KmsSettings.of(first), KmsSettings.ofPrivate(second, VAULT_ID));

    assertThat(asked).containsExactly("cluster", KEY.vaultHost() + " " + VAULT_ID);
    assertThat(vault.calls().lists()).isEqualTo(1);
  }

  @Test
  void changeToAnotherVault_asksForBoth() {
    findings(KmsSettings.of(first), KmsSettings.of(elsewhere));

    assertThat(asked)
        .containsExactly("cluster", ELSEWHERE.vaultHost() + " null", KEY.vaultHost() + " null");
    assertThat(vault.calls().lists()).isEqualTo(2);
  }

  @Test
  void changeOfNothing_asksForNoVault() {
    findings(KmsSettings.OFF, KmsSettings.OFF);

    assertThat(asked).containsExactly("cluster");
    assertThat(vault.calls().lists()).isZero();
  }

  @Test
  void silentArm_endsInFindings() {
    silent = true;

    assertThat(verdict("reaches-arm")).isEqualTo(Verdict.FAILED);
    assertThat(verdict("cluster-running")).isEqualTo(Verdict.CANNOT_TELL);
    assertThat(verdict("target-key-enabled")).isEqualTo(Verdict.PASSED);
  }

  @Test
  void missingRightOnKeys_isARefusalAndNoSilence() {
    vault.revoke(VaultRight.READ);

    assertThat(verdict("own-right-to-read-keys")).isEqualTo(Verdict.FAILED);
    assertThat(verdict("reaches-vault")).isEqualTo(Verdict.CANNOT_TELL);
    assertThat(verdict("target-key-enabled")).isEqualTo(Verdict.CANNOT_TELL);
  }

  @Test
  void missingRightOnThePolicy_leavesTheVersionsKnown() {
    vault.setExpiry(second, time.instant().plusSeconds(100L * 86_400));
    vault.revoke(VaultRight.READ_POLICY);

    Finding lifetime = finding("key-outlives-two-rotations");

    assertThat(lifetime.verdict()).isEqualTo(Verdict.CANNOT_TELL);
    assertThat(lifetime.remedy()).contains("Key Vault Crypto Officer");
    assertThat(verdict("target-key-enabled")).isEqualTo(Verdict.PASSED);
  }

  @Test
  void apiServerThatRefuses_isReached() {
    connect = fault(OutsideSystem.API_SERVER, Kind.FORBIDDEN);

    assertThat(verdict("reaches-api-server")).isEqualTo(Verdict.PASSED);
    assertThat(verdict("own-rights-on-api-server")).isEqualTo(Verdict.FAILED);
  }

  @Test
  void kubeconfigThatArmRefuses_saysNothingOfTheApiServer() {
    connect = fault(OutsideSystem.ARM, Kind.FORBIDDEN);

    assertThat(verdict("reaches-api-server")).isEqualTo(Verdict.CANNOT_TELL);
    assertThat(verdict("own-rights-on-api-server")).isEqualTo(Verdict.CANNOT_TELL);
  }

  private Verdict verdict(String check) {
    return finding(check).verdict();
  }

  private Finding finding(String check) {
    return findings(KmsSettings.of(first), KmsSettings.of(second)).stream()
        .filter(finding -> finding.check().equals(check))
        .findFirst()
        .orElseThrow();
  }

  private List<Finding> findings(KmsSettings from, KmsSettings to) {
    Ports ports =
        new Ports(
            null,
            new Asked(),
            vault,
            cluster -> {
              throw connect;
            },
            null,
            null,
            null,
            null,
            time);
    return new RunPreflight(ports).findings(PROD, List.of(new Change(from, to, null)));
  }

  private static OutsideFault fault(OutsideSystem system, Kind kind) {
    return new OutsideFault(system, kind, "it says so");
  }

  /** Remembers what it is asked, and shows nothing. */
  private final class Asked implements ClusterSurroundings {
    @Override
    public ClusterSide cluster(ClusterName cluster) {
      if (silent) {
        throw fault(OutsideSystem.ARM, Kind.TIMED_OUT);
      }
      asked.add("cluster");
      return ClusterSide.unread(Reading.unread("nobody may"));
    }

    @Override
    public VaultSide vault(
        ClusterName cluster, String host, String resourceId, List<String> principals) {
      asked.add(host + " " + resourceId);
      return VaultSide.unread(host, Reading.unread("nobody may"));
    }
  }
}
