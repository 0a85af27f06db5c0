package dev.rekey.service;

import static dev.rekey.operation.Example.CLUSTER;
import static dev.rekey.operation.Example.NOW;
import static dev.rekey.operation.Example.ORIGIN;
import static dev.rekey.operation.Example.hash;
import static dev.rekey.operation.Example.key;
import static org.assertj.core.api.Assertions.assertThat;

import dev.rekey.operation.Evidence;
import dev.rekey.operation.Kind;
import dev.rekey.operation.Operation;
import dev.rekey.operation.Pending;
import dev.rekey.operation.Reason;
import dev.rekey.operation.StepName;
import dev.rekey.reencryption.ExceptionReason;
import dev.rekey.reencryption.Pass;
import dev.rekey.reencryption.PassKind;
import dev.rekey.reencryption.Samples;
import dev.rekey.reencryption.SecretRef;
import java.time.Duration;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What could not be rewritten is looked at again when a person says so. */
class RetryExceptionsTest {
  private static final Set<String> BAD = Set.of("s0003", "s0077", "s0299");

  private final World world = new World();
  private final RetryExceptions retry = new RetryExceptions(world.ports);

  @BeforeEach
  void threeHundredUnderAnOlderKeyOfWhichThreeAreDenied() {
    world.servers.store(300, hash(0));
    deny(ExceptionReason.DENIED_BY_POLICY);
  }

  @Test
  void operationHasEnded_anotherRewritesItsExceptionsAloneAndProvesAll() {
    Operation first = world.run(world.start(Kind.REENCRYPT), Duration.ofHours(5));
    assertThat(evidence(first).exceptions()).hasSize(3);
    assertThat(evidence(first).verdict().oldestKey()).isEqualTo("not-known");
    mend();

    Operation again = world.run(retry.retry(CLUSTER, ORIGIN).orElseThrow(), Duration.ofHours(5));

    Evidence evidence = evidence(again);
    assertThat(evidence.operation().retryOf()).isEqualTo(first.id());
    assertThat(evidence.secrets()).isEqualTo(new Evidence.Secrets(3, 3, 0, 0, 0, 0));
    assertThat(evidence.proof()).isEqualTo(new Evidence.Proof("counters", 300, 300, 0));
    assertThat(evidence.exceptions()).isEmpty();
    assertThat(evidence.verdict().oldestKey()).isEqualTo("not-needed-by-this-cluster");
    assertThat(world.servers.under(hash(1))).isEqualTo(300);
  }

  @Test
  void causeIsStillThere_theyAreExceptionsAgainAndCanBeRetriedAgain() {
    world.run(world.start(Kind.REENCRYPT), Duration.ofHours(5));
    Operation second = world.run(retry.retry(CLUSTER, ORIGIN).orElseThrow(), Duration.ofHours(5));
    assertThat(evidence(second).exceptions()).hasSize(3);
    assertThat(evidence(second).secrets().exceptions()).isEqualTo(3);
    mend();

    Operation third = world.run(retry.retry(CLUSTER, ORIGIN).orElseThrow(), Duration.ofHours(5));

    assertThat(evidence(third).operation().retryOf()).isEqualTo(second.id());
    assertThat(evidence(third).exceptions()).isEmpty();
  }

  @Test
  void oneOfThemHasGoneMeanwhile_theOthersAreRewritten() {
    world.run(world.start(Kind.REENCRYPT), Duration.ofHours(5));
    world.servers.secrets.remove("default/s0077");
    mend();

    Operation again = world.run(retry.retry(CLUSTER, ORIGIN).orElseThrow(), Duration.ofHours(5));

    assertThat(evidence(again).secrets()).isEqualTo(new Evidence.Secrets(2, 2, 0, 0, 0, 0));
    assertThat(evidence(again).proof().unchanged()).isEqualTo(299);
  }

