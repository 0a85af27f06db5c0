package dev.rekey.service;

import static dev.rekey.operation.Example.CLUSTER;
import static dev.rekey.operation.Example.NOW;
import static dev.rekey.operation.Example.cluster;
import static dev.rekey.operation.Example.key;
import static dev.rekey.operation.Example.version;
import static org.assertj.core.api.Assertions.assertThat;

import dev.rekey.key.Cloud;
import dev.rekey.key.KeyId;
import dev.rekey.key.Ledger;
import dev.rekey.operation.ClusterName;
import dev.rekey.operation.Kind;
import dev.rekey.operation.KmsExperience;
import dev.rekey.operation.KmsSettings;
import dev.rekey.operation.Mode;
import dev.rekey.operation.NetworkAccess;
import dev.rekey.operation.Operation;
import dev.rekey.operation.Origin;
import dev.rekey.operation.Route;
import dev.rekey.service.RequestAnswer.Cause;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class RequestOperationTest {
  private final World world = new World();
  private Conduct conduct = Conduct.auto(Cloud.PUBLIC).with(Mode.APPROVE);

  @Test
  void personAsks_beginsEvenWithAVersionFromBeforeTheFirstMeeting() {
    Operation begun = accepted(request("k1", null, null));

    assertThat(begun.from()).isEqualTo(key(1));
    assertThat(begun.to()).isEqualTo(key(2));
    assertThat(begun.origin())
        .isEqualTo(new Origin(Origin.Trigger.HTTP, "ana", "quarterly rotation", "k1"));
    assertThat(world.sent).hasSize(1);
  }

  @Test
  void sameRequestAgain_givesTheSameOperation() {
    Operation first = accepted(request("k1", null, null));

    assertThat(accepted(request("k1", null, null)).id()).isEqualTo(first.id());
    assertThat(world.records.operations(CLUSTER)).hasSize(1);
  }

  @Test
  void requestKeyServedAnotherRequest_declines() {
    accepted(request("k1", null, null));

    assertDeclined(Cause.REQUEST_KEY_REUSED, request("k1", key(9), null));
  }

  @Test
  void operationIsActive_declinesAndNamesIt() {
    Operation first = accepted(request("k1", null, null));

    RequestAnswer answer = ask(request("k2", null, null));

    assertThat(answer).isEqualTo(new RequestAnswer.Declined(Cause.OPERATION_ACTIVE, first));
  }

  @Test
  void otherKeyInUseThanExpected_declines() {
    assertDeclined(Cause.OTHER_KEY_IN_USE, request("k1", key(2), null));
    assertThat(world.records.operations(CLUSTER)).isEmpty();
  }

  @Test
  void targetIsNamed_itIsTaken() {
    world.versions.add(version(3));

    assertThat(accepted(request("k1", key(1), key(2))).to()).isEqualTo(key(2));
  }

  @Test
  void noNewerVersion_declines() {
    world.versions.remove(1);

    assertDeclined(Cause.NO_NEWER_VERSION, request("k1", null, null));
  }

  @Test
  void observedOnly_declines() {
    conduct = Conduct.auto(Cloud.PUBLIC).with(Mode.OBSERVE);

    assertDeclined(Cause.OBSERVE_ONLY, request("k1", null, null));
  }

  @Test
  void clusterIsNotInScope_declines() {
    OperationRequest elsewhere =
        new OperationRequest(
            new ClusterName("other-1"),
            Kind.ROTATE,
            null,
            null,
            null,
            null,
            new Origin(Origin.Trigger.HTTP, "ana", "because", "k1"));

    assertDeclined(Cause.UNKNOWN_CLUSTER, elsewhere);
  }

  @Test
  void knownForLongAndApprovalIsNeeded_theTimerBeginsOneThatAsksFirst() {
    world.records.begin(CLUSTER, Ledger.firstSeen(NOW.minus(Duration.ofDays(300)), key(1)));

    new Reconcile(world.ports, conduct, java.util.Map::of).run();

    assertThat(world.records.operations(CLUSTER))
        .extracting(operation -> operation.origin().asksFirst())
        .containsExactly(true);
  }

  private OperationRequest request(String requestKey, KeyId expected, KeyId target) {
    return new OperationRequest(
        CLUSTER,
        Kind.ROTATE,
        expected,
        target,
        null,
        null,
        new Origin(Origin.Trigger.HTTP, "ana", "quarterly rotation", requestKey));
  }

  private static OperationRequest request(
      Kind kind, KeyId target, NetworkAccess access, String vault) {
    Origin origin = new Origin(Origin.Trigger.HTTP, "ana", "why", "k1");
    return new OperationRequest(CLUSTER, kind, null, target, access, vault, origin);
  }

  @Test
  void turningOn_leadsFromOffToTheNamedVersionWhateverIsShown() {
    KmsSettings wanted = KmsSettings.ofPrivate(key(2), "/vault");

    Operation begun = accepted(request(Kind.ENABLE, key(2), NetworkAccess.PRIVATE, "/vault"));

    assertThat(begun.kind()).isEqualTo(Kind.ENABLE);
    assertThat(begun.route()).isEqualTo(Route.of(KmsSettings.OFF, wanted));
  }

  @Test
  void versionOfAnotherVaultIsNamed_isOneUpdateToItAndItsWay() {
    KeyId other = KeyId.parse("https://other.vault.azure.net/keys/etcd/v1", Cloud.PUBLIC);

    Operation begun = accepted(request(Kind.ROTATE, other, NetworkAccess.PRIVATE, "/vault"));

    assertThat(begun.route())
        .isEqualTo(Route.of(KmsSettings.of(key(1)), KmsSettings.ofPrivate(other, "/vault")));
  }

  @Test
  void rotationOnAnotherWayToTheVaultInUse_declines() {
    assertDeclined(
        Cause.VAULT_ATTACHED, request(Kind.ROTATE, key(2), NetworkAccess.PRIVATE, "/vault"));
  }

  @Test
  void turningOff_leadsFromWhatIsShownToOff() {
    Operation begun = accepted(request(Kind.DISABLE, null, null, null));

    assertThat(begun.route()).isEqualTo(Route.of(KmsSettings.of(key(1)), KmsSettings.OFF));
  }

  @Test
  void anotherWayToTheVault_leadsOverOff() {
    Operation begun =
        accepted(request(Kind.CHANGE_VAULT_ACCESS, null, NetworkAccess.PRIVATE, "/vault"));

    assertThat(begun.route())
        .isEqualTo(
            Route.of(
                KmsSettings.of(key(1)), KmsSettings.OFF, KmsSettings.ofPrivate(key(1), "/vault")));
  }

  @Test
  void vaultIsReachedSoAlready_declines() {
    assertDeclined(
        Cause.NOTHING_TO_CHANGE,
        request(Kind.CHANGE_VAULT_ACCESS, null, NetworkAccess.PUBLIC, null));
  }

  @Test
  void rewriteAndCensus_stayWhereTheClusterIs() {
    Route staying = Route.staying(KmsSettings.of(key(1)));

    assertThat(accepted(request(Kind.CENSUS, null, null, null)).route()).isEqualTo(staying);
  }

  @Test
  void turningOffWhatIsOff_declines() {
    world.clusters.put(cluster(KmsExperience.NONE, null, "\"off\"", "Succeeded"));

    assertDeclined(Cause.NOTHING_TO_CHANGE, request(Kind.DISABLE, null, null, null));
  }

  @Test
  void onlyAsked_saysTheRouteAndBeginsNothing() {
    RequestAnswer answer =
        RequestOperation.looking(world.ports, conduct).request(request("k1", null, null));

    assertThat(answer).isEqualTo(new RequestAnswer.Possible(Route.of(key(1), key(2))));
    assertThat(world.records.operations(CLUSTER)).isEmpty();
    assertThat(world.sent).isEmpty();
  }

  @Test
  void askedAtTheCommandLine_theOriginIsKeptAndARequestWithoutKeyIsANewOne() {
    Origin typed = new Origin(Origin.Trigger.COMMAND_LINE, "ana", "typed");
    OperationRequest request =
        new OperationRequest(CLUSTER, Kind.ROTATE, null, null, null, null, typed);

    Operation first = accepted(request);

    assertThat(first.origin()).isEqualTo(typed);
    assertThat(ask(request)).isEqualTo(new RequestAnswer.Declined(Cause.OPERATION_ACTIVE, first));
  }

  @Test
  void operationDoesWhatIsAskedFor_whateverIsUnsaid() {
    Operation active = accepted(request("k1", null, null));

    assertThat(request("k2", null, null).isServedBy(active)).isTrue();
    assertThat(request("k2", key(1), key(2)).isServedBy(active)).isTrue();
    assertThat(request("k2", null, key(3)).isServedBy(active)).isFalse();
    assertThat(request(Kind.DISABLE, null, null, null).isServedBy(active)).isFalse();
  }

  @Test
  void requestKeyServedAnotherKind_declines() {
    accepted(request(Kind.DISABLE, null, null, null));

    assertDeclined(Cause.REQUEST_KEY_REUSED, request(Kind.CENSUS, null, null, null));
  }

  private RequestAnswer ask(OperationRequest request) {
    return new RequestOperation(world.ports, conduct).request(request);
  }

  private Operation accepted(OperationRequest request) {
    RequestAnswer answer = ask(request);
    assertThat(answer).isInstanceOf(RequestAnswer.Accepted.class);
    return ((RequestAnswer.Accepted) answer).operation();
  }

  private void assertDeclined(Cause cause, OperationRequest request) {
    RequestAnswer answer = ask(request);
    assertThat(answer).isInstanceOf(RequestAnswer.Declined.class);
    assertThat(((RequestAnswer.Declined) answer).cause()).isEqualTo(cause);
  }
}
