package dev.rekey.app.commandline;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rekey.fleet.Alert;
import dev.rekey.fleet.OpenAlerts;
import dev.rekey.key.Cloud;
import dev.rekey.key.KeyId;
import dev.rekey.key.KeyVersion;
import dev.rekey.key.Ledger;
import dev.rekey.key.PreviousSlot;
import dev.rekey.key.VaultKey;
import dev.rekey.operation.Ending;
import dev.rekey.operation.Kind;
import dev.rekey.operation.Operation;
import dev.rekey.service.Conduct;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What the timer makes of months in which others change things, in a simulated world. */
class SlotsOverTimeTest {
  private static final int SECRETS = 60;
  private static final SimulatedRekey.Shape SHAPE = new SimulatedRekey.Shape(3, SECRETS, 4, 2);
  private static final Duration BETWEEN_TICKS = Duration.ofMinutes(10);
  private static final Conduct NOTIFYING = Conduct.auto(Cloud.PUBLIC).creatingNone();

  private SimulatedRekey world = new SimulatedRekey(SHAPE);

  @Test
  void keyIdIsChangedByHand_allIsRewrittenAndProvedWithoutAnybody() throws Exception {
    tick();
    KeyId moved = moveByHand();

    tick();
    Operation ended = run();
    tick();

    assertThat(ended.kind()).isEqualTo(Kind.REENCRYPT);
    assertThat(ending(ended).outcome()).isEqualTo(Ending.Outcome.COMPLETED);
    assertThat(world.cluster().oracle().under(moved.url())).isEqualTo(SECRETS);
    assertThat(told("key-id-changed-outside")).hasSize(1);
    assertThat(world.signals()).contains("alert-mended key-id-changed-outside");
    assertThat(open()).isEmpty();
    assertThat(ledger().previousSlot(moved).knowledge())
        .isEqualTo(PreviousSlot.Knowledge.CHANGED_BY_ANOTHER);
    assertThat(world.arm().acceptedUpdates()).isEmpty();
  }

  /** Each time in time: no Secret is ever two versions behind. */
  @Test
  void keyIdIsChangedByHandTwiceWithTheTimerInBetween_nothingIsLost() throws Exception {
    tick();
    moveByHand();
    tick();
    run();
    KeyId second = moveByHand();
    tick();
    run();
    tick();

    assertThat(world.cluster().oracle().under(second.url())).isEqualTo(SECRETS);
    assertThat(world.records().operations(world.name())).hasSize(2);
    assertThat(open()).isEmpty();
  }

  /** What lay under the first is in no slot any more: nobody can rewrite it, and it is said. */
  @Test
  void keyIdIsChangedByHandTwiceBetweenTwoLooks_whatIsLostIsNamedAndNothingGoesOnByItself()
      throws Exception {
    SimulatedDroppedKey story = new SimulatedDroppedKey(world);
    story.rotatedTwice(); // most Secrets lie under the first then

    tick();
    Operation rewrite = run();
    long writes = world.cluster().oracle().revision();
    for (int hour = 0; hour < 24; hour++) {
      tick();
    }

    assertThat(rewrite.kind()).isEqualTo(Kind.REENCRYPT);
    assertThat(exceptions(rewrite)).isEqualTo(48);
    assertThat(world.cluster().oracle().revision()).isEqualTo(writes);
    assertThat(world.records().operations(world.name())).hasSize(1);
    assertThat(told("key-id-changed-outside")).hasSize(1);
    assertThat(open()).extracting(Alert::name).contains("key-id-changed-outside");

    Operation recovered = story.approve(story.asked(null));
    world.process().run(recovered, any -> {}, Duration.ofDays(1));
    tick();
    assertThat(world.cluster().oracle().under(shown().url())).isEqualTo(SECRETS);
    assertThat(open()).isEmpty();
  }

  private long exceptions(Operation operation) {
    return world.process().evidence(operation).orElseThrow().evidence().secrets().exceptions();
  }

  @Test
  void keyIdIsPointedAtAKeyThatTheClusterNeverUsed_nothingIsRewrittenBeforeAPersonSaysSo()
      throws Exception {
    tick();
    KeyId foreign =
        world.vault().createVersion(new VaultKey("example.vault.azure.net", "payments"));
    world.arm().rotatedByAnother(world.name(), foreign);
    world.time().advance(Duration.ofHours(1));

    days(2);

    assertThat(world.records().operations(world.name())).isEmpty();
    assertThat(world.cluster().oracle().under(foreign.url())).isZero();
    assertThat(told("key-id-changed-outside"))
        .containsExactly("key-id-changed-outside another-key");

    world.ask(Kind.CENSUS); // a person's operation that proves nothing changes nothing of it
    run();
    tick();
    assertThat(open()).extracting(Alert::reason).contains("another-key");
  }

  @Test
  void previousVersionIsLeftToExpire_isToldInStepsAndOnceItHas() throws Exception {
    world = new SimulatedRekey(SHAPE, Kind.ROTATE, NOTIFYING);
    KeyId previous = rotated();
    world.vault().setExpiry(previous, world.time().instant().plus(Duration.ofDays(8)));

    days(9);

    assertThat(told("slot-"))
        .containsExactly(
            "slot-near-expiry within-14-days",
            "slot-near-expiry within-7-days",
            "slot-near-expiry within-3-days",
            "slot-near-expiry within-1-day",
            "slot-unusable expired");
    world.vault().setExpiry(previous, world.time().instant().plus(Duration.ofDays(400)));
    tick();
    assertThat(open()).isEmpty();
  }

