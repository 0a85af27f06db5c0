package dev.rekey.service;

import static dev.rekey.operation.Example.CLUSTER;
import static dev.rekey.operation.Example.NOW;
import static dev.rekey.operation.Example.key;
import static dev.rekey.operation.Example.version;
import static org.assertj.core.api.Assertions.assertThat;

import dev.rekey.key.Cloud;
import dev.rekey.key.KeyId;
import dev.rekey.key.Ledger;
import dev.rekey.operation.ClusterName;
import dev.rekey.operation.Mode;
import dev.rekey.operation.Operation;
import dev.rekey.operation.Origin;
import dev.rekey.service.RotationAnswer.Cause;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class RequestRotationTest {
  private final World world = new World();
  private Conduct conduct = new Conduct(Cloud.PUBLIC, Mode.APPROVE, true, null);

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

    RotationAnswer answer = ask(request("k2", null, null));

    assertThat(answer).isEqualTo(new RotationAnswer.Declined(Cause.OPERATION_ACTIVE, first));
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
    conduct = new Conduct(Cloud.PUBLIC, Mode.OBSERVE, true, null);

    assertDeclined(Cause.OBSERVE_ONLY, request("k1", null, null));
  }

  @Test
  void clusterIsNotInScope_declines() {
    RotationRequest elsewhere =
        new RotationRequest(new ClusterName("other-1"), null, null, "ana", "because", "k1");

    assertDeclined(Cause.UNKNOWN_CLUSTER, elsewhere);
  }

  @Test
  void knownForLongAndApprovalIsNeeded_theTimerBeginsNothing() {
    world.records.begin(CLUSTER, Ledger.firstSeen(NOW.minus(Duration.ofDays(300)), key(1)));

    new Reconcile(world.ports, conduct, java.util.Map::of).run();

    assertThat(world.records.operations(CLUSTER)).isEmpty();
    assertThat(world.signals).contains("rotation-not-begun approval-needed");
  }

  private RotationRequest request(String requestKey, KeyId expected, KeyId target) {
    return new RotationRequest(CLUSTER, expected, target, "ana", "quarterly rotation", requestKey);
  }

  private RotationAnswer ask(RotationRequest request) {
    return new RequestRotation(world.ports, conduct).request(request);
  }

  private Operation accepted(RotationRequest request) {
    RotationAnswer answer = ask(request);
    assertThat(answer).isInstanceOf(RotationAnswer.Accepted.class);
    return ((RotationAnswer.Accepted) answer).operation();
  }

  private void assertDeclined(Cause cause, RotationRequest request) {
    RotationAnswer answer = ask(request);
    assertThat(answer).isInstanceOf(RotationAnswer.Declined.class);
    assertThat(((RotationAnswer.Declined) answer).cause()).isEqualTo(cause);
  }
}
