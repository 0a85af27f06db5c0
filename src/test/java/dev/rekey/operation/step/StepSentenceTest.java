package dev.rekey.operation.step;

import static dev.rekey.operation.Example.CLUSTER;
import static dev.rekey.operation.Example.NOW;
import static dev.rekey.operation.Example.ORIGIN;
import static dev.rekey.operation.Example.key;
import static org.assertj.core.api.Assertions.assertThat;

import dev.rekey.operation.Kind;
import dev.rekey.operation.KmsSettings;
import dev.rekey.operation.Operation;
import dev.rekey.operation.Progress;
import dev.rekey.operation.Reason;
import dev.rekey.operation.Route;
import dev.rekey.operation.StepName;
import dev.rekey.operation.StepReport;
import org.junit.jupiter.api.Test;

/** While KMS is off there is no key to speak of. */
class StepSentenceTest {
  private static final KmsSettings ON = KmsSettings.of(key(1));
  private static final Route OFF_AND_ON = Route.of(ON, KmsSettings.OFF, ON);

  @Test
  void turningOff_speaksOfTheKeyUntilTheUpdateAndOfPlainAfterIt() {
    Route off = Route.of(ON, KmsSettings.OFF);

    assertThat(sentence(Kind.DISABLE, off, 1, StepName.CONVERGE, Reason.CONVERGED))
        .isEqualTo("every API server reads the current key");
    assertThat(sentence(Kind.DISABLE, off, 2, StepName.PROVE_CURRENT, Reason.PROVED_ON_CURRENT))
        .isEqualTo("every Secret is proved to lie under the current key");
    assertThat(sentence(Kind.DISABLE, off, 3, StepName.UPDATE_CLUSTER, Reason.KEY_ID_UPDATED))
        .isEqualTo("ARM shows that KMS is off, and has settled");
    assertThat(sentence(Kind.DISABLE, off, 4, StepName.CONVERGE, Reason.CONVERGED))
        .isEqualTo("every API server has taken up another configuration since KMS was turned off");
    assertThat(sentence(Kind.DISABLE, off, 6, StepName.PROVE, Reason.PROVED))
        .isEqualTo("every Secret is proved to be stored plain");
    assertThat(sentence(Kind.DISABLE, off, 6, StepName.PROVE, Reason.PROVED_BUT_EXCEPTIONS))
        .isEqualTo("every Secret but the exceptions is proved to be stored plain");
  }

  @Test
  void turningOn_speaksOfPlainUntilTheUpdateAndOfTheKeyAfterIt() {
    Route on = Route.of(KmsSettings.OFF, ON);

    assertThat(sentence(Kind.ENABLE, on, 1, StepName.CONVERGE, Reason.CONVERGED))
        .isEqualTo("every API server has loaded the same configuration");
    assertThat(sentence(Kind.ENABLE, on, 2, StepName.PROVE_CURRENT, Reason.PROVED_ON_CURRENT))
        .isEqualTo("every Secret is proved to be stored plain");
    assertThat(sentence(Kind.ENABLE, on, 1, StepName.CONVERGE, Reason.KEY_ALREADY_MOVED))
        .isEqualTo("the cluster is on the target key version already");
    assertThat(sentence(Kind.ENABLE, on, 4, StepName.CONVERGE, Reason.CONVERGED))
        .isEqualTo("every API server reads the target key");
    assertThat(sentence(Kind.ENABLE, on, 6, StepName.PROVE, Reason.PROVED))
        .isEqualTo(Reason.PROVED.sentence());
  }

  @Test
  void offAndOnAgain_eachPhaseSpeaksOfItsOwnSettings() {
    Kind kind = Kind.CHANGE_VAULT_ACCESS;

    assertThat(sentence(kind, OFF_AND_ON, 6, StepName.PROVE, Reason.PROVED))
        .isEqualTo("every Secret is proved to be stored plain");
    assertThat(sentence(kind, OFF_AND_ON, 10, StepName.PROVE_CURRENT, Reason.PROVED_ON_CURRENT))
        .isEqualTo("every Secret is proved to be stored plain");
    assertThat(sentence(kind, OFF_AND_ON, 1, StepName.CONVERGE, Reason.KEY_ALREADY_MOVED))
        .isEqualTo("KMS is off already");
    assertThat(sentence(kind, OFF_AND_ON, 14, StepName.PROVE, Reason.PROVED))
        .isEqualTo(Reason.PROVED.sentence());
  }

  @Test
  void onlyAKubeconfig_noTargetIsSpokenOf() {
    assertThat(sentence(Kind.REENCRYPT, Route.UNKNOWN, 1, StepName.CONVERGE, Reason.CONVERGED))
        .isEqualTo("every API server reads the same keys");
  }

  /** Its place says nothing then. */
  @Test
  void stepOfAnotherList_theReasonSpeaksForItself() {
    Route off = Route.of(ON, KmsSettings.OFF);

    assertThat(sentence(Kind.DISABLE, off, 6, StepName.RECORD, Reason.PROVED))
        .isEqualTo(Reason.PROVED.sentence());
    assertThat(sentence(Kind.DISABLE, off, 99, StepName.PROVE, Reason.PROVED))
        .isEqualTo(Reason.PROVED.sentence());
  }

  private static String sentence(Kind kind, Route route, int number, StepName step, Reason reason) {
    Operation operation = new Operation("1", kind, CLUSTER, ORIGIN, route, NOW, Progress.START);
    return StepSentence.of(operation, new StepReport(number, step, reason, NOW, NOW));
  }
}
