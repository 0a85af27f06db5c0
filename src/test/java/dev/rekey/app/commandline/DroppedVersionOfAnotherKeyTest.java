package dev.rekey.app.commandline;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rekey.key.KeyId;
import dev.rekey.key.VaultKey;
import dev.rekey.operation.Ending;
import dev.rekey.operation.Kind;
import dev.rekey.operation.Operation;
import dev.rekey.operation.Pending;
import dev.rekey.operation.Reason;
import dev.rekey.service.RequestAnswer;
import dev.rekey.simulation.cluster.SecretBatch;
import dev.rekey.simulation.cluster.encryption.EncryptionConfiguration;
import dev.rekey.simulation.cluster.etcd.StoredSecret;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/**
 * Secrets under a version that isn't an older one of the key in use: of another key that somebody
 * pointed the cluster at, or the newest one.
 */
class DroppedVersionOfAnotherKeyTest {
  private static final int SECRETS = 60;
  private static final VaultKey PAYMENTS = new VaultKey("example.vault.azure.net", "payments");

  private final SimulatedRekey world =
      new SimulatedRekey(new SimulatedRekey.Shape(3, SECRETS, 4, 2), Kind.RECOVER_DROPPED_KEY);
  private final SimulatedDroppedKey story = new SimulatedDroppedKey(world);
  private final KeyId home = world.vault().allVersions(SimulatedRekey.KEY).get(0).id();

  /** Rekey leads nobody's Secrets to a key that somebody else has written into the settings. */
  @Test
  void pointedAtAnotherKeyTwice_theVersionBeforeIsBroughtBackAndTheClusterStaysOnItsOwnKey()
      throws Exception {
    pointedTwice(0);

    Operation planned = story.asked(null);

    assertThat(keys(planned)).containsExactly(shown(planned), home, home);
    assertThat(pending(planned).detail()).contains("the cluster stays on it");
    assertCompleted(run(story.approve(planned)));
    assertThat(world.cluster().oracle().under(home.url())).isEqualTo(SECRETS);
    assertThat(world.arm().keyIdShown(world.name())).isEqualTo(home.url());
    assertThat(world.arm().acceptedUpdates()).hasSize(1);
  }

  @Test
  void secretsWereWrittenUnderTheOtherKeyToo_itIsBroughtBackInItsTurnAndLeftAgain()
      throws Exception {
    KeyId other = pointedTwice(7);
    Operation first = run(story.approve(story.asked(null)));
    assertThat(pending(first).reason()).isEqualTo(Reason.KEY_VERSION_DROPPED);

    Operation second = story.asked(null);

    assertThat(keys(second)).containsExactly(home, other, home);
    assertThat(pending(second).detail())
        .contains("it makes " + other + " current again: the ledger has seen it")
        .contains("from there the cluster goes on to " + home);
    assertCompleted(run(story.approve(second)));
    assertThat(world.cluster().oracle().under(home.url())).isEqualTo(SECRETS);
    assertThat(world.arm().keyIdShown(world.name())).isEqualTo(home.url());
  }

  /** A key that is gone has nothing to offer, and stands in nobody's way. */
  @Test
  void otherKeyIsDeleted_whatElseThereIsIsTriedAndThenThatNothingIsLeftIsSaid() throws Exception {
    pointedTwice(7);
    Operation first = run(story.approve(story.asked(null)));
    assertThat(pending(first).reason()).isEqualTo(Reason.KEY_VERSION_DROPPED);
    world.vault().delete(PAYMENTS);

    RequestAnswer nothing = story.request(null);

    assertThat(nothing)
        .isEqualTo(new RequestAnswer.Declined(RequestAnswer.Cause.NO_VERSION_DROPPED, null));
    world.vault().recover(PAYMENTS);
    Operation second = story.asked(null);
    assertCompleted(run(story.approve(second)));
  }