  @Test
  void namespaceCouldNotBeListed_allOfItIsLookedAtAgain() {
    world.servers.store("hidden", "one", hash(0));
    world.servers.store("hidden", "two", hash(0));
    mend();
    world.servers.listFault =
        namespace ->
            namespace.equals("hidden")
                ? World.fault(
                    dev.rekey.service.port.OutsideSystem.API_SERVER,
                    dev.rekey.service.port.OutsideFault.Kind.UNDECRYPTABLE)
                : null;
    world.run(world.start(Kind.REENCRYPT), Duration.ofHours(5));
    world.servers.listFault = namespace -> null;

    Operation again = world.run(retry.retry(CLUSTER, ORIGIN).orElseThrow(), Duration.ofHours(5));

    assertThat(evidence(again).secrets().rewritten()).isEqualTo(2);
    assertThat(evidence(again).proof().unchanged()).isEqualTo(302);
  }

  @Test
  void lastOneLeftNone_thereIsNothingToRetry() {
    assertThat(retry.retry(CLUSTER, ORIGIN)).isEmpty();
    mend();
    world.run(world.start(Kind.REENCRYPT), Duration.ofHours(5));

    assertThat(retry.retry(CLUSTER, ORIGIN)).isEmpty();
  }

  /** It would look again by itself only after an hour. */
  @Test
  void rotationHasStalledOnThem_itGoesOnAtOnceAndRewritesThemAloneFirst() {
    deny(ExceptionReason.FORBIDDEN);
    Operation stalled = world.run(world.start(Kind.ROTATE), Duration.ofMinutes(50));
    assertThat(stalled.progress().pending())
        .extracting(Pending::doing, Pending::reason)
        .containsExactly(Pending.Doing.STALLED, Reason.UNPROVED_EXCEPTIONS);
    mend();

    Operation retried = retry.retry(CLUSTER, ORIGIN).orElseThrow();
    Operation ended = world.run(without(retried), Duration.ofMinutes(50));

    assertThat(ended.id()).isEqualTo(stalled.id());
    assertThat(ended.isActive()).isFalse();
    assertThat(evidence(ended).verdict().oldestKey()).isEqualTo("not-needed-by-this-cluster");
    assertThat(world.servers.under(hash(2))).isEqualTo(300);
    Pass rewritten =
        ended.progress().lastPass(StepName.PROVE_CURRENT, PassKind.WRITE).orElseThrow();
    assertThat(rewritten.discovered()).isEqualTo(3);
    assertThat(world.time.instant()).isBefore(NOW.plus(Duration.ofMinutes(55)));
  }

  @Test
  void stalledOneIsRetriedAndNothingHasChanged_itStallsAgainAndDoesNotTurnForEver() {
    deny(ExceptionReason.FORBIDDEN);
    Operation stalled = world.run(world.start(Kind.ROTATE), Duration.ofMinutes(50));
    int before = stalled.progress().passes().size();

    Operation again =
        world.run(without(retry.retry(CLUSTER, ORIGIN).orElseThrow()), Duration.ofMinutes(50));

    assertThat(again.progress().pending().reason()).isEqualTo(Reason.UNPROVED_EXCEPTIONS);
    assertThat(again.progress().passes()).hasSize(before + 2);
    assertThat(world.clusters.read(CLUSTER).isOn(key(1))).isTrue();
  }

  @Test
  void operationIsAtWork_staysAsItIs() {
    Operation atWork = world.start(Kind.ROTATE);

    assertThat(retry.retry(CLUSTER, ORIGIN)).contains(atWork);
    assertThat(world.read(atWork)).isEqualTo(atWork);
  }

  /** The messages are delivered until it is no longer the one that has stalled. */
  private Operation without(Operation retried) {
    return world.runUntil(
        retried, now -> now.progress().pending().doing() != Pending.Doing.STALLED);
  }

  private void deny(ExceptionReason reason) {
    world.servers.script =
        secret -> BAD.contains(secret.name()) && isListed(secret) ? Samples.refused(reason) : null;
  }

  private static boolean isListed(SecretRef secret) {
    return secret.namespace().equals("default");
  }

  private void mend() {
    world.servers.script = secret -> null;
  }

  private Evidence evidence(Operation operation) {
    return world.records.evidence(CLUSTER, operation.id()).orElseThrow().evidence();
  }
}
