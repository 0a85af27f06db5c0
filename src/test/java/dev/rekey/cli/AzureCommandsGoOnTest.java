package dev.rekey.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.azure.core.http.HttpMethod;
import com.azure.core.http.HttpRequest;
import dev.rekey.key.KeyId;
import dev.rekey.operation.Ending;
import dev.rekey.operation.Reason;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What becomes of an operation on a cluster in Azure that was left unfinished. */
class AzureCommandsGoOnTest {
  private static final Predicate<HttpRequest> UPDATE =
      request -> request.getHttpMethod() == HttpMethod.PUT;

  /** Dies as a process does: nothing behind it is done. */
  private static final class Dead extends Error {
    private static final long serialVersionUID = 1L;
  }

  @TempDir private Path folder;
  private AzureOnThisMachine world;
  private KeyId second;

  @BeforeEach
  void start() throws Exception {
    world = new AzureOnThisMachine(folder, true);
    second = world.vault.createVersion(AzureOnThisMachine.KEY);
  }

  @AfterEach
  void stop() {
    world.close();
  }

  @Test
  void killedAsTheUpdateIsSent_typedAgainItGoesOnToTheProof() {
    killAtUpdate("rotate");
    assertThat(world.arm.acceptedUpdates()).isEmpty();

    CommandLineRun again = world.type("rotate");

    assertThat(again.exitCode()).as(again.err()).isZero();
    assertThat(again.out())
        .contains("is unfinished, and leads to " + second)
        .contains("Going on with the unfinished rotate", "after prove-current");
    assertAllUnder(second);
    assertThat(world.arm.acceptedUpdates()).hasSize(1);
    assertThat(world.records().operations(world.name)).hasSize(1);
  }

  /** It makes some 65. */
  @ParameterizedTest
  @ValueSource(ints = {2, 9, 30, 45, 60})
  void killedAtARequestToAzure_typedAgainItGoesOnToTheProof(int number) {
    killAtRequest(number);

    CommandLineRun again = world.type("rotate");

    assertThat(again.exitCode()).as(again.err()).isZero();
    assertAllUnder(second);
    assertThat(world.arm.acceptedUpdates()).hasSize(1);
  }

  @Test
  void patienceEnds_typedAgainItGoesOn() {
    CommandLineRun first = world.type("disable", "--patience", "30s");

    assertThat(first.exitCode()).isEqualTo(3);
    assertThat(first.err()).contains("not yet (cluster-busy)", "type the same command again");

    CommandLineRun again = world.type("disable");

    assertThat(again.exitCode()).as(again.err()).isZero();
    assertThat(world.cluster.oracle().plain()).isEqualTo(AzureOnThisMachine.SECRETS);
    assertThat(world.arm.acceptedUpdates()).hasSize(1);
  }

  @Test
  void otherKindIsUnfinished_refusedByItsName() {
    killAtUpdate("rotate");

    CommandLineRun other = world.type("disable");

    assertThat(other.exitCode()).isEqualTo(3);
    assertThat(other.err()).contains("the rotate 2026", "leads to " + second, "rekey rotate again");
    assertThat(world.arm.acceptedUpdates()).isEmpty();
    assertThat(world.type("rotate").exitCode()).isZero();
  }

  /** What nobody needs any more doesn't stand in the way for ever. */
  @Test
  void otherKindIsUnfinishedAndHasChangedNothing_itIsCancelledAndWhatWasTypedIsDone() {
    killAtRequest(30);

    CommandLineRun other = world.type("disable");

    assertThat(other.exitCode()).as(other.err()).isZero();
    assertThat(other.out()).contains("has changed nothing yet, and stands in the way");
    assertThat(world.cluster.oracle().plain()).isEqualTo(AzureOnThisMachine.SECRETS);
    assertThat(world.arm.acceptedUpdates()).hasSize(1);
    assertThat(world.records().operations(world.name))
        .extracting(operation -> operation.progress().ending().outcome())
        .containsExactlyInAnyOrder(Ending.Outcome.CANCELLED, Ending.Outcome.COMPLETED);
  }

  /** The one that has stalled waits for what may never come, and gives way as over HTTP. */
  @Test
  void stalledSinceSomebodyElseHasMovedTheCluster_whatWasTypedTakesItsPlace() {
    killAtUpdate("rotate");
    KeyId others = world.vault.createVersion(AzureOnThisMachine.KEY);
    world.arm.rotatedByAnother(world.name, others);
    CommandLineRun stalled = world.type("rotate");
    assertThat(stalled.exitCode()).isEqualTo(3);
    assertThat(stalled.err()).contains("cluster-on-another-key");

    CommandLineRun other = world.type("disable");

    assertThat(other.exitCode()).as(other.err()).isZero();
    assertThat(world.cluster.oracle().plain()).isEqualTo(AzureOnThisMachine.SECRETS);
    assertThat(world.records().operations(world.name))
        .extracting(operation -> operation.progress().ending().reason())
        .containsExactlyInAnyOrder(Reason.OVERTAKEN, Reason.RECORDED);
  }

  @Test
  void sameKindWithAnotherTargetIsUnfinished_refusedAndTheTargetIsNamed() {
    killAtUpdate("rotate");
    KeyId third = world.vault.createVersion(AzureOnThisMachine.KEY);

    CommandLineRun other = world.type("rotate", "--to", third.url());

    assertThat(other.exitCode()).isEqualTo(3);
    assertThat(other.err()).contains("leads to " + second);
    assertThat(world.type("rotate", "--to", second.url()).exitCode()).isZero();
    assertAllUnder(second);
  }

  private void killAtRequest(int number) {
    AtomicInteger left = new AtomicInteger(number);
    world.transport.beforeNext(
        request -> left.decrementAndGet() == 0,
        () -> {
          throw new Dead();
        });
    assertThatThrownBy(() -> world.type("rotate")).isInstanceOf(Dead.class);
  }

  private void killAtUpdate(String verb) {
    world.transport.beforeNext(
        UPDATE,
        () -> {
          throw new Dead();
        });
    assertThatThrownBy(() -> world.type(verb)).isInstanceOf(Dead.class);
  }

  private void assertAllUnder(KeyId key) {
    assertThat(world.keyIdInArm()).isEqualTo(key.url());
    assertThat(world.cluster.oracle().under(key.url())).isEqualTo(AzureOnThisMachine.SECRETS);
  }
}
