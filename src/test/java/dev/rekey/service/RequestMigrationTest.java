package dev.rekey.service;

import static dev.rekey.operation.Example.CLUSTER;
import static dev.rekey.operation.Example.NOW;
import static dev.rekey.operation.Example.key;
import static org.assertj.core.api.Assertions.assertThat;

import dev.rekey.key.Cloud;
import dev.rekey.key.KeyId;
import dev.rekey.operation.Kind;
import dev.rekey.operation.KmsExperience;
import dev.rekey.operation.KmsSettings;
import dev.rekey.operation.KubernetesVersion;
import dev.rekey.operation.ManagedCluster;
import dev.rekey.operation.NetworkAccess;
import dev.rekey.operation.Operation;
import dev.rekey.operation.Origin;
import dev.rekey.operation.Progress;
import dev.rekey.operation.Route;
import dev.rekey.operation.ShownKms;
import dev.rekey.service.RequestAnswer.Cause;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Asking for the way from KMS v1 to KMS v2. */
class RequestMigrationTest {
  private static final KeyId ELSEWHERE =
      KeyId.parse("https://other.vault.azure.net/keys/etcd/v9", Cloud.PUBLIC);

  private final World world = new World();

  @BeforeEach
  void clusterIsOnKmsV1() {
    shown(ShownKms.on(key(1).url()));
  }

  @Test
  void nothingIsNamed_theSameKeyVersionIsTurnedOnAgain() {
    assertThat(route(null, null, null)).isEqualTo(Route.of(on(1), KmsSettings.OFF, on(1)));
  }

  @Test
  void versionIsNamed_thatOneIsTurnedOn() {
    assertThat(route(key(2), null, null)).isEqualTo(Route.of(on(1), KmsSettings.OFF, on(2)));
  }

  @Test
  void vaultIsReachedPrivately_itStaysSo() {
    shown(new ShownKms(true, key(1).url(), "Private", "/vault"));
    KmsSettings before = KmsSettings.ofPrivate(key(1), "/vault");

    assertThat(route(null, null, null)).isEqualTo(Route.of(before, KmsSettings.OFF, before));
    assertThat(route(null, NetworkAccess.PRIVATE, "/vault"))
        .isEqualTo(Route.of(before, KmsSettings.OFF, before));
  }

  @Test
  void versionInAnotherVaultIsNamed_itIsReachedAsNamed() {
    assertThat(route(ELSEWHERE, NetworkAccess.PRIVATE, "/other"))
        .isEqualTo(Route.of(on(1), KmsSettings.OFF, KmsSettings.ofPrivate(ELSEWHERE, "/other")));
  }

  /** Nobody opens or closes the vault in between. */
  @Test
  void sameVaultIsToBeReachedOtherwise_declines() {
    assertThat(ask(null, NetworkAccess.PRIVATE, "/vault"))
        .isEqualTo(new RequestAnswer.Declined(Cause.VAULT_ATTACHED, null));
  }

  @Test
  void upgradeIsAskedFor_theRouteHoldsItAndServesNobodyWhoNamesAnother() {
    OperationRequest wish = wish(new KubernetesVersion(1, 27, 9));
    Route route = ((RequestAnswer.Possible) ask(wish)).route();
    Operation begun =
        new Operation("1", wish.kind(), CLUSTER, wish.origin(), route, NOW, Progress.START);

    assertThat(route.upgradeTo()).isEqualTo(new KubernetesVersion(1, 27, 9));
    assertThat(wish.along(route).upgradeTo()).isEqualTo(new KubernetesVersion(1, 27, 9));
    assertThat(wish.isServedBy(begun)).isTrue();
    assertThat(wish(null).isServedBy(begun)).isTrue();
    assertThat(wish(new KubernetesVersion(1, 27, 3)).isServedBy(begun)).isFalse();
  }

  private static OperationRequest wish(@Nullable KubernetesVersion upgradeTo) {
    Origin origin = new Origin(Origin.Trigger.HTTP, "ana", "because", "k1");
    return new OperationRequest(
        CLUSTER, Kind.MIGRATE_TO_KMS_V2, null, null, null, null, upgradeTo, origin);
  }

  private RequestAnswer ask(OperationRequest request) {
    return RequestOperation.looking(world.ports, Conduct.auto(Cloud.PUBLIC)).request(request);
  }

  @Test
  void kmsIsOff_declinesAndNamesWhatLeadsOn() {
    shown(ShownKms.OFF);

    assertThat(ask(null, null, null)).isEqualTo(new RequestAnswer.Declined(Cause.KMS_IS_OFF, null));
    assertThat(Cause.KMS_IS_OFF.remedy()).contains("enable");
  }

  private Route route(
      @Nullable KeyId target, @Nullable NetworkAccess access, @Nullable String vault) {
    return ((RequestAnswer.Possible) ask(target, access, vault)).route();
  }

  private RequestAnswer ask(
      @Nullable KeyId target, @Nullable NetworkAccess access, @Nullable String vault) {
    Origin origin = new Origin(Origin.Trigger.HTTP, "ana", "because", "k1");
    return RequestOperation.looking(world.ports, Conduct.auto(Cloud.PUBLIC))
        .request(
            new OperationRequest(
                CLUSTER, Kind.MIGRATE_TO_KMS_V2, null, target, access, vault, origin));
  }

  private void shown(ShownKms kms) {
    world.clusters.put(
        new ManagedCluster(
            CLUSTER,
            "/id",
            kms.enabled() ? KmsExperience.UNPROVED : KmsExperience.NONE,
            kms,
            "1.26.15",
            "etag",
            "Succeeded",
            Map.of()));
  }

  private static KmsSettings on(int number) {
    return KmsSettings.of(key(number));
  }
}
