package dev.rekey.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.rekey.operation.ClusterName;
import dev.rekey.reencryption.ExceptionReason;
import dev.rekey.reencryption.Listing;
import dev.rekey.reencryption.PatchAnswer;
import dev.rekey.reencryption.PatchMode;
import dev.rekey.reencryption.SecretRef;
import dev.rekey.service.port.ApiServers;
import dev.rekey.service.port.OutsideFault;
import dev.rekey.service.port.PatchLane;
import dev.rekey.testbed.KeysInMemory;
import dev.rekey.testbed.Seed;
import dev.rekey.testbed.Testbed;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Names and versions, asked of a real API server as tables without objects. */
class NamesOnlyIT {
  private static final String FIRST = "https://example.vault.azure.net/keys/etcd/1111";
  private static final String SECOND = "https://example.vault.azure.net/keys/etcd/2222";
  private static final int SECRETS = 1_200;

  private static Testbed testbed;
  private static ApiServers apiServers;

  /** Without snapshots in the API server's own cache, which outlive the store's compaction. */
  @BeforeAll
  static void start() {
    testbed =
        Testbed.with(new KeysInMemory())
            .key(FIRST)
            .flags("--feature-gates=ListFromCacheSnapshot=false")
            .start();
    Seed.plant(testbed.requests(), "many", SECRETS, 100, 1);
    Seed.plant(testbed.requests(), "frozen", 1, 100, 1);
    apiServers = connect();
  }

  private static ApiServers connect() {
    Kubeconfig kubeconfig = Kubeconfig.read(testbed.kubeconfig(), null);
    ClusterName name = kubeconfig.clusterName();
    return new KubeconfigKubernetes(
            name, kubeconfig, ConnectionSettings.defaults("test"), InstantSource.system())
        .connect(name);
  }

  @AfterAll
  static void stop() {
    apiServers.close();
    testbed.close();
  }

  @Test
  void pagesOfALargeNamespaceHoldEveryNameOnceInOrderAtOneVersion() {
    List<SecretRef> all = new ArrayList<>();
    List<Integer> pages = new ArrayList<>();
    Listing<SecretRef> page = apiServers.listSecrets("many-000", null);
    all.addAll(page.items());
    pages.add(page.items().size());
    while (page.next() != null) {
      page = apiServers.listSecrets("many-000", page.next());
      all.addAll(page.items());
      pages.add(page.items().size());
    }

    assertThat(pages).containsExactly(500, 500, 200);
    assertThat(all).extracting(SecretRef::name).isSorted().doesNotHaveDuplicates();
    assertThat(all)
        .extracting(SecretRef::resourceVersion)
        .containsOnly(all.get(0).resourceVersion());
    assertThat(apiServers.listNamespaces(null).items())
        .contains("many-000", "frozen-000", "kube-system");
    assertThat(apiServers.listSecrets("no-such-namespace", null))
        .isEqualTo(new Listing<>(List.of(), null));
  }

  @Test
  void anExpiredTokenBringsOneThatGoesOnWhereTheListWasLeft() {
    Listing<SecretRef> first = apiServers.listSecrets("many-000", null);
    rewriteSomethingElse();
    testbed.etcd().compact();

    OutsideFault fault =
        catchThrowableOfType(
            OutsideFault.class, () -> apiServers.listSecrets("many-000", first.next()));
    assertThat(fault.kind()).isEqualTo(OutsideFault.Kind.EXPIRED_CONTINUE);

    Listing<SecretRef> second = apiServers.listSecrets("many-000", fault.freshContinue());
    assertThat(second.items()).hasSize(500).extracting(SecretRef::name).startsWith("secret-00500");
    assertThat(second.items().get(0).isMovedBy(first.items().get(0).resourceVersion())).isFalse();
    assertThat(first.items().get(0).isMovedBy(second.items().get(0).resourceVersion())).isTrue();
  }

  @Test
  void aStaleSecretIsMovedPastItsListAndACurrentOneIsNot() {
    testbed.applyKey(SECOND);
    SecretRef listed = apiServers.listSecrets("many-000", null).items().get(7);

    String rewritten = patched(listed, PatchMode.APPLY);
    assertThat(listed.isMovedBy(rewritten)).isTrue();
    assertThat(patched(listed, PatchMode.APPLY)).isEqualTo(rewritten);
    assertThat(patched(listed, PatchMode.DRY_RUN)).isEqualTo(rewritten);
    assertThat(testbed.etcd().secret("many-000", listed.name()).modRevision())
        .isEqualTo(Long.parseLong(rewritten));
    SecretRef listedAgain = apiServers.listSecrets("many-000", null).items().get(7);
    assertThat(listedAgain.isMovedBy(rewritten)).isFalse();
  }

  @Test
  void whatIsNotThereIsGoneAndADenialIsNamed() {
    SecretRef missing = new SecretRef("many-000", "missing", "1");
    SecretRef nowhere = new SecretRef("no-such-namespace", "missing", "1");
    for (PatchMode mode : PatchMode.values()) {
      assertThat(answer(missing, mode)).isEqualTo(new PatchAnswer.Gone());
      assertThat(answer(nowhere, mode)).isEqualTo(new PatchAnswer.Gone());
    }
    testbed.denySecretUpdates("frozen-000");
    SecretRef frozen = apiServers.listSecrets("frozen-000", null).items().get(0);
    assertThat(answer(frozen, PatchMode.APPLY))
        .isEqualTo(new PatchAnswer.Refused(ExceptionReason.DENIED_BY_POLICY, "frozen-frozen-000"));
  }

  private static void rewriteSomethingElse() {
    String label = "{\"metadata\": {\"labels\": {\"touched\": \"%d\"}}}";
    testbed
        .requests()
        .mergePatch("/api/v1/namespaces/frozen-000", label.formatted(System.nanoTime()))
        .expectSuccess();
  }

  private static String patched(SecretRef secret, PatchMode mode) {
    return ((PatchAnswer.Patched) answer(secret, mode)).resourceVersion();
  }

  private static PatchAnswer answer(SecretRef secret, PatchMode mode) {
    // Connections stay warm between lanes, and the API server may have been restarted meanwhile.
    try (ApiServers fresh = connect();
        PatchLane lane = fresh.openLane(mode)) {
      lane.submit(secret);
      return lane.take(Instant.now().plusSeconds(20)).answer();
    }
  }
}