  /** An update of ours dropped it, and then an etcd backup of its time was restored. */
  @Test
  void newestIsTheMissingOne_itIsBroughtBackAfterAllElseAndTheClusterStaysOnIt() throws Exception {
    story.rotatedTwice();
    KeyId newest = story.moveByHand();
    run(story.approve(story.asked(home)));
    run(story.approve(story.asked(version(2)))); // in vain, and it drops the newest
    int restored = 5;
    world
        .cluster()
        .seed(
            SecretBatch.of(restored, 1).in("restored"),
            EncryptionConfiguration.encrypted(newest.url()));
    Operation older = story.asked(null);
    assertThat(keys(older)).containsExactly(version(2), version(1), newest);
    assertThat(pending(run(story.approve(older))).reason()).isEqualTo(Reason.KEY_VERSION_DROPPED);

    Operation last = story.asked(null);

    assertThat(keys(last)).containsExactly(version(1), newest, newest);
    assertThat(pending(last).detail()).contains("the cluster stays on it");
    assertCompleted(run(story.approve(last)));
    assertThat(world.cluster().oracle().under(newest.url())).isEqualTo(SECRETS + restored);
  }

  /** Nothing at all can be read: no API server shows what it writes with. */
  @Test
  void rewriteWaitsForServersToShowWhatTheyWriteWith_itGivesWay() throws Exception {
    world.process().reconcile();
    story.moveByHand();
    story.moveByHand();
    world.process().reconcile(); // begins a rewrite: somebody else has moved the cluster
    Operation rewrite = world.process().unfinished(world.name()).orElseThrow();
    assertThat(rewrite.kind()).isEqualTo(Kind.REENCRYPT);
    Operation stalled = run(rewrite);
    assertThat(pending(stalled).reason()).isEqualTo(Reason.NOT_CONVERGING);

    Operation planned = story.asked(null);

    Ending gaveWay =
        world
            .records()
            .operation(world.name(), rewrite.id())
            .orElseThrow()
            .value()
            .progress()
            .ending();
    assertThat(Objects.requireNonNull(gaveWay).reason()).isEqualTo(Reason.BRINGING_BACK);
    assertCompleted(run(story.approve(planned)));
    assertThat(world.cluster().oracle().under(version(2).url())).isEqualTo(SECRETS);
  }

  /**
   * Somebody points the cluster at two versions of another key, one after the other, and at a third
   * where something was written under the first.
   *
   * @param written Secrets that are written under the first of them
   * @return the first of them
   */
  private KeyId pointedTwice(int written) {
    world.process().reconcile();
    world.time().advance(Duration.ofDays(1));
    KeyId first = world.vault().createVersion(PAYMENTS);
    point(first);
    List<StoredSecret> secrets = world.cluster().oracle().secrets();
    secrets.subList(0, written).forEach(this::edit);
    world.time().advance(Duration.ofHours(1));
    point(world.vault().createVersion(PAYMENTS));
    if (written > 0) {
      point(world.vault().createVersion(PAYMENTS)); // drops the first of them
    }
    return first;
  }

  private void point(KeyId to) {
    world.vault().takeEvents();
    world.arm().rotatedByAnother(world.name(), to);
    world.time().advance(Duration.ofHours(1));
    world.arm().read(world.name()); // ARM notices that it has come to its end
    world.process().reconcile();
  }

  private void edit(StoredSecret secret) {
    world
        .cluster()
        .otherClient()
        .edit(
            secret.key().namespace(),
            secret.key().name(),
            content -> content.withAnnotation("edited", "by others"));
  }

  private KeyId version(int number) {
    return world.vault().allVersions(SimulatedRekey.KEY).get(number).id();
  }

  private static KeyId shown(Operation operation) {
    return Objects.requireNonNull(operation.from());
  }

  private static List<KeyId> keys(Operation operation) {
    return operation.route().stops().stream()
        .map(stop -> Objects.requireNonNull(stop.key()))
        .toList();
  }

  private Operation run(Operation operation) throws InterruptedException {
    return world.process().run(operation, any -> {}, Duration.ofDays(1));
  }

  private static void assertCompleted(Operation ended) {
    Ending ending = ended.progress().ending();
    assertThat(ending).as("%s", ended.progress().pending()).isNotNull();
    assertThat(ending.outcome()).isEqualTo(Ending.Outcome.COMPLETED);
  }

  private static Pending pending(Operation operation) {
    return Objects.requireNonNull(
        operation.progress().pending(), String.valueOf(operation.progress().ending()));
  }
}