  @Test
  void previousVersionIsToBeExtended_itNeverExpiresAndNobodyIsBothered() throws Exception {
    world = new SimulatedRekey(SHAPE, Kind.ROTATE, NOTIFYING.extendingPrevious());
    KeyId previous = rotated();
    world.vault().setExpiry(previous, world.time().instant().plus(Duration.ofDays(31)));

    days(4);

    assertThat(told("slot-")).isEmpty();
    assertThat(told("previous-extended")).hasSize(1);
    assertThat(expiry(previous)).isAfter(world.time().instant().plus(Duration.ofDays(361)));
  }

  @Test
  void neededVersionIsDisabledByHand_isToldAtOnceAndNeverEnabledByUs() throws Exception {
    world = new SimulatedRekey(SHAPE, Kind.ROTATE, NOTIFYING.extendingPrevious());
    KeyId previous = rotated();
    world.vault().setExpiry(previous, world.time().instant().plus(Duration.ofDays(20)));
    world.vault().setEnabled(previous, false);

    days(3);

    assertThat(told("slot-")).containsExactly("slot-unusable disabled");
    assertThat(version(previous).enabled()).isFalse();
    world.vault().setEnabled(previous, true);
    tick();
    assertThat(open()).isEmpty();
    assertThat(expiry(previous)).isAfter(world.time().instant().plus(Duration.ofDays(360)));
  }

  @Test
  void keyIsDeleted_isToldWithTheRemedy() {
    tick();
    world.vault().delete(SimulatedRekey.KEY);

    tick();
    tick();

    assertThat(told("key-missing")).containsExactly("key-missing deleted");
  }

  @Test
  void identityIsStrippedOfItsRights_isToldAndMended() {
    tick();
    assertThat(open()).isEmpty();
    String principal = principal();
    world.arm().neighbours().roles().revokeAll(principal);

    tick();
    tick();

    assertThat(told("cluster-identity"))
        .containsExactly("cluster-identity-lacks-rights identity-may-use-key");
    assertThat(world.records().alerts(world.name()).orElseThrow().value().open().get(0).alert())
        .extracting(Alert::detail)
        .asString()
        .contains("; type: az role assignment create ");
  }

  @Test
  void identityIsDeleted_isTold() {
    tick();
    world.arm().neighbours().remove(identity());

    tick();

    assertThat(told("cluster-identity-missing")).hasSize(1);
  }

  @Test
  void vaultIsDeleted_isToldOnceAndMended() {
    tick();
    world.vault().setReachable(false);

    tick();
    tick();
    assertThat(told("vault-unreachable")).hasSize(1);
    world.vault().setReachable(true);
    tick();

    assertThat(world.signals()).contains("alert-mended vault-unreachable");
  }

  /** Only a private vault is named by its ARM id. */
  @Test
  void privateVaultIsDeleted_isToldByArm() throws Exception {
    world = new SimulatedRekey(SHAPE, Kind.CHANGE_VAULT_ACCESS);
    world.process().run(world.ask(), any -> {}, Duration.ofDays(1));
    tick();
    assertThat(told("vault-missing")).isEmpty();
    world.arm().neighbours().remove(world.vaultResource());

    tick();
    tick();

    assertThat(told("vault-missing")).containsExactly("vault-missing vault-exists");
  }

  private String identity() {
    return world
        .arm()
        .body(world.name())
        .at("/identity/userAssignedIdentities")
        .fieldNames()
        .next();
  }

  private String principal() {
    return world
        .arm()
        .body(world.name())
        .at("/identity/userAssignedIdentities")
        .iterator()
        .next()
        .path("principalId")
        .asText();
  }

  /** The version that is in the previous slot then. */
  private KeyId rotated() throws Exception {
    KeyId before = KeyId.parse(world.arm().keyIdShown(world.name()), Cloud.PUBLIC);
    Operation rotation = world.ask();
    world.process().run(rotation, any -> {}, Duration.ofDays(1));
    tick();
    assertThat(ledger().previousSlot(shown()).version()).isEqualTo(before);
    return before;
  }

  private KeyId moveByHand() {
    KeyId made = world.vault().createVersion(SimulatedRekey.KEY);
    world.vault().takeEvents();
    world.arm().rotatedByAnother(world.name(), made);
    world.time().advance(Duration.ofHours(1));
    return made;
  }

  private void tick() {
    world.time().advance(BETWEEN_TICKS);
    world.process().reconcile();
  }

  /** The timer looks four times a day, to be quick. */
  private void days(int many) {
    for (int look = 0; look < many * 4; look++) {
      world.time().advance(Duration.ofHours(6));
      world.process().reconcile();
    }
  }

  private Operation run() throws InterruptedException {
    Optional<Operation> active = world.process().unfinished(world.name());
    return world.process().run(active.orElseThrow(), any -> {}, Duration.ofHours(2));
  }

  private static Ending ending(Operation operation) {
    return Objects.requireNonNull(
        operation.progress().ending(), String.valueOf(operation.progress().pending()));
  }

  private Ledger ledger() {
    return world.records().ledger(world.name()).orElseThrow().value();
  }

  private KeyId shown() {
    return KeyId.parse(world.arm().keyIdShown(world.name()), Cloud.PUBLIC);
  }

  private KeyVersion version(KeyId id) {
    return world.vault().peek(id.url()).orElseThrow();
  }

  private Instant expiry(KeyId id) {
    return Objects.requireNonNull(version(id).expires());
  }

  private List<String> told(String prefix) {
    return world.signals().stream().filter(signal -> signal.startsWith(prefix)).toList();
  }

  private List<Alert> open() {
    return world.records().alerts(world.name()).stream()
        .flatMap(stored -> stored.value().open().stream())
        .map(OpenAlerts.Open::alert)
        .toList();
  }
}
